with percentages as (select * from {{ ref('int_questions__bases') }}),
text_figures as (select * from {{ ref('stg_reports__reported_figures') }}),
numbers as (select * from {{ ref('int_numbers__spine') }}),

percentages_with_decimals as (

    select
        percentages.*,
        {{ decimals_of_value('yes_pct') }} as decimals
    from percentages

),

ranges as (

    select
        percentages_with_decimals.*,
        {{ lowest_possible_count('yes_pct', 'cases_n', 'decimals') }} as lowest_k,
        {{ highest_possible_count('yes_pct', 'cases_n', 'decimals') }} as highest_k
    from percentages_with_decimals

),

{# A count printed in the text settles which of several possible counts it is, if it is possible at all. #}
printed_counts as (

    select
        text_figures.inspection_id,
        text_figures.question_id,
        max(
            case
                when text_figures.polarity = 'failure' then text_figures.denominator_n - text_figures.numerator_n
                else text_figures.numerator_n
            end
        ) as printed_n
    from text_figures
    inner join ranges
        on
            text_figures.inspection_id = ranges.inspection_id
            and text_figures.question_id = ranges.question_id
            and text_figures.denominator_n = ranges.cases_n
    where text_figures.numerator_n is not null and text_figures.comparator_kind is null
    group by text_figures.inspection_id, text_figures.question_id
    having count(distinct concat(text_figures.polarity, text_figures.numerator_n)) = 1

),

smaller_bases as (

    select
        ranges.inspection_id,
        ranges.question_id,
        max(numbers.n) as largest_possible_cases_n,
        {{ ascending_list('numbers.n') }} as possible_bases
    from ranges
    inner join numbers on ranges.cases_n > numbers.n and numbers.n > 0
    where
        ranges.lowest_k > ranges.highest_k
        and {{ lowest_possible_count('ranges.yes_pct', 'numbers.n', 'ranges.decimals') }}
        <= {{ highest_possible_count('ranges.yes_pct', 'numbers.n', 'ranges.decimals') }}
    group by ranges.inspection_id, ranges.question_id

),

final as (

    select
        ranges.inspection_id,
        ranges.standard_id,
        ranges.question_id,
        ranges.yes_pct,
        ranges.value_status,
        ranges.decimals,
        ranges.cases_n,
        case
            when ranges.lowest_k > ranges.highest_k then 'relevant_cases'
            else coalesce(ranges.denominator_basis, 'unknown')
        end as denominator_basis,
        case
            when ranges.yes_pct is null then 'no_percentage'
            when ranges.cases_n is null then 'base_not_printed'
            when ranges.lowest_k > ranges.highest_k then 'impossible'
            when printed_counts.printed_n between ranges.lowest_k and ranges.highest_k then 'printed'
            when ranges.lowest_k = ranges.highest_k then 'implied'
            else 'several_possible'
        end as yes_n_status,
        case
            when ranges.cases_n is null or ranges.lowest_k > ranges.highest_k then 'not_printed'
            when printed_counts.printed_n between ranges.lowest_k and ranges.highest_k then 'printed_with_figure'
            else ranges.base_basis
        end as base_basis,
        case when ranges.lowest_k <= ranges.highest_k then ranges.eligible_n end as eligible_n,
        case when ranges.lowest_k <= ranges.highest_k then ranges.eligible_basis end as eligible_basis,
        case when ranges.lowest_k <= ranges.highest_k then ranges.lowest_k end as yes_n_low,
        case when ranges.lowest_k <= ranges.highest_k then ranges.highest_k end as yes_n_high,
        case
            when printed_counts.printed_n between ranges.lowest_k and ranges.highest_k
                then cast(printed_counts.printed_n as integer)
            when ranges.lowest_k = ranges.highest_k then ranges.lowest_k
        end as yes_n,
        smaller_bases.largest_possible_cases_n,
        smaller_bases.possible_bases,
        ranges.flags,
        ranges.is_corrected,
        ranges.citation_id,
        ranges.base_citation_id
    from ranges
    left join printed_counts
        on ranges.inspection_id = printed_counts.inspection_id and ranges.question_id = printed_counts.question_id
    left join smaller_bases
        on ranges.inspection_id = smaller_bases.inspection_id and ranges.question_id = smaller_bases.question_id

)

select * from final
