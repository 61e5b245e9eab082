{# Inspections known from published pages: region and PDU by the vocabulary, the rated inspection of the same body
   before, and the same inspection among those whose report is held. A report is of the year of its publication or, its
   fieldwork having ended in winter, of the year before. #}
with published_ratings as (select * from {{ ref('stg_landscape__published_ratings') }}),
programmes as (select * from {{ ref('stg_landscape__inspection_programmes') }}),
spellings as (select * from {{ ref('stg_landscape__region_spellings') }}),
regions as (select * from {{ ref('stg_landscape__probation_regions') }}),
scale as (select * from {{ ref('stg_reference__rating_scale') }}),
inspections as (select * from {{ ref('stg_reports__inspections') }}),

ratings_in_order as (

    select
        published_rating_id,
        lag(published_rating_id) over (
            partition by body_id
            order by published_date, published_rating_id
        ) as earlier_published_rating_id
    from published_ratings
    where rating_id is not null

),

final as (

    select
        published_ratings.published_rating_id,
        published_ratings.programme_id,
        published_ratings.body_id,
        case when published_ratings.body_type = 'pdu' then published_ratings.body_id end as pdu_id,
        regions.region_id,
        inspections.inspection_id,
        ratings_in_order.earlier_published_rating_id,
        programmes.programme_name,
        programmes.is_rated,
        published_ratings.body_type,
        published_ratings.body_name,
        regions.region_name,
        published_ratings.published_date,
        published_ratings.published_precision,
        published_ratings.published_year,
        published_ratings.date_basis,
        published_ratings.fieldwork_date,
        published_ratings.fieldwork_precision,
        published_ratings.rating_id,
        scale.rating_name,
        scale.points,
        published_ratings.score_low,
        published_ratings.score_high,
        published_ratings.score_max,
        published_ratings.score_basis,
        published_ratings.stated_previous_rating_id,
        published_ratings.stated_previous_date,
        published_ratings.cases_n,
        published_ratings.pdus_n,
        published_ratings.note,
        published_ratings.source_type,
        published_ratings.url,
        published_ratings.document_id,
        concat(published_ratings.document_id, ':', published_ratings.published_rating_id) as citation_id
    from published_ratings
    inner join programmes on published_ratings.programme_id = programmes.programme_id
    left join spellings on published_ratings.region = spellings.spelling
    left join regions on spellings.region_id = regions.region_id
    left join scale on published_ratings.rating_id = scale.rating_id
    left join ratings_in_order on published_ratings.published_rating_id = ratings_in_order.published_rating_id
    left join inspections
        on
            published_ratings.body_id = inspections.organisation_id
            and programmes.framework_id = inspections.framework_id
            and published_ratings.published_year >= inspections.inspection_year
            and published_ratings.published_year <= inspections.inspection_year + 1

)

select * from final
