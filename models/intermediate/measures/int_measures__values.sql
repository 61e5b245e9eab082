{# Every figure of a measure that a table, a page of facts or a bullet gives, in one shape, corrected where a correction
   applies. source_table says which mart it belongs to. #}
with staffing as (select * from {{ ref('stg_reports__staffing') }}),
characteristics as (select * from {{ ref('stg_reports__case_characteristics') }}),
caseloads as (select * from {{ ref('stg_reports__caseloads') }}),
contextual_facts as (select * from {{ ref('stg_reports__contextual_facts') }}),
corrections as (select * from {{ ref('int_corrections__applied') }}),

all_figures as (

    select
        'staffing' as source_table, inspection_id, measure_id, grade_id, population_id, 'value' as figure_role,
        printed_label, value, unit, value_status, supplied_by, as_printed, citation_id
    from staffing

    union all

    select
        'case_characteristics' as source_table, inspection_id, measure_id, 'all' as grade_id,
        'inspected_cases' as population_id, 'value' as figure_role, printed_label, value, unit, value_status,
        supplied_by, as_printed, citation_id
    from characteristics

    union all

    select
        'caseloads' as source_table, inspection_id, measure_id, 'all' as grade_id, population_id,
        'value' as figure_role, cast(null as {{ dbt.type_string() }}) as printed_label, value, unit,
        'reported' as value_status, supplied_by, as_printed, citation_id
    from caseloads

    union all

    select
        'contextual_facts' as source_table, inspection_id, measure_id, 'all' as grade_id, population_id, figure_role,
        cast(null as {{ dbt.type_string() }}) as printed_label, value, unit, 'reported' as value_status, supplied_by,
        as_printed, citation_id
    from contextual_facts

),

final as (

    select
        all_figures.source_table,
        all_figures.inspection_id,
        all_figures.measure_id,
        all_figures.grade_id,
        all_figures.population_id,
        all_figures.figure_role,
        all_figures.printed_label,
        {{ corrected('all_figures.value', 'decimal(12, 4)') }} as value,
        all_figures.unit,
        all_figures.value_status,
        all_figures.supplied_by,
        corrections.citation_id is not null as is_corrected,
        all_figures.as_printed,
        all_figures.citation_id,
        all_figures.population_id in ('region', 'all_crcs', 'england_and_wales') as is_wider
    from all_figures
    left join corrections on all_figures.citation_id = corrections.citation_id

)

select * from final
