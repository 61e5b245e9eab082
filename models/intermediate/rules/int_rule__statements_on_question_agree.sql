{# A pair of which one statement contradicts the question's table is left to the rules about the table: it is the same
   contradiction. #}
{%- set table_rules = [
    'text_agrees_with_question_table',
    'text_complement_agrees_with_question_table',
    'text_count_agrees_with_question_table',
    'hedge_agrees_with_figure',
] -%}
with pairs as (select * from {{ ref('int_reported_figures__pairs') }}),

against_the_table as (

    {% for rule in table_rules -%}
    select citation_id_a as citation_id
    from {{ ref('int_rule__' ~ rule) }}
    where computed_explanation is null
    {%- if not loop.last %}

    union all

    {% endif %}
    {%- endfor %}

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
        and not exists (
            select 1
            from against_the_table
            where against_the_table.citation_id in (pairs.citation_id_a, pairs.citation_id_b)
        )

)

select * from final
