with inspections as (select * from {{ ref('stg_reports__inspections') }}),
facts as (select * from {{ ref('int_inspections__facts') }}),
ratings as (select * from {{ ref('int_ratings__derived') }}),
scale as (select * from {{ ref('stg_reference__rating_scale') }}),
organisations as (select * from {{ ref('stg_reference__organisations') }}),
frameworks as (select * from {{ ref('stg_reference__frameworks') }}),
documents as (select * from {{ ref('stg_reports__documents') }}),
coverage as (select * from {{ ref('int_coverage__inspections') }}),

overall_ratings as (

    select
        ratings.*,
        scale.rating_name
    from ratings
    inner join scale on ratings.rating_id = scale.rating_id
    where ratings.standard_id = 'overall'

),

final as (

    select
        inspections.inspection_id,
        inspections.organisation_id,
        inspections.framework_id,
        inspections.document_id,
        organisations.organisation_name,
        organisations.organisation_type,
        organisations.region_name,
        organisations.area_id,
        inspections.inspection_type,
        inspections.reported_in,
        cast(
            row_number() over (
                partition by inspections.organisation_id, inspections.framework_id
                order by inspections.inspection_year
            ) as integer
        ) as inspection_round,
        inspections.inspection_year,
        facts.fieldwork_start_date,
        coalesce(facts.fieldwork_start_date_precision, 'not_printed') as fieldwork_start_date_precision,
        facts.fieldwork_end_date,
        coalesce(facts.fieldwork_end_date_precision, 'not_printed') as fieldwork_end_date_precision,
        coalesce(facts.publication_month, documents.publication_month) as publication_month,
        facts.cases_inspected,
        facts.community_cases,
        facts.post_release_cases,
        facts.court_reports_inspected,
        facts.unpaid_work_cases,
        facts.through_the_gate_cases,
        facts.practitioners_interviewed,
        facts.user_voice_contacts,
        facts.user_voice_interviews,
        facts.sample_1_start_date,
        facts.sample_1_start_date_precision,
        facts.sample_1_end_date,
        facts.sample_1_end_date_precision,
        facts.sample_2_start_date,
        facts.sample_2_start_date_precision,
        facts.sample_2_end_date,
        facts.sample_2_end_date_precision,
        overall_ratings.rating_name as overall_rating,
        cast(coalesce(facts.printed_score, overall_ratings.score) as integer) as score,
        coalesce(facts.printed_score_max, overall_ratings.score_max) as score_max,
        case
            when facts.printed_score is not null then 'printed'
            when overall_ratings.score is not null then 'summed_from_ratings'
            else 'not_applicable'
        end as score_status,
        coverage.coverage_status,
        inspections.citation_id,
        facts.score_citation_id
    from inspections
    inner join organisations on inspections.organisation_id = organisations.organisation_id
    inner join frameworks on inspections.framework_id = frameworks.framework_id
    inner join documents on inspections.document_id = documents.document_id
    inner join coverage on inspections.inspection_id = coverage.inspection_id
    left join facts on inspections.inspection_id = facts.inspection_id
    left join overall_ratings on inspections.inspection_id = overall_ratings.inspection_id

)

select * from final
