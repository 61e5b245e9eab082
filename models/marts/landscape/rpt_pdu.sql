with units as (

    select * from {{ ref('dim_pdu') }}
    where is_registered

),

ratings as (select * from {{ ref('fct_published_rating') }}),
inspections as (select * from {{ ref('dim_inspection') }}),

reports_held as (

    select
        organisation_id,
        count(*) as reports_n,
        max(inspection_year) as latest_report_year
    from inspections
    where organisation_id is not null
    group by organisation_id

),

final as (

    select
        units.pdu_id,
        units.region_id,
        units.latest_published_rating_id,
        units.pdu_name,
        units.registered_name,
        units.region_name,
        units.latest_rating,
        ratings.points as latest_points,
        ratings.published_date as latest_published_date,
        ratings.published_precision as latest_published_precision,
        ratings.programme_name as latest_programme_name,
        ratings.source_type as latest_source_type,
        ratings.url as latest_url,
        units.ratings_n,
        reports_held.organisation_id is not null as is_report_held,
        cast(coalesce(reports_held.reports_n, 0) as integer) as reports_held_n,
        reports_held.latest_report_year
    from units
    left join ratings on units.latest_published_rating_id = ratings.published_rating_id
    left join reports_held on units.organisation_id = reports_held.organisation_id

)

select * from final
