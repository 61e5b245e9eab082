{# Interviewed practitioners are probation officers and probation services officers: some split of the interviews
   between the two must make both of their percentages possible. #}
with measures as (select * from {{ ref('int_measures__values') }}),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),
numbers as (select * from {{ ref('int_numbers__spine') }}),

shares as (

    select
        po.inspection_id,
        po.measure_id,
        po.value as po_pct,
        pso.value as pso_pct,
        po.as_printed as po_as_printed,
        pso.as_printed as pso_as_printed,
        po.citation_id,
        facts.citation_id as interviews_citation_id,
        facts.value_n as interviews_n
    from measures as po
    inner join measures as pso on po.inspection_id = pso.inspection_id and po.measure_id = pso.measure_id
    inner join facts on po.inspection_id = facts.inspection_id
    where
        po.population_id = 'practitioner_interviews'
        and pso.population_id = 'practitioner_interviews'
        and po.grade_id = 'po'
        and pso.grade_id = 'pso'
        and facts.fact = 'practitioners_interviewed'

),

splits as (

    select
        shares.inspection_id,
        shares.measure_id
    from shares
    inner join numbers on numbers.n > 0 and shares.interviews_n > numbers.n
    where
        {{ lowest_possible_count('shares.po_pct', 'numbers.n', decimals_of_value('shares.po_pct')) }}
        <= {{ highest_possible_count('shares.po_pct', 'numbers.n', decimals_of_value('shares.po_pct')) }}
        and {{ lowest_possible_count(
            'shares.pso_pct', '(shares.interviews_n - numbers.n)', decimals_of_value('shares.pso_pct')
        ) }}
        <= {{ highest_possible_count(
            'shares.pso_pct', '(shares.interviews_n - numbers.n)', decimals_of_value('shares.pso_pct')
        ) }}

),

final as (

    select
        'grade_shares_fit_the_interviews' as rule_id,
        shares.inspection_id,
        shares.measure_id as subject,
        shares.citation_id as citation_id_a,
        shares.interviews_citation_id as citation_id_b,
        concat(
            shares.po_as_printed, ' of probation officers, ',
            shares.pso_as_printed, ' of probation services officers'
        ) as value_a,
        concat({{ number_text('shares.interviews_n') }}, ' interviews') as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from shares
    left join splits on shares.inspection_id = splits.inspection_id and shares.measure_id = splits.measure_id
    where
        splits.inspection_id is null

)

select * from final
