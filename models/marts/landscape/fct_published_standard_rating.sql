with standard_ratings as (select * from {{ ref('stg_landscape__published_standard_ratings') }}),
inspections as (select * from {{ ref('int_landscape__published_inspections') }}),
scale as (select * from {{ ref('stg_reference__rating_scale') }}),
topics as (select * from {{ ref('stg_reference__topics') }}),

final as (

    select
        standard_ratings.published_standard_rating_id,
        standard_ratings.published_rating_id,
        inspections.inspection_id,
        inspections.programme_id,
        inspections.body_id,
        inspections.region_id,
        standard_ratings.topic_id,
        inspections.body_type,
        inspections.body_name,
        inspections.region_name,
        inspections.published_date,
        inspections.published_year,
        topics.topic_name as standard_name,
        scale.rating_name as rating,
        scale.points,
        standard_ratings.as_printed,
        standard_ratings.source_type,
        standard_ratings.url,
        standard_ratings.citation_id
    from standard_ratings
    inner join inspections on standard_ratings.published_rating_id = inspections.published_rating_id
    inner join scale on standard_ratings.rating_id = scale.rating_id
    inner join topics on standard_ratings.topic_id = topics.topic_id

)

select * from final
