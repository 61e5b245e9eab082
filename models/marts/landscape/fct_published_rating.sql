with pages as (select * from {{ ref('int_landscape__published_inspections') }}),
scale as (select * from {{ ref('stg_reference__rating_scale') }}),

final as (

    select
        pages.published_rating_id,
        pages.programme_id,
        pages.body_id,
        pages.pdu_id,
        pages.region_id,
        pages.inspection_id,
        pages.earlier_published_rating_id,
        pages.programme_name,
        pages.body_type,
        pages.body_name,
        pages.region_name,
        pages.published_date,
        pages.published_precision,
        pages.published_year,
        pages.date_basis,
        pages.fieldwork_date,
        pages.fieldwork_precision,
        pages.rating_name as rating,
        pages.points,
        case
            when not pages.is_rated then 'not_applicable'
            when pages.rating_id is null then 'not_printed'
            else 'reported'
        end as rating_status,
        pages.score_low,
        pages.score_high,
        pages.score_max,
        coalesce(pages.score_basis, case when pages.is_rated then 'not_printed' else 'not_applicable' end)
            as score_basis,
        previous_scale.rating_name as stated_previous_rating,
        pages.stated_previous_date,
        pages.cases_n,
        pages.pdus_n,
        pages.note,
        pages.source_type,
        pages.url,
        pages.citation_id
    from pages
    left join scale as previous_scale on pages.stated_previous_rating_id = previous_scale.rating_id

)

select * from final
