{# Two facts of one population with the same count out of the same base may be chance. They are doubtful where they are
   printed in two places and one of them has another count or base elsewhere in the report. With fewer than 20 the same
   count is nearly always chance, and two counts of one sentence were set side by side on purpose. #}
with figures as (

    select * from {{ ref('int_reported_figures__normalised') }}
    where numerator_n is not null and denominator_n is not null and comparator_kind is null

),

final as (

    select
        'one_count_for_two_facts' as rule_id,
        first_fact.inspection_id,
        first_fact.description as subject,
        first_fact.citation_id as citation_id_a,
        second_fact.citation_id as citation_id_b,
        first_fact.as_stated as value_a,
        concat(second_fact.as_stated, ': ', second_fact.description) as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from figures as first_fact
    inner join figures as second_fact
        on
            first_fact.document_id = second_fact.document_id
            and first_fact.population_id = second_fact.population_id
            and first_fact.case_group_id = second_fact.case_group_id
            and first_fact.numerator_n = second_fact.numerator_n
            and first_fact.denominator_n = second_fact.denominator_n
            and first_fact.line_number < second_fact.line_number
    where
        first_fact.denominator_n >= 20
        and coalesce(first_fact.fact_key, first_fact.citation_id)
        <> coalesce(second_fact.fact_key, second_fact.citation_id)
        and coalesce(first_fact.question_id, first_fact.citation_id)
        <> coalesce(second_fact.question_id, second_fact.citation_id)
        and exists (
            select 1
            from figures as other_print
            where
                other_print.document_id = first_fact.document_id
                and other_print.fact_key in (first_fact.fact_key, second_fact.fact_key)
                and (
                    other_print.numerator_n <> first_fact.numerator_n
                    or other_print.denominator_n <> first_fact.denominator_n
                )
        )

)

select * from final
