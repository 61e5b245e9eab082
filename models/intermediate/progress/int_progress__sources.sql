with progress as (select * from {{ ref('stg_reports__recommendation_progress') }}),
inspections as (select * from {{ ref('stg_reports__inspections') }}),

mentions as (

    select
        progress.*,
        row_number() over (
            partition by inspection_id, source_organisation_id, source_report_year
            order by progress_number
        ) as mention_order
    from progress

),

final as (

    select
        mentions.inspection_id,
        inspections.organisation_id,
        inspections.inspection_year,
        mentions.source_organisation_id,
        mentions.source_report_year,
        mentions.source_report,
        mentions.source_citation_id as citation_id,
        inspections.citation_id as inspection_citation_id
    from mentions
    inner join inspections on mentions.inspection_id = inspections.inspection_id
    where mentions.mention_order = 1

)

select * from final
