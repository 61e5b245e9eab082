{# The annexe heads some prompts as being about post-custody cases only: their percentages should be possible for the
   number of post-release cases. #}
with counts as (select * from {{ ref('int_percentages__possible_counts') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),

post_custody_prompts as (

    select
        counts.inspection_id,
        counts.question_id,
        counts.yes_pct,
        counts.decimals,
        counts.cases_n,
        counts.yes_n_low,
        counts.citation_id,
        facts.citation_id as group_citation_id,
        facts.value_n as group_n
    from counts
    inner join questions on counts.question_id = questions.question_id
    inner join facts on counts.inspection_id = facts.inspection_id
    where
        questions.question_level = 'prompt'
        and questions.post_custody_only
        and facts.fact = 'post_release_cases'

),

final as (

    select
        'post_custody_prompt_fits_its_group' as rule_id,
        inspection_id,
        question_id as subject,
        citation_id as citation_id_a,
        group_citation_id as citation_id_b,
        concat({{ number_text('yes_pct') }}, '%') as value_a,
        concat({{ number_text('group_n') }}, ' post-release cases') as value_b,
        cast(null as {{ type_double() }}) as difference,
        case
            when yes_n_low is not null
                then concat(
                    'Both can be right if the percentage is a share of all inspected cases, ',
                    'which the heading does not say: ',
                    {{ number_text('yes_n_low') }}, ' of ', {{ number_text('cases_n') }}, '.'
                )
        end as computed_explanation
    from post_custody_prompts
    where
        {{ lowest_possible_count('yes_pct', 'group_n', 'decimals') }}
        > {{ highest_possible_count('yes_pct', 'group_n', 'decimals') }}

)

select * from final
