with ratings as (select * from {{ ref('int_ratings__derived') }}),
scale as (select * from {{ ref('stg_reference__rating_scale') }}),
inspections as (select * from {{ ref('stg_reports__inspections') }}),

final as (

    select
        ratings.inspection_id,
        ratings.standard_id,
        inspections.framework_id,
        ratings.rating_id,
        printed.rating_name as rating,
        ratings.points,
        derived.rating_name as derived_rating,
        ratings.rating_id = ratings.derived_rating_id as rating_agrees,
        ratings.discretion_citation_id is not null as is_discretionary,
        ratings.rating_basis,
        ratings.lowest_yes_pct,
        ratings.citation_id,
        ratings.discretion_citation_id
    from ratings
    inner join inspections on ratings.inspection_id = inspections.inspection_id
    inner join scale as printed on ratings.rating_id = printed.rating_id
    left join scale as derived on ratings.derived_rating_id = derived.rating_id

)

select * from final
