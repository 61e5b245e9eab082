with pairs as (

    select * from {{ ref('int_reported_figures__pairs') }}

),

final as (

    select
        'statements_on_question_agree' as rule_id,
        inspection_id,
        description as subject,
        citation_id_a,
        citation_id_b,
        value_a,
        value_b,
        difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from pairs
    where
        pair_kind = 'same_question'
        and disagree

)

select * from final
