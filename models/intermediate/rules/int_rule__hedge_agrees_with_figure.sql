with restatements as (select * from {{ ref('int_reported_figures__against_questions') }}),

final as (

    select
        'hedge_agrees_with_figure' as rule_id,
        inspection_id,
        description as subject,
        citation_id as citation_id_a,
        table_citation_id as citation_id_b,
        as_stated as value_a,
        case
            when polarity = 'failure' then concat('100 less ', {{ number_text('yes_pct') }}, '%')
            else concat({{ number_text('yes_pct') }}, '%')
        end as value_b,
        case when polarity = 'failure' then yes_pct - success_pct else success_pct - yes_pct end as difference,
        explanation as computed_explanation
    from restatements
    where
        not is_exact
        and (success_low_pct > table_high_pct or success_high_pct < table_low_pct)

)

select * from final
