with counts as (

    select * from {{ ref('int_percentages__possible_counts') }}

),

questions as (

    select * from {{ ref('stg_reference__questions') }}

),

final as (

    select
        'prompt_possible_for_all_cases' as rule_id,
        counts.inspection_id,
        counts.question_id as subject,
        counts.citation_id as citation_id_a,
        counts.base_citation_id as citation_id_b,
        concat({{ number_text('counts.yes_pct') }}, '%') as value_a,
        concat({{ number_text('counts.stated_n') }}, ' cases') as value_b,
        cast(null as {{ type_double() }}) as difference,
        case
            when counts.largest_possible_n is not null
                then concat(
                    'No count of ', {{ number_text('counts.stated_n') }},
                    ' cases rounds to it: the percentage leaves cases out. ',
                    {{ number_text('counts.largest_possible_n') }}, ' is the largest base that can be',
                    case
                        when
                            questions.excludes_unpaid_work_only
                            or questions.not_in_every_case
                            or questions.post_custody_only
                            then '.'
                        else ', though the question is not marked as one that does not apply in every case.'
                    end
                )
        end as computed_explanation
    from counts
    inner join questions on counts.question_id = questions.question_id
    where
        questions.question_level = 'prompt'
        and counts.yes_n_status = 'impossible'

)

select * from final
