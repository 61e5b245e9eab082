with frameworks as (select * from {{ ref('stg_reference__frameworks') }}),

final as (

    select
        framework_id,
        framework_name,
        applies_to,
        first_year,
        last_year,
        score_max,
        description,
        vocabulary_basis
    from frameworks

)

select * from final
