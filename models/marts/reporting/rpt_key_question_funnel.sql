with key_questions as (select * from {{ ref('fct_key_question') }}),

shares as (

    select *
    from key_questions
    where cases_n > 0 and yes_n_status in ('printed', 'implied', 'several_possible')

),

pooled_shares as (

    select
        question_id,
        count(*) as inspections_n,
        sum(cases_n) as pooled_cases_n,
        {{ percentage('sum(coalesce(yes_n, yes_n_low))', 'sum(cases_n)') }} as pooled_yes_pct
    from shares
    group by question_id

),

funnel_limits as (

    select
        shares.inspection_id,
        shares.question_id,
        shares.standard_id,
        shares.framework_id,
        shares.yes_pct,
        shares.cases_n,
        pooled_shares.inspections_n,
        pooled_shares.pooled_cases_n,
        pooled_shares.pooled_yes_pct,
        sqrt({{ to_double('pooled_shares.pooled_yes_pct') }} * (100 - pooled_shares.pooled_yes_pct) / shares.cases_n)
            as standard_error,
        shares.citation_id
    from shares
    inner join pooled_shares on shares.question_id = pooled_shares.question_id

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
    from funnel_limits

)

select * from final
