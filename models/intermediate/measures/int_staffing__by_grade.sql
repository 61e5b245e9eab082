{# Staff of each grade with their vacancy rate and average caseload side by side, from tables and bullets. #}
with measures as (select * from {{ ref('int_measures__values') }}),

final as (

    select
        inspection_id,
        grade_id,
        max(case when measure_id = 'staff_headcount_fte' then value end) as staff_n,
        max(case when measure_id = 'vacancy_rate' then value end) as vacancy_pct,
        max(case when measure_id = 'average_caseload' then value end) as average_caseload,
        max(case when measure_id = 'vacancy_rate' then citation_id end) as vacancy_citation_id,
        max(case when measure_id = 'average_caseload' then citation_id end) as caseload_citation_id
    from measures
    where source_table = 'staffing' and not is_wider
    group by inspection_id, grade_id

)

select * from final
