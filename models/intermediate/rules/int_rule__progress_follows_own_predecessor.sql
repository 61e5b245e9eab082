{# Progress is judged on recommendations made to the CRC the inspected body came from. Divisions of the National
   Probation Service are left out: reports name sometimes a division, sometimes its clusters. #}
with sources as (select * from {{ ref('int_progress__sources') }}),
organisations as (select * from {{ ref('stg_reference__organisations') }}),
lineage as (select * from {{ ref('stg_reference__organisation_lineage') }}),

predecessors as (

    select
        lineage.successor_organisation_id as organisation_id,
        lineage.predecessor_organisation_id,
        organisations.organisation_name
    from lineage
    inner join organisations on lineage.predecessor_organisation_id = organisations.organisation_id
    where organisations.organisation_type = 'crc'

),

final as (

    select
        'progress_follows_own_predecessor' as rule_id,
        sources.inspection_id,
        'body whose recommendations are followed up' as subject,
        sources.citation_id as citation_id_a,
        sources.inspection_citation_id as citation_id_b,
        sources.source_report as value_a,
        concat('came from ', min(predecessors.organisation_name)) as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from sources
    inner join organisations on sources.source_organisation_id = organisations.organisation_id
    inner join predecessors on sources.organisation_id = predecessors.organisation_id
    left join lineage
        on
            sources.organisation_id = lineage.successor_organisation_id
            and sources.source_organisation_id = lineage.predecessor_organisation_id
    where organisations.organisation_type = 'crc' and lineage.successor_organisation_id is null
    group by
        sources.inspection_id, sources.citation_id, sources.inspection_citation_id, sources.source_report

)

select * from final
