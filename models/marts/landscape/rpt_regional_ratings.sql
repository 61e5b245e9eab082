{# Every rating of the scale stands in each group, so that a band without inspections is 0 rather than missing. #}
with ratings as (

    select * from {{ ref('fct_published_rating') }}
    where body_type = 'pdu' and rating is not null

),

scale as (select * from {{ ref('stg_reference__rating_scale') }}),
regions as (select * from {{ ref('dim_probation_region') }}),

inspection_counts as (

    select
        region_id,
        programme_id,
        published_year,
        count(*) as inspections_n
    from ratings
    group by region_id, programme_id, published_year

),

final as (

    select
        inspection_counts.region_id,
        inspection_counts.programme_id,
        inspection_counts.published_year,
        scale.rating_id,
        max(regions.region_name) as region_name,
        max(scale.rating_name) as rating,
        max(scale.points) as points,
        cast(count(ratings.published_rating_id) as integer) as rated_n,
        cast(max(inspection_counts.inspections_n) as integer) as inspections_n,
        cast(
            {{ rounded(percentage('count(ratings.published_rating_id)', 'max(inspection_counts.inspections_n)'), 2) }}
            as decimal(5, 2)
        ) as share_pct,
        max(regions.pdus_n) as pdus_n
    from inspection_counts
    inner join regions on inspection_counts.region_id = regions.region_id
    cross join scale
    left join ratings
        on
            inspection_counts.region_id = ratings.region_id
            and inspection_counts.programme_id = ratings.programme_id
            and inspection_counts.published_year = ratings.published_year
            and scale.rating_name = ratings.rating
    group by
        inspection_counts.region_id, inspection_counts.programme_id, inspection_counts.published_year, scale.rating_id

)

select * from final
