with key_questions as (select * from {{ ref('stg_reports__key_questions') }}),
prompts as (select * from {{ ref('stg_reports__prompts') }}),
corrections as (select * from {{ ref('int_corrections__applied') }}),

key_questions_of_record as (

    select * from key_questions
    where place = 'chapter'

    union all

    select * from key_questions
    where {{ printed_only_elsewhere('key_questions', 'chapter', ['inspection_id', 'question_id']) }}

),

all_percentages as (

    select
        inspection_id, standard_id, question_id, yes_pct, value_status, as_printed, citation_id,
        cast(null as {{ dbt.type_string() }}) as flags
    from key_questions_of_record

    union all

    select inspection_id, standard_id, question_id, yes_pct, value_status, as_printed, citation_id, flags
    from prompts

),

final as (

    select
        all_percentages.inspection_id,
        all_percentages.standard_id,
        all_percentages.question_id,
        {{ corrected('all_percentages.yes_pct', 'decimal(7, 2)') }} as yes_pct,
        all_percentages.value_status,
        all_percentages.flags,
        corrections.citation_id is not null as is_corrected,
        all_percentages.citation_id
    from all_percentages
    left join corrections on all_percentages.citation_id = corrections.citation_id

)

select * from final
