{# Checked where a report prints all three parts of a caseload. #}
with caseloads as (select * from {{ ref('stg_reports__caseloads') }}),

part_totals as (

    select
        inspection_id,
        population_id,
        sum(value) as parts_n,
        min(citation_id) as citation_id
    from caseloads
    where measure_id in ('caseload_community', 'caseload_licence', 'caseload_custody')
    group by inspection_id, population_id
    having count(value) = 3

),

totals as (

    select * from caseloads
    where measure_id = 'caseload_total'

),

final as (

    select
        'caseload_parts_sum_to_total' as rule_id,
        totals.inspection_id,
        concat('caseload of ', totals.population_id) as subject,
        totals.citation_id as citation_id_a,
        part_totals.citation_id as citation_id_b,
        totals.as_printed as value_a,
        concat('parts sum to ', {{ number_text('part_totals.parts_n') }}) as value_b,
        cast(totals.value - part_totals.parts_n as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from totals
    inner join part_totals
        on totals.inspection_id = part_totals.inspection_id and totals.population_id = part_totals.population_id
    where
        totals.value <> part_totals.parts_n

)

select * from final
