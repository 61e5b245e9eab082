with comparators as (select * from {{ ref('stg_reports__comparators') }}),
comparator_kinds as (select * from {{ ref('stg_reference__comparator_kinds') }}),
corrections as (select * from {{ ref('int_corrections__applied') }}),

final as (

    select
        comparators.inspection_id,
        comparators.figure_table,
        comparators.place,
        comparators.standard_id,
        comparators.question_id,
        comparators.measure_id,
        comparators.grade_id,
        comparators.comparator_id,
        comparator_kinds.comparator_name,
        {{ corrected('comparators.value', 'decimal(12, 4)') }} as value,
        comparators.unit,
        comparators.value_status,
        comparators.as_printed,
        corrections.citation_id is not null as is_corrected,
        comparators.citation_id
    from comparators
    inner join comparator_kinds on comparators.comparator_id = comparator_kinds.comparator_id
    left join corrections on comparators.citation_id = corrections.citation_id

)

select * from final
