{# The earlier inspection's own page is used; where none is held, what the later page says about it. #}
with published_inspections as (select * from {{ ref('fct_published_rating') }}),
scale as (select * from {{ ref('stg_reference__rating_scale') }}),

rating_pairs as (

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
    from published_inspections as later
    left join published_inspections as earlier on later.earlier_published_rating_id = earlier.published_rating_id
    where later.rating is not null and (earlier.rating is not null or later.stated_previous_rating is not null)

),

final as (

    select
        rating_pairs.published_rating_id,
        rating_pairs.earlier_published_rating_id,
        rating_pairs.body_id,
        rating_pairs.region_id,
        rating_pairs.programme_id,
        rating_pairs.earlier_programme_id,
        rating_pairs.body_type,
        rating_pairs.body_name,
        rating_pairs.region_name,
        rating_pairs.earlier_date,
        rating_pairs.published_year,
        rating_pairs.earlier_rating,
        rating_pairs.rating,
        rating_pairs.points - scale.points as change_points,
        case
            when rating_pairs.points > scale.points then 'better'
            when rating_pairs.points < scale.points then 'worse'
            else 'same'
        end as direction,
        coalesce(rating_pairs.programme_id = rating_pairs.earlier_programme_id, false) as is_same_programme,
        rating_pairs.earlier_source,
        rating_pairs.stated_previous_rating,
        rating_pairs.citation_id,
        rating_pairs.earlier_citation_id
    from rating_pairs
    inner join scale on rating_pairs.earlier_rating = scale.rating_name

)

select * from final
