with restatements as (

    select * from {{ ref('int_reported_figures__against_questions') }}

),

final as (

    select
        'text_count_agrees_with_question_table' as rule_id,
        inspection_id,
        description as subject,
        citation_id as citation_id_a,
        table_citation_id as citation_id_b,
        case
            when polarity = 'failure' then concat(as_printed, ', which leaves ', {{ number_text('success_n') }})
            else as_printed
        end as value_a,
        concat({{ number_text('yes_pct') }}, '%') as value_b,
        cast(success_pct - yes_pct as {{ type_double() }}) as difference,
        explanation as computed_explanation
    from restatements
    where
        is_exact
        and not success_n
        between {{ lowest_possible_count('yes_pct', 'denominator_n', 'yes_pct_decimals') }}
        and {{ highest_possible_count('yes_pct', 'denominator_n', 'yes_pct_decimals') }}

)

select * from final
