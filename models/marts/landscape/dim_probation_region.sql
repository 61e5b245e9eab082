with regions as (

    select * from {{ ref('stg_landscape__probation_regions') }}

),

spellings as (

    select * from {{ ref('stg_landscape__region_spellings') }}

),

units as (

    select * from {{ ref('dim_pdu') }}

),

spelled as (

    select
        regions.region_id,
        max(spellings.spelling) as other_spelling
    from regions
    inner join spellings on regions.region_id = spellings.region_id
    where spellings.spelling <> regions.region_name
    group by regions.region_id

),

counted as (

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
        spelled.other_spelling,
        regions.nation,
        regions.register_uuid,
        cast(counted.pdus_n as integer) as pdus_n,
        cast(counted.rated_pdus_n as integer) as rated_pdus_n
    from regions
    inner join counted on regions.region_id = counted.region_id
    left join spelled on regions.region_id = spelled.region_id

)

select * from final
