with published as (

    select * from {{ ref('int_landscape__published_inspections') }}

),

scale as (

    select * from {{ ref('stg_reference__rating_scale') }}

),

final as (

    select
        published.published_rating_id,
        published.programme_id,
        published.body_id,
        published.pdu_id,
        published.region_id,
        published.inspection_id,
        published.earlier_published_rating_id,
        published.programme_name,
        published.body_type,
        published.body_name,
        published.region_name,
        published.published_date,
        published.published_precision,
        published.published_year,
        published.date_basis,
        published.fieldwork_date,
        published.fieldwork_precision,
        published.rating_name as rating,
        published.points,
        case
            when not published.is_rated then 'not_applicable'
            when published.rating_id is null then 'not_printed'
            else 'reported'
        end as rating_status,
        published.score_low,
        published.score_high,
        published.score_max,
        coalesce(published.score_basis, case when published.is_rated then 'not_printed' else 'not_applicable' end)
            as score_basis,
        previous_scale.rating_name as stated_previous_rating,
        published.previous_rating_date as stated_previous_date,
        published.cases_n,
        published.pdus_n,
        published.note,
        published.source_type,
        published.url,
        published.citation_id
    from published
    left join scale as previous_scale on published.previous_rating_id = previous_scale.rating_id

)

select * from final
