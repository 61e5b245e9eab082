{# Inspections known from published pages: region and PDU by the vocabulary, the rated inspection of the same body
   before, and the same inspection among those whose report is held. A report is of the year of its publication or, its
   fieldwork having ended in winter, of the year before. #}
with published as (

    select * from {{ ref('stg_landscape__published_ratings') }}

),

programmes as (

    select * from {{ ref('stg_landscape__inspection_programmes') }}

),

spellings as (

    select * from {{ ref('stg_landscape__region_spellings') }}

),

regions as (

    select * from {{ ref('stg_landscape__probation_regions') }}

),

scale as (

    select * from {{ ref('stg_reference__rating_scale') }}

),

inspections as (

    select * from {{ ref('stg_reports__inspections') }}

),

rated as (

    select
        published_rating_id,
        lag(published_rating_id) over (
            partition by body_id
            order by published_date, published_rating_id
        ) as earlier_published_rating_id
    from published
    where rating_id is not null

),

final as (

    select
        published.published_rating_id,
        published.programme_id,
        published.body_id,
        case when published.body_type = 'pdu' then published.body_id end as pdu_id,
        regions.region_id,
        inspections.inspection_id,
        rated.earlier_published_rating_id,
        programmes.programme_name,
        programmes.is_rated,
        published.body_type,
        published.body_name,
        regions.region_name,
        published.published_date,
        published.published_precision,
        published.published_year,
        published.date_basis,
        published.fieldwork_date,
        published.fieldwork_precision,
        published.rating_id,
        scale.rating_name,
        scale.points,
        published.score_low,
        published.score_high,
        published.score_max,
        published.score_basis,
        published.previous_rating_id,
        published.previous_rating_date,
        published.cases_n,
        published.pdus_n,
        published.note,
        published.source_type,
        published.url,
        published.document_id,
        concat(published.document_id, ':', published.published_rating_id) as citation_id
    from published
    inner join programmes on published.programme_id = programmes.programme_id
    left join spellings on published.region = spellings.spelling
    left join regions on spellings.region_id = regions.region_id
    left join scale on published.rating_id = scale.rating_id
    left join rated on published.published_rating_id = rated.published_rating_id
    left join inspections
        on
            published.body_id = inspections.organisation_id
            and programmes.framework_id = inspections.framework_id
            and published.published_year >= inspections.inspection_year
            and published.published_year <= inspections.inspection_year + 1

)

select * from final
