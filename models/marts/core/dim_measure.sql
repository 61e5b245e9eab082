with measures as (select * from {{ ref('stg_reference__measures') }}),
units as (select * from {{ ref('stg_reference__units') }}),

final as (

    select
        measures.measure_id,
        measures.measure_name,
        measures.measure_group,
        measures.unit,
        units.unit_name,
        measures.polarity,
        measures.definition
    from measures
    inner join units on measures.unit = units.unit

)

select * from final
