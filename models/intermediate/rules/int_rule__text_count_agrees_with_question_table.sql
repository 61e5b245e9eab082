{# A count of fewer cases that the table divides by all of them is left to question_base_covers_every_case where that
   rule has the same print: it is one contradiction. #}
with statements as (select * from {{ ref('int_reported_figures__against_questions') }}),

{# The counts of the base in the text that round to the table's percentage. #}
restatements as (

    select
        statements.*,
        {{ lowest_possible_count('yes_pct', 'denominator_n', 'yes_pct_decimals') }} as count_low,
        {{ highest_possible_count('yes_pct', 'denominator_n', 'yes_pct_decimals') }} as count_high
    from statements

),

smaller_bases as (select * from {{ ref('int_rule__question_base_covers_every_case') }}),

final as (

    select
        'text_count_agrees_with_question_table' as rule_id,
        restatements.inspection_id,
        restatements.description as subject,
        restatements.citation_id as citation_id_a,
        restatements.table_citation_id as citation_id_b,
        case
            when restatements.polarity = 'failure'
                then concat(restatements.as_printed, ', which leaves ', {{ number_text('restatements.success_n') }})
            else restatements.as_printed
        end as value_a,
        concat({{ number_text('restatements.yes_pct') }}, '%') as value_b,
        cast(restatements.success_pct - restatements.yes_pct as {{ type_double() }}) as difference,
        restatements.explanation as computed_explanation
    from restatements
    left join smaller_bases on restatements.citation_id = smaller_bases.citation_id_a
    where
        restatements.is_exact
        and not restatements.success_n between restatements.count_low and restatements.count_high
        and (smaller_bases.citation_id_a is null or restatements.explanation is null)

)

select * from final
