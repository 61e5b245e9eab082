{# Each report is represented by its first exact statement of a fact. #}
with pairs as (select * from {{ ref('int_reported_figures__pairs') }}),

final as (

    select
        'same_fact_agrees_across_reports' as rule_id,
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
        pair_kind = 'same_fact_elsewhere'
        and disagree

)

select * from final
