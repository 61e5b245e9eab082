{# Every statement about inspected cases in running text that restates a question, beside the question's percentage in
   the tables. A figure about post-release cases restates a question only where the question is about them alone.

   table_low_pct and table_high_pct bound the table's percentage: as printed, and the exact shares of the counts that
   round to it. explanation says how both can be right, where arithmetic shows it: the same count over fewer cases, or
   cases that the question did not apply to, of which there are fewer than half. A failing share of the relevant cases is
   tried with every number of them before it is taken as a share of all. #}
with figures as (select * from {{ ref('int_reported_figures__normalised') }}),
counts as (select * from {{ ref('int_percentages__possible_counts') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),
facts as (select * from {{ ref('int_inspections__facts') }}),
numbers as (select * from {{ ref('int_numbers__spine') }}),

restatements as (

    select
        figures.inspection_id,
        figures.description,
        figures.as_printed,
        figures.as_stated,
        figures.citation_id,
        figures.polarity,
        figures.value_pct,
        figures.numerator_n,
        figures.denominator_n,
        figures.case_group_id,
        figures.is_percentage,
        figures.is_exact,
        figures.decimals,
        figures.success_pct,
        figures.success_low_pct,
        figures.success_high_pct,
        figures.success_n,
        counts.question_id,
        counts.yes_pct,
        counts.decimals as yes_pct_decimals,
        counts.cases_n,
        counts.yes_n_low,
        counts.yes_n_high,
        counts.citation_id as table_citation_id,
        least(counts.yes_pct, coalesce({{ percentage('counts.yes_n_low', 'counts.cases_n') }}, counts.yes_pct))
            as table_low_pct,
        greatest(counts.yes_pct, coalesce({{ percentage('counts.yes_n_high', 'counts.cases_n') }}, counts.yes_pct))
            as table_high_pct,
        questions.excludes_unpaid_work_only or questions.not_in_every_case or questions.post_custody_only
            as may_not_apply,
        case when figures.case_group_id = 'post_release' then facts.post_release_cases end as group_n
    from figures
    inner join counts
        on figures.inspection_id = counts.inspection_id and figures.question_id = counts.question_id
    inner join questions on figures.question_id = questions.question_id
    inner join facts on figures.inspection_id = facts.inspection_id
    where
        figures.comparator_kind is null
        and figures.population_id in (
            'inspected_cases', 'court_reports', 'unpaid_work_cases', 'through_the_gate_cases'
        )
        and (
            figures.case_group_id in ('all', 'relevant')
            or (figures.case_group_id = 'post_release' and questions.post_custody_only)
        )

),

{# is_against: a share of all cases that did not meet the question. no_n_low and no_n_high: its counts, where exact. #}
failure_statements as (

    select
        restatements.*,
        polarity = 'failure' and coalesce(denominator_n, cases_n) = cases_n as is_against
    from restatements

),

exact_failures as (

    select
        failure_statements.*,
        case when is_against and is_exact then 100 - success_pct end as against_pct
    from failure_statements

),

failure_counts as (

    select
        exact_failures.*,
        {{ lowest_possible_count('against_pct', 'cases_n', 'decimals') }} as no_n_low,
        {{ highest_possible_count('against_pct', 'cases_n', 'decimals') }} as no_n_high
    from exact_failures

),

{# relevant_n: the cases a question applied to, where only one number of them gives both shares. #}
relevant_cases as (

    select
        failure_counts.citation_id,
        max(numbers.n) as relevant_n
    from failure_counts
    inner join numbers on failure_counts.cases_n >= numbers.n and failure_counts.yes_n_low < numbers.n
    where
        failure_counts.case_group_id = 'relevant'
        and failure_counts.against_pct is not null
        and failure_counts.yes_n_low = failure_counts.yes_n_high
        and numbers.n - failure_counts.yes_n_low
        between {{ lowest_possible_count('failure_counts.against_pct', 'numbers.n', 'failure_counts.decimals') }}
        and {{ highest_possible_count('failure_counts.against_pct', 'numbers.n', 'failure_counts.decimals') }}
    group by failure_counts.citation_id
    having count(*) = 1

),

with_relevant_cases as (

    select
        failure_counts.*,
        relevant_cases.relevant_n
    from failure_counts
    left join relevant_cases on failure_counts.citation_id = relevant_cases.citation_id

),

final as (

    select
        with_relevant_cases.*,
        case
            when denominator_n < cases_n and success_n between yes_n_low and yes_n_high
                then concat(
                    'Both can be right: the text counts over ', {{ number_text('denominator_n') }},
                    ' cases, and the ', {{ number_text('yes_pct') }}, '% of the table is the same ',
                    {{ number_text('success_n') }}, ' over all ', {{ number_text('cases_n') }}, '.'
                )
            when {{ percentage('yes_n_low', 'group_n') }} between success_low_pct and success_high_pct
                then concat(
                    'Both can be right: ', {{ number_text('yes_n_low') }}, ' cases are ',
                    {{ number_text(rounded_percentage('yes_n_low', 'group_n')) }}, '% of the ',
                    {{ number_text('group_n') }}, ' post-release cases the text speaks of, and ',
                    {{ number_text('yes_pct') }}, '% of all ', {{ number_text('cases_n') }}, '.'
                )
            when relevant_n is not null
                then concat(
                    'Both can be right: of ', {{ number_text('relevant_n') }},
                    ' cases to which the question applied ', {{ number_text('relevant_n - yes_n_low') }},
                    ', ', {{ number_text('against_pct') }}, '%, did not meet it, and the other ',
                    {{ number_text('yes_n_low') }}, ' are ', {{ number_text('yes_pct') }}, '% of all ',
                    {{ number_text('cases_n') }}, '.'
                )
            when
                may_not_apply and success_pct > yes_pct
                and yes_n_low = yes_n_high and no_n_low = no_n_high
                and 2 * (yes_n_low + no_n_low) > cases_n
                then concat(
                    'Both can be right',
                    case when case_group_id = 'relevant' then ' only if both are shares of all cases' else '' end,
                    ': of all ', {{ number_text('cases_n') }}, ' cases ',
                    {{ number_text('yes_n_low') }}, ' met the question and ', {{ number_text('no_n_low') }},
                    ' did not, which leaves ', {{ number_text('cases_n - yes_n_low - no_n_low') }},
                    ' to which it did not apply.'
                )
            when
                may_not_apply and success_pct > yes_pct and is_against
                and (yes_n_low is null or yes_n_low < yes_n_high or no_n_low is null or no_n_low <> no_n_high)
                then concat(
                    'Both can be right if cases to which the question did not apply are left out of one of them: it ',
                    'is marked as one that does not apply in every case, and ', {{ number_text('yes_pct') }},
                    '% for and the share against are less than the whole.'
                )
        end as explanation
    from with_relevant_cases

)

select * from final
