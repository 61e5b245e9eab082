with units as (select * from {{ ref('stg_landscape__pdu_register') }}),
spellings as (select * from {{ ref('stg_landscape__region_spellings') }}),
regions as (select * from {{ ref('stg_landscape__probation_regions') }}),
organisations as (select * from {{ ref('stg_reference__organisations') }}),
published_inspections as (select * from {{ ref('int_landscape__published_inspections') }}),

ratings_in_order as (

    select
        pdu_id,
        published_rating_id,
        rating_name,
        published_year,
        row_number() over (
            partition by pdu_id
            order by published_date desc, published_rating_id desc
        ) as recency,
        count(*) over (partition by pdu_id) as ratings_n
    from published_inspections
    where pdu_id is not null and rating_id is not null

),

final as (

    select
        units.pdu_id,
        organisations.organisation_id,
        regions.region_id,
        units.predecessor_pdu_id,
        units.pdu_name,
        units.registered_name,
        units.delius_code,
        units.register_uuid,
        regions.region_name,
        units.valid_to_date is null as is_registered,
        units.valid_from_date,
        units.valid_to_date,
        cast(coalesce(ratings_in_order.ratings_n, 0) as integer) as ratings_n,
        ratings_in_order.published_rating_id as latest_published_rating_id,
        ratings_in_order.rating_name as latest_rating,
        ratings_in_order.published_year as latest_published_year,
        units.note
    from units
    inner join spellings on units.region = spellings.spelling
    inner join regions on spellings.region_id = regions.region_id
    left join organisations on units.pdu_id = organisations.organisation_id
    left join ratings_in_order on units.pdu_id = ratings_in_order.pdu_id and ratings_in_order.recency = 1

)

select * from final
