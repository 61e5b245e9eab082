with source as (select * from {{ ref('question_measures') }}),

final as (

    select
        question_id,
        measure_id
    from source

)

select * from final
