with ratings as (select * from {{ ref('stg_reports__ratings') }}),

final as (

    select
        'rating_same_in_every_place' as rule_id,
        first_place.inspection_id,
        concat('rating of ', first_place.standard_id) as subject,
        first_place.citation_id as citation_id_a,
        other_place.citation_id as citation_id_b,
        first_place.rating_id as value_a,
        other_place.rating_id as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from ratings as first_place
    inner join ratings as other_place
        on
            first_place.inspection_id = other_place.inspection_id
            and first_place.standard_id = other_place.standard_id
            and {{ comes_before(
                'first_place.line_number', 'first_place.column_number',
                'other_place.line_number', 'other_place.column_number'
            ) }}
    where
        first_place.rating_id <> other_place.rating_id

)

select * from final
