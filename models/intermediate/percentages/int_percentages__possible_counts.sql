{# For every question's percentage: the counts of its stated base that round to it, and, where none does, the
   smaller bases for which one does. #}
with percentages as (

    select * from {{ ref('int_questions__bases') }}

),

reported as (

    select * from {{ ref('stg_reports__reported_figures') }}

),

numbers as (

    select * from {{ ref('int_numbers__spine') }}

),

stated as (

    select
        percentages.*,
        {{ decimals_of_value('yes_pct') }} as decimals
    from percentages

),

bounded as (

    select
        stated.*,
        {{ lowest_possible_count('yes_pct', 'stated_n', 'decimals') }} as lowest_k,
        {{ highest_possible_count('yes_pct', 'stated_n', 'decimals') }} as highest_k
    from stated

),

{# A count printed in the text settles which of several possible counts it is, if it is possible at all. #}
printed as (

    select
        reported.inspection_id,
        reported.question_id,
        max(
            case
                when reported.polarity = 'failure' then reported.denominator_n - reported.numerator_n
                else reported.numerator_n
            end
        ) as printed_n
    from reported
    inner join bounded
        on
            reported.inspection_id = bounded.inspection_id
            and reported.question_id = bounded.question_id
            and reported.denominator_n = bounded.stated_n
    where reported.numerator_n is not null and reported.comparator_kind is null
    group by reported.inspection_id, reported.question_id
    having count(distinct concat(reported.polarity, reported.numerator_n)) = 1

),

smaller_bases as (

    select
        bounded.inspection_id,
        bounded.question_id,
        max(numbers.n) as largest_possible_n,
        {{ ascending_list('numbers.n') }} as possible_bases
    from bounded
    inner join numbers on bounded.stated_n > numbers.n and numbers.n > 0
    where
        bounded.lowest_k > bounded.highest_k
        and {{ lowest_possible_count('bounded.yes_pct', 'numbers.n', 'bounded.decimals') }}
        <= {{ highest_possible_count('bounded.yes_pct', 'numbers.n', 'bounded.decimals') }}
    group by bounded.inspection_id, bounded.question_id

),

final as (

    select
        bounded.inspection_id,
        bounded.standard_id,
        bounded.question_id,
        bounded.yes_pct,
        bounded.decimals,
        bounded.stated_n,
        case
            when bounded.lowest_k > bounded.highest_k then 'relevant_cases'
            else coalesce(bounded.denominator_basis, 'unknown')
        end as denominator_basis,
        case
            when bounded.stated_n is null then 'base_not_printed'
            when bounded.lowest_k > bounded.highest_k then 'impossible'
            when printed.printed_n between bounded.lowest_k and bounded.highest_k then 'printed'
            when bounded.lowest_k = bounded.highest_k then 'implied'
            else 'several_possible'
        end as yes_n_status,
        case when bounded.lowest_k <= bounded.highest_k then bounded.lowest_k end as yes_n_low,
        case when bounded.lowest_k <= bounded.highest_k then bounded.highest_k end as yes_n_high,
        case
            when printed.printed_n between bounded.lowest_k and bounded.highest_k
                then cast(printed.printed_n as integer)
            when bounded.lowest_k = bounded.highest_k then bounded.lowest_k
        end as yes_n,
        smaller_bases.largest_possible_n,
        smaller_bases.possible_bases,
        bounded.flags,
        bounded.is_corrected,
        bounded.citation_id,
        bounded.base_citation_id
    from bounded
    left join printed
        on bounded.inspection_id = printed.inspection_id and bounded.question_id = printed.question_id
    left join smaller_bases
        on bounded.inspection_id = smaller_bases.inspection_id and bounded.question_id = smaller_bases.question_id

)

select * from final
