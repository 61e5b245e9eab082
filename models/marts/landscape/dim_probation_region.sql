with regions as (select * from {{ ref('stg_landscape__probation_regions') }}),
spellings as (select * from {{ ref('stg_landscape__region_spellings') }}),
units as (select * from {{ ref('dim_pdu') }}),

other_spellings as (

    select
        regions.region_id,
        max(spellings.spelling) as other_spelling
    from regions
    inner join spellings on regions.region_id = spellings.region_id
    where spellings.spelling <> regions.region_name
    group by regions.region_id

),

pdu_counts as (

    select
        region_id,
        sum(case when is_registered then 1 else 0 end) as pdus_n,
        sum(case when is_registered and latest_rating is not null then 1 else 0 end) as rated_pdus_n
    from units
    group by region_id

),

final as (

    select
        regions.region_id,
        regions.region_name,
        other_spellings.other_spelling,
        regions.nation,
        regions.register_uuid,
        cast(pdu_counts.pdus_n as integer) as pdus_n,
        cast(pdu_counts.rated_pdus_n as integer) as rated_pdus_n
    from regions
    inner join pdu_counts on regions.region_id = pdu_counts.region_id
    left join other_spellings on regions.region_id = other_spellings.region_id

)

select * from final
