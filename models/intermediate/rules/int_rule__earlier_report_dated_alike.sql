{# Inspections of one year follow up the last report on a body: they must give it the same year. #}
with sources as (select * from {{ ref('int_progress__sources') }}),

final as (

    select
        'earlier_report_dated_alike' as rule_id,
        source.inspection_id,
        concat('year of the earlier report on ', source.source_organisation_id) as subject,
        source.citation_id as citation_id_a,
        other.citation_id as citation_id_b,
        source.source_report as value_a,
        other.source_report as value_b,
        cast(source.source_report_year - other.source_report_year as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from sources as source
    inner join sources as other
        on
            source.source_organisation_id = other.source_organisation_id
            and source.inspection_year = other.inspection_year
            and source.citation_id < other.citation_id
    where
        source.source_report_year <> other.source_report_year

)

select * from final
