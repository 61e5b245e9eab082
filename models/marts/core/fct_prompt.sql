{% set lower_k = 'coalesce(counts.yes_n, counts.yes_n_low)' -%}
{% set upper_k = 'coalesce(counts.yes_n, counts.yes_n_high)' -%}
with counts as (select * from {{ ref('int_percentages__possible_counts') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),

final as (

    select
        counts.inspection_id,
        counts.question_id,
        questions.parent_question_id,
        counts.standard_id,
        counts.yes_pct,
        counts.value_status,
        counts.denominator_basis,
        counts.base_basis,
        cast(case when counts.yes_n_status <> 'impossible' then counts.cases_n end as integer) as cases_n,
        cast(counts.yes_n as integer) as yes_n,
        cast(counts.yes_n_low as integer) as yes_n_low,
        cast(counts.yes_n_high as integer) as yes_n_high,
        counts.yes_n_status,
        cast(counts.largest_possible_cases_n as integer) as largest_possible_cases_n,
        counts.possible_bases,
        {{ wilson_low_pct(lower_k, 'counts.cases_n', 80) }} as yes_pct_low_80,
        {{ wilson_high_pct(upper_k, 'counts.cases_n', 80) }} as yes_pct_high_80,
        {{ wilson_low_pct(lower_k, 'counts.cases_n', 95) }} as yes_pct_low_95,
        {{ wilson_high_pct(upper_k, 'counts.cases_n', 95) }} as yes_pct_high_95,
        counts.eligible_n as eligible_cases_n,
        counts.eligible_basis,
        {{ wilson_low_of_eligible_pct(lower_k, 'counts.cases_n', 95, 'counts.eligible_n') }}
            as yes_pct_low_95_finite,
        {{ wilson_high_of_eligible_pct(upper_k, 'counts.cases_n', 95, 'counts.eligible_n') }}
            as yes_pct_high_95_finite,
        coalesce(counts.flags in ('*', '* **'), false) as excludes_unpaid_work_only,
        coalesce(counts.flags in ('**', '* **'), false) as not_in_every_case,
        questions.post_custody_only,
        counts.is_corrected,
        counts.citation_id,
        counts.base_citation_id
    from counts
    inner join questions on counts.question_id = questions.question_id
    where questions.question_level = 'prompt'

)

select * from final
