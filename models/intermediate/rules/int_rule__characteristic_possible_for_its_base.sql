with values_of_measures as (select * from {{ ref('int_measures__values') }}),
measures as (select * from {{ ref('stg_reference__measures') }}),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),

shares as (

    select
        values_of_measures.inspection_id,
        values_of_measures.value as value_pct,
        values_of_measures.as_printed,
        values_of_measures.citation_id,
        measures.measure_name,
        facts.citation_id as base_citation_id,
        facts.value_n as cases_n
    from values_of_measures
    inner join measures on values_of_measures.measure_id = measures.measure_id
    inner join facts on values_of_measures.inspection_id = facts.inspection_id
    where
        measures.measure_group = 'case_characteristic'
        and values_of_measures.unit = 'per_cent'
        and facts.fact = 'cases_inspected'

),

final as (

    select
        'characteristic_possible_for_its_base' as rule_id,
        inspection_id,
        measure_name as subject,
        citation_id as citation_id_a,
        base_citation_id as citation_id_b,
        as_printed as value_a,
        concat({{ number_text('cases_n') }}, ' cases') as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from shares
    where
        {{ lowest_possible_count('value_pct', 'cases_n', decimals_of_value('value_pct')) }}
        > {{ highest_possible_count('value_pct', 'cases_n', decimals_of_value('value_pct')) }}

)

select * from final
