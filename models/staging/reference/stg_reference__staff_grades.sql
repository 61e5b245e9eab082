with source as (select * from {{ ref('staff_grades') }}),

final as (

    select
        grade_id,
        grade_name,
        {{ to_integer('grade_order') }} as grade_order
    from source

)

select * from final
