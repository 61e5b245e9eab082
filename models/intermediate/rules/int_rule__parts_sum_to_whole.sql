{# A whole and its parts as running text gives them: each fact once, in its first statement. #}
with figures as (select * from {{ ref('int_reported_figures__normalised') }}),

statements as (

    select
        inspection_id,
        fact_key,
        part_of_fact_key,
        description,
        as_printed,
        citation_id,
        coalesce(value, numerator_n) as count_n,
        row_number() over (
            partition by inspection_id, coalesce(fact_key, citation_id)
            order by line_number, column_number
        ) as statement_order
    from figures
    where value is not null or numerator_n is not null

),

totals as (

    select
        inspection_id,
        part_of_fact_key,
        sum(count_n) as parts_n,
        count(*) as parts,
        min(citation_id) as citation_id
    from statements
    where statement_order = 1
    group by inspection_id, part_of_fact_key
    having count(*) > 1

),

final as (

    select
        'parts_sum_to_whole' as rule_id,
        whole.inspection_id,
        whole.description as subject,
        whole.citation_id as citation_id_a,
        totals.citation_id as citation_id_b,
        whole.as_printed as value_a,
        concat({{ number_text('totals.parts') }}, ' parts sum to ', {{ number_text('totals.parts_n') }}) as value_b,
        cast(whole.count_n - totals.parts_n as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from statements as whole
    inner join totals on whole.inspection_id = totals.inspection_id and whole.fact_key = totals.part_of_fact_key
    where
        whole.statement_order = 1 and whole.count_n <> totals.parts_n

)

select * from final
