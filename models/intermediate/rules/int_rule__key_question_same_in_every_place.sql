with key_questions as (select * from {{ ref('stg_reports__key_questions') }}),

final as (

    select
        'key_question_same_in_every_place' as rule_id,
        first_place.inspection_id,
        first_place.question_id as subject,
        first_place.citation_id as citation_id_a,
        other_place.citation_id as citation_id_b,
        first_place.as_printed as value_a,
        other_place.as_printed as value_b,
        cast(first_place.yes_pct - other_place.yes_pct as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from key_questions as first_place
    inner join key_questions as other_place
        on
            first_place.inspection_id = other_place.inspection_id
            and first_place.question_id = other_place.question_id
            and {{ comes_before(
                'first_place.line_number', 'first_place.column_number',
                'other_place.line_number', 'other_place.column_number'
            ) }}
    where
        first_place.yes_pct <> other_place.yes_pct

)

select * from final
