with restatements as (select * from {{ ref('int_reported_figures__against_questions') }}),

final as (

    select
        'text_agrees_with_question_table' as rule_id,
        inspection_id,
        description as subject,
        citation_id as citation_id_a,
        table_citation_id as citation_id_b,
        as_printed as value_a,
        concat({{ number_text('yes_pct') }}, '%') as value_b,
        cast(value_pct - yes_pct as {{ type_double() }}) as difference,
        explanation as computed_explanation
    from restatements
    where
        is_percentage
        and is_exact
        and numerator_n is null
        and polarity <> 'failure'
        and abs(value_pct - yes_pct) > 0.5

)

select * from final
