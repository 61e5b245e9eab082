with source as (select * from {{ raw_table('prompts') }}),

final as (

    select
        inspection_id,
        document_id,
        standard_id,
        question_id,
        question_text,
        flags,
        {{ to_percentage('as_printed') }} as yes_pct,
        {{ provenance_columns() }}
    from source

)

select * from final
