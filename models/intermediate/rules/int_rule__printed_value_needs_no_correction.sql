{# Every correction in force is a finding: a corrected value no longer contradicts anything, so that no other rule keeps
   the misprint in sight. #}
with corrections as (select * from {{ ref('int_corrections__states') }}),
documents as (select * from {{ ref('stg_reports__documents') }}),

final as (

    select
        'printed_value_needs_no_correction' as rule_id,
        documents.inspection_id,
        'misprint' as subject,
        corrections.citation_id as citation_id_a,
        cast(null as {{ dbt.type_string() }}) as citation_id_b,
        corrections.printed_value as value_a,
        concat('corrected to ', corrections.corrected_value) as value_b,
        cast(null as {{ type_double() }}) as difference,
        corrections.reason as computed_explanation
    from corrections
    inner join documents on corrections.document_id = documents.document_id
    where corrections.correction_state = 'applies'

)

select * from final
