with counts as (select * from {{ ref('int_percentages__possible_counts') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),
standards as (select * from {{ ref('stg_reference__standards') }}),
scale as (select * from {{ ref('stg_reference__rating_scale') }}),
ratings as (select * from {{ ref('int_ratings__derived') }}),
change_probabilities as (select * from {{ ref('int_counts__band_change_probability') }}),

key_questions as (

    select
        counts.*,
        standards.framework_id,
        standards.is_rated,
        scale.rating_id,
        scale.rating_name,
        scale.low_pct,
        scale.points,
        coalesce(counts.yes_n, counts.yes_n_low) as lower_k,
        coalesce(counts.yes_n, counts.yes_n_high) as upper_k
    from counts
    inner join questions on counts.question_id = questions.question_id
    inner join standards on counts.standard_id = standards.standard_id
    left join scale on floor(counts.yes_pct + 0.5) between scale.low_pct and scale.high_pct
    where questions.question_level = 'key_question'

),

{# Smallest count that rounds to the lower bound of a band: ceil(n (2 low - 1) / 200). #}
final as (

    select
        key_questions.inspection_id,
        key_questions.question_id,
        key_questions.standard_id,
        key_questions.framework_id,
        key_questions.yes_pct,
        key_questions.value_status,
        cast(case when key_questions.yes_n_status <> 'impossible' then key_questions.cases_n end as integer)
            as cases_n,
        cast(key_questions.yes_n as integer) as yes_n,
        cast(key_questions.yes_n_low as integer) as yes_n_low,
        cast(key_questions.yes_n_high as integer) as yes_n_high,
        key_questions.yes_n_status,
        key_questions.denominator_basis,
        key_questions.base_basis,
        key_questions.possible_bases,
        {{ wilson_low_pct('key_questions.lower_k', 'key_questions.cases_n', 80) }} as yes_pct_low_80,
        {{ wilson_high_pct('key_questions.upper_k', 'key_questions.cases_n', 80) }} as yes_pct_high_80,
        {{ wilson_low_pct('key_questions.lower_k', 'key_questions.cases_n', 95) }} as yes_pct_low_95,
        {{ wilson_high_pct('key_questions.upper_k', 'key_questions.cases_n', 95) }} as yes_pct_high_95,
        key_questions.eligible_n as eligible_cases_n,
        key_questions.eligible_basis,
        {{ wilson_low_of_eligible_pct(
            'key_questions.lower_k', 'key_questions.cases_n', 95, 'key_questions.eligible_n'
        ) }} as yes_pct_low_95_finite,
        {{ wilson_high_of_eligible_pct(
            'key_questions.upper_k', 'key_questions.cases_n', 95, 'key_questions.eligible_n'
        ) }} as yes_pct_high_95_finite,
        case when key_questions.is_rated then key_questions.rating_name end as band,
        coalesce(key_questions.is_rated and key_questions.yes_pct = ratings.lowest_yes_pct, false) as is_driver,
        case
            when key_questions.is_rated and next_band.low_pct is not null
                then {{ lowest_possible_count('next_band.low_pct', 'key_questions.cases_n') }} - key_questions.upper_k
        end as cases_to_next_band,
        case
            when key_questions.is_rated and key_questions.low_pct > 0
                then
                    key_questions.lower_k + 1
                    - {{ lowest_possible_count('key_questions.low_pct', 'key_questions.cases_n') }}
        end as cases_to_band_below,
        case
            when key_questions.is_rated
                then cast({{ rounded('change_probabilities.band_change_probability_pct', 1) }} as decimal(4, 1))
        end as band_change_probability_pct,
        key_questions.is_corrected,
        key_questions.citation_id,
        key_questions.base_citation_id
    from key_questions
    left join ratings
        on key_questions.inspection_id = ratings.inspection_id and key_questions.standard_id = ratings.standard_id
    left join scale as next_band on key_questions.points + 1 = next_band.points
    left join change_probabilities
        on key_questions.lower_k = change_probabilities.k and key_questions.cases_n = change_probabilities.n

)

select * from final
