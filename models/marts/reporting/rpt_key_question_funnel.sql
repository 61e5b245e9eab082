with key_questions as (

    select * from {{ ref('fct_key_question') }}

),

usable as (

    select *
    from key_questions
    where cases_n > 0 and yes_n_status in ('printed', 'implied', 'several_possible')

),

pooled as (

    select
        question_id,
        count(*) as inspections_n,
        sum(cases_n) as pooled_cases_n,
        {{ percentage('sum(coalesce(yes_n, yes_n_low))', 'sum(cases_n)') }} as pooled_yes_pct
    from usable
    group by question_id

),

limited as (

    select
        usable.inspection_id,
        usable.question_id,
        usable.standard_id,
        usable.framework_id,
        usable.yes_pct,
        usable.cases_n,
        pooled.inspections_n,
        pooled.pooled_cases_n,
        pooled.pooled_yes_pct,
        sqrt({{ to_double('pooled.pooled_yes_pct') }} * (100 - pooled.pooled_yes_pct) / usable.cases_n)
            as standard_error,
        usable.citation_id
    from usable
    inner join pooled on usable.question_id = pooled.question_id

),

final as (

    select
        inspection_id,
        question_id,
        standard_id,
        framework_id,
        yes_pct,
        cases_n,
        cast(inspections_n as integer) as inspections_n,
        cast(pooled_cases_n as integer) as pooled_cases_n,
        cast({{ rounded('pooled_yes_pct', 2) }} as decimal(5, 2)) as pooled_yes_pct,
        cast({{ rounded('greatest(pooled_yes_pct - 1.959963984540054 * standard_error, 0)', 2) }} as decimal(5, 2))
            as limit_low_95,
        cast({{ rounded('least(pooled_yes_pct + 1.959963984540054 * standard_error, 100)', 2) }} as decimal(5, 2))
            as limit_high_95,
        cast({{ rounded('greatest(pooled_yes_pct - 3.090232306167813 * standard_error, 0)', 2) }} as decimal(5, 2))
            as limit_low_998,
        cast({{ rounded('least(pooled_yes_pct + 3.090232306167813 * standard_error, 100)', 2) }} as decimal(5, 2))
            as limit_high_998,
        inspections_n >= 10 as is_usable,
        citation_id
    from limited

)

select * from final
