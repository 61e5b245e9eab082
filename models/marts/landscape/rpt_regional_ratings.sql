{# Every rating of the scale stands in each group, so that a band without inspections is a 0 and no gap. #}
with published as (

    select * from {{ ref('fct_published_rating') }}
    where body_type = 'pdu' and rating is not null

),

scale as (

    select * from {{ ref('stg_reference__rating_scale') }}

),

regions as (

    select * from {{ ref('dim_probation_region') }}

),

inspected as (

    select
        region_id,
        programme_id,
        published_year,
        count(*) as inspections_n
    from published
    group by region_id, programme_id, published_year

),

final as (

    select
        inspected.region_id,
        inspected.programme_id,
        inspected.published_year,
        scale.rating_id,
        max(regions.region_name) as region_name,
        max(scale.rating_name) as rating,
        max(scale.points) as points,
        cast(count(published.published_rating_id) as integer) as rated_n,
        cast(max(inspected.inspections_n) as integer) as inspections_n,
        cast(
            {{ rounded(percentage('count(published.published_rating_id)', 'max(inspected.inspections_n)'), 2) }}
            as decimal(5, 2)
        ) as share_pct,
        max(regions.pdus_n) as pdus_n
    from inspected
    inner join regions on inspected.region_id = regions.region_id
    cross join scale
    left join published
        on
            inspected.region_id = published.region_id
            and inspected.programme_id = published.programme_id
            and inspected.published_year = published.published_year
            and scale.rating_name = published.rating
    group by inspected.region_id, inspected.programme_id, inspected.published_year, scale.rating_id

)

select * from final
