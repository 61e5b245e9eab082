{# A count of fewer cases that the table divides by all of them is left to question_base_covers_every_case where that
   rule has the same print: it is one contradiction. #}
with statements as (

    select * from {{ ref('int_reported_figures__against_questions') }}

),

{# The counts of the base in the text that round to the table's percentage. #}
restating as (

    select
        statements.*,
        {{ lowest_possible_count('yes_pct', 'denominator_n', 'yes_pct_decimals') }} as count_low,
        {{ highest_possible_count('yes_pct', 'denominator_n', 'yes_pct_decimals') }} as count_high
    from statements

),

smaller_bases as (

    select * from {{ ref('int_rule__question_base_covers_every_case') }}

),

final as (

    select
        'text_count_agrees_with_question_table' as rule_id,
        restating.inspection_id,
        restating.description as subject,
        restating.citation_id as citation_id_a,
        restating.table_citation_id as citation_id_b,
        case
            when restating.polarity = 'failure'
                then concat(restating.as_printed, ', which leaves ', {{ number_text('restating.success_n') }})
            else restating.as_printed
        end as value_a,
        concat({{ number_text('restating.yes_pct') }}, '%') as value_b,
        cast(restating.success_pct - restating.yes_pct as {{ type_double() }}) as difference,
        restating.explanation as computed_explanation
    from restating
    left join smaller_bases on restating.citation_id = smaller_bases.citation_id_a
    where
        restating.is_exact
        and not restating.success_n between restating.count_low and restating.count_high
        and (smaller_bases.citation_id_a is null or restating.explanation is null)

)

select * from final
