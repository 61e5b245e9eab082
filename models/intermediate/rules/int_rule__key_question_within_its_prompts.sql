{# A key question is held against its prompts only where the report prints every prompt its framework has under it. #}
{% set own_judgement = 'and a key question is a judgement of its own.' -%}
with percentages as (select * from {{ ref('int_questions__percentages') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),

prompts_of_framework as (

    select
        parent_question_id as question_id,
        count(*) as prompts_n
    from questions
    where question_level = 'prompt' and parent_question_id is not null
    group by parent_question_id
    having count(*) > 1

),

prompts as (

    select
        percentages.inspection_id,
        questions.parent_question_id as question_id,
        percentages.yes_pct,
        percentages.citation_id,
        row_number() over (
            partition by percentages.inspection_id, questions.parent_question_id
            order by percentages.yes_pct, questions.question_order, percentages.question_id
        ) as place_from_lowest,
        row_number() over (
            partition by percentages.inspection_id, questions.parent_question_id
            order by percentages.yes_pct desc, questions.question_order asc, percentages.question_id asc
        ) as place_from_highest
    from percentages
    inner join questions on percentages.question_id = questions.question_id
    where questions.question_level = 'prompt' and percentages.yes_pct is not null

),

ranges as (

    select
        inspection_id,
        question_id,
        count(*) as prompts_n,
        sum(yes_pct) as sum_pct,
        min(yes_pct) as lowest_pct,
        max(yes_pct) as highest_pct,
        max(case when place_from_lowest = 1 then citation_id end) as lowest_citation_id,
        max(case when place_from_highest = 1 then citation_id end) as highest_citation_id
    from prompts
    group by inspection_id, question_id

),

final as (

    select
        'key_question_within_its_prompts' as rule_id,
        percentages.inspection_id,
        percentages.question_id as subject,
        percentages.citation_id as citation_id_a,
        case
            when percentages.yes_pct > ranges.highest_pct then ranges.highest_citation_id
            else ranges.lowest_citation_id
        end as citation_id_b,
        concat({{ number_text('percentages.yes_pct') }}, '%') as value_a,
        case
            when percentages.yes_pct > ranges.highest_pct
                then concat(
                    'at most ', {{ number_text('ranges.highest_pct') }}, '% in ', {{ number_text('ranges.prompts_n') }},
                    ' prompts'
                )
            else concat(
                'at least ', {{ number_text('ranges.lowest_pct') }}, '% in ', {{ number_text('ranges.prompts_n') }},
                ' prompts'
            )
        end as value_b,
        cast(
            percentages.yes_pct
            - case
                when percentages.yes_pct > ranges.highest_pct then ranges.highest_pct
                else ranges.lowest_pct
            end as {{ type_double() }}
        ) as difference,
        case
            when percentages.yes_pct < ranges.lowest_pct
                then 'Both can be right: a case may meet one prompt and not the others, {{ own_judgement }}'
            when percentages.yes_pct <= ranges.sum_pct
                then
                    concat(
                        'Both can be right: a case may pass on one prompt alone, or on prompts that do not all ',
                        'apply to it, ',
                        '{{ own_judgement }}'
                    )
        end as computed_explanation
    from percentages
    inner join ranges
        on percentages.inspection_id = ranges.inspection_id and percentages.question_id = ranges.question_id
    inner join prompts_of_framework
        on ranges.question_id = prompts_of_framework.question_id and ranges.prompts_n = prompts_of_framework.prompts_n
    where percentages.yes_pct > ranges.highest_pct or percentages.yes_pct < ranges.lowest_pct

)

select * from final
