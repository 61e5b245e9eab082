{# Vacant posts of a grade follow from its staff and its vacancy rate: with 36 in post and 26% vacant, 36 * 26 / 74.
   The overall rate divides by the headcount; it must cover at least the vacancies of the grades, but for the rounding
   of staff and rates. #}
with grades as (select * from {{ ref('int_staffing__by_grade') }}),

vacancies as (

    select
        inspection_id,
        sum({{ to_double('staff_n') }} * vacancy_pct / (100 - vacancy_pct)) as vacancies_n,
        max(vacancy_pct) as highest_vacancy_pct
    from grades
    where grade_id in ('spo', 'po', 'pso') and vacancy_pct < 100
    group by inspection_id

),

highest_rates as (

    select
        grades.inspection_id,
        min(grades.vacancy_citation_id) as citation_id
    from grades
    inner join vacancies
        on grades.inspection_id = vacancies.inspection_id and grades.vacancy_pct = vacancies.highest_vacancy_pct
    where grades.grade_id in ('spo', 'po', 'pso')
    group by grades.inspection_id

),

final as (

    select
        'vacancy_rate_covers_its_grades' as rule_id,
        whole.inspection_id,
        'overall vacancy rate' as subject,
        whole.vacancy_citation_id as citation_id_a,
        highest_rates.citation_id as citation_id_b,
        concat({{ number_text('whole.vacancy_pct') }}, '%') as value_a,
        concat(
            {{ number_text(rounded(percentage('vacancies.vacancies_n', 'whole.staff_n'), 1)) }},
            '% of the headcount from the grades alone'
        ) as value_b,
        whole.vacancy_pct - {{ percentage('vacancies.vacancies_n', 'whole.staff_n') }} as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from grades as whole
    inner join vacancies on whole.inspection_id = vacancies.inspection_id
    inner join highest_rates on whole.inspection_id = highest_rates.inspection_id
    where
        whole.grade_id = 'all'
        and whole.vacancy_pct + 1 < {{ percentage('vacancies.vacancies_n', 'whole.staff_n') }}

)

select * from final
