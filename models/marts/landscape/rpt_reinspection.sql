{# The page held of the earlier inspection counts; where none is, what the later page says of it. #}
with published as (

    select * from {{ ref('fct_published_rating') }}

),

scale as (

    select * from {{ ref('stg_reference__rating_scale') }}

),

paired as (

    select
        later.published_rating_id,
        later.earlier_published_rating_id,
        later.body_id,
        later.region_id,
        later.body_type,
        later.body_name,
        later.region_name,
        later.programme_id,
        earlier.programme_id as earlier_programme_id,
        later.published_year,
        coalesce(
            {{ number_text('earlier.published_year') }}, later.stated_previous_date
        ) as earlier_date,
        coalesce(earlier.rating, later.stated_previous_rating) as earlier_rating,
        later.rating,
        later.points,
        case when earlier.rating is null then 'later_page' else 'own_page' end as earlier_source,
        later.stated_previous_rating,
        later.citation_id,
        earlier.citation_id as earlier_citation_id
    from published as later
    left join published as earlier on later.earlier_published_rating_id = earlier.published_rating_id
    where later.rating is not null and (earlier.rating is not null or later.stated_previous_rating is not null)

),

final as (

    select
        paired.published_rating_id,
        paired.earlier_published_rating_id,
        paired.body_id,
        paired.region_id,
        paired.programme_id,
        paired.earlier_programme_id,
        paired.body_type,
        paired.body_name,
        paired.region_name,
        paired.earlier_date,
        paired.published_year,
        paired.earlier_rating,
        paired.rating,
        paired.points - scale.points as change_points,
        case
            when paired.points > scale.points then 'better'
            when paired.points < scale.points then 'worse'
            else 'same'
        end as direction,
        coalesce(paired.programme_id = paired.earlier_programme_id, false) as is_same_programme,
        paired.earlier_source,
        paired.stated_previous_rating,
        paired.citation_id,
        paired.earlier_citation_id
    from paired
    inner join scale on paired.earlier_rating = scale.rating_name

)

select * from final
