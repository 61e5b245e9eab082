with progress as (select * from {{ ref('stg_reports__recommendation_progress') }}),
titles as (select * from {{ ref('stg_reference__progress_titles') }}),
scale as (select * from {{ ref('stg_reference__progress_scale') }}),
themes as (select * from {{ ref('stg_reference__themes') }}),

final as (

    select
        progress.inspection_id,
        progress.progress_number,
        progress.source_report,
        progress.source_report_year,
        progress.source_organisation_id,
        titles.title,
        titles.theme_id,
        themes.theme_name,
        progress.progress_id,
        scale.progress_name as progress,
        scale.progress_order,
        case progress.improvement_required when 'yes' then true when 'no' then false end as is_improvement_required,
        case when progress.improvement_required is null then 'not_printed' else 'reported' end
            as improvement_required_status,
        progress.citation_id,
        progress.source_citation_id
    from progress
    inner join scale on progress.progress_id = scale.progress_id
    left join titles
        on
            progress.inspection_id = titles.inspection_id
            and progress.progress_number = titles.progress_number
    left join themes on titles.theme_id = themes.theme_id

)

select * from final
