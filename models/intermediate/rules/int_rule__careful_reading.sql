{# A finding is about the inspection of its first citation; a page's overall rating has one where its report is held. #}
with findings as (select * from {{ ref('stg_reference__curated_findings') }}),
documents as (select * from {{ ref('stg_reports__documents') }}),

figures as (

    select distinct
        prints.citation_id,
        prints.document_id
    from {{ ref('int_citations__prints') }} as prints
    inner join findings on prints.citation_id = findings.citation_id_a

),

page_prints as (select * from {{ ref('int_landscape__page_prints') }}),
published_inspections as (select * from {{ ref('int_landscape__published_inspections') }}),

cited_inspections as (

    select
        figures.citation_id,
        documents.inspection_id
    from figures
    inner join documents on figures.document_id = documents.document_id

    union all

    select
        page_prints.citation_id,
        published_inspections.inspection_id
    from page_prints
    left join published_inspections on page_prints.citation_id = published_inspections.citation_id

),

final as (

    select
        'careful_reading' as rule_id,
        cited_inspections.inspection_id,
        findings.finding as subject,
        findings.citation_id_a,
        findings.citation_id_b,
        findings.value_a,
        findings.value_b,
        cast(null as {{ type_double() }}) as difference,
        findings.explanation as computed_explanation
    from findings
    inner join cited_inspections on findings.citation_id_a = cited_inspections.citation_id

)

select * from final
