with figures as (select * from {{ ref('int_reported_figures__normalised') }}),
measures as (select * from {{ ref('int_measures__values') }}),

grades as (

    select
        inspection_id,
        measure_id,
        min(value) as lowest_value,
        max(value) as highest_value,
        min(citation_id) as citation_id
    from measures
    where source_table = 'staffing' and not is_wider and grade_id in ('po', 'pso')
    group by inspection_id, measure_id

),

final as (

    select
        'whole_lies_between_its_grades' as rule_id,
        figures.inspection_id,
        figures.description as subject,
        figures.citation_id as citation_id_a,
        grades.citation_id as citation_id_b,
        figures.as_printed as value_a,
        concat({{ number_text('grades.lowest_value') }}, ' to ', {{ number_text('grades.highest_value') }}, ' by grade')
            as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from figures
    inner join grades on figures.inspection_id = grades.inspection_id and figures.measure_id = grades.measure_id
    where
        figures.grade_id = 'practitioner'
        and figures.comparator_kind is null
        and figures.is_exact
        and grades.lowest_value < grades.highest_value
        and (figures.share_pct <= grades.lowest_value or figures.share_pct >= grades.highest_value)

)

select * from final
