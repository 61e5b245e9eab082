{# Every question's percentage once per inspection: the chapter's table before the results annexe, corrected where a
   correction applies. #}
with key_questions as (

    select * from {{ ref('stg_reports__key_questions') }}

),

prompts as (

    select * from {{ ref('stg_reports__prompts') }}

),

corrections as (

    select * from {{ ref('int_corrections__applied') }}

),

places as (

    select
        key_questions.*,
        row_number() over (
            partition by inspection_id, question_id
            order by case when place = 'chapter' then 0 else 1 end
        ) as place_order
    from key_questions

),

unioned as (

    select
        inspection_id, standard_id, question_id, yes_pct, as_printed, citation_id,
        cast(null as {{ dbt.type_string() }}) as flags
    from places
    where place_order = 1

    union all

    select inspection_id, standard_id, question_id, yes_pct, as_printed, citation_id, flags
    from prompts

),

final as (

    select
        unioned.inspection_id,
        unioned.standard_id,
        unioned.question_id,
        {{ corrected('unioned.yes_pct', 'decimal(7, 2)') }} as yes_pct,
        unioned.flags,
        corrections.citation_id is not null as is_corrected,
        unioned.citation_id
    from unioned
    left join corrections on unioned.citation_id = corrections.citation_id

)

select * from final
