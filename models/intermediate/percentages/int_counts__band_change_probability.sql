{# For every pair of count and base that occurs: the probability that another sample of the same size falls into another
   band. The share is not known but judged from the sample alone (uniform prior), so the number of yes in the next
   sample follows a beta-binomial distribution; its terms are factorials of whole numbers. #}
with counts as (select * from {{ ref('int_percentages__possible_counts') }}),
numbers as (select * from {{ ref('int_numbers__spine') }}),
bands as (select * from {{ ref('stg_reference__rating_scale') }}),

pairs as (

    select distinct
        coalesce(yes_n, yes_n_low) as k,
        cases_n as n
    from counts
    where cases_n > 0

),

outcomes as (

    select
        pairs.k,
        pairs.n,
        next_k.n as next_k,
        exp(
            whole.ln_factorial - next_k.ln_factorial - next_rest.ln_factorial
            + both_k.ln_factorial + both_rest.ln_factorial - both_whole.ln_factorial
            - own_k.ln_factorial - own_rest.ln_factorial + own_whole.ln_factorial
        ) as probability
    from pairs
    inner join numbers as next_k on pairs.n >= next_k.n
    inner join numbers as whole on pairs.n = whole.n
    inner join numbers as next_rest on pairs.n - next_k.n = next_rest.n
    inner join numbers as both_k on pairs.k + next_k.n = both_k.n
    inner join numbers as both_rest on (2 * pairs.n) - pairs.k - next_k.n = both_rest.n
    inner join numbers as both_whole on (2 * pairs.n) + 1 = both_whole.n
    inner join numbers as own_k on pairs.k = own_k.n
    inner join numbers as own_rest on pairs.n - pairs.k = own_rest.n
    inner join numbers as own_whole on pairs.n + 1 = own_whole.n

),

final as (

    select
        outcomes.k,
        outcomes.n,
        cast(
            100 * (
                1 - sum(
                    case
                        when
                            {{ rounded_percentage('outcomes.next_k', 'outcomes.n') }}
                            between bands.low_pct and bands.high_pct
                            then outcomes.probability
                    end
                )
            ) as decimal(7, 4)
        ) as band_change_probability_pct
    from outcomes
    inner join bands on {{ rounded_percentage('outcomes.k', 'outcomes.n') }} between bands.low_pct and bands.high_pct
    group by outcomes.k, outcomes.n

)

select * from final
