{# Of several statements of a fact, the first exact one is held against every other. #}
with pairs as (select * from {{ ref('int_reported_figures__pairs') }}),

final as (

    select
        'same_fact_agrees_within_report' as rule_id,
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
        pair_kind = 'same_fact'
        and disagree

)

select * from final
