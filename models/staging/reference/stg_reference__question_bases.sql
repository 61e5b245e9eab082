with source as (select * from {{ ref('question_bases') }}),

final as (

    select
        scope_id,
        base_fact,
        denominator_basis,
        fallback_fact,
        reason
    from source

)

select * from final
