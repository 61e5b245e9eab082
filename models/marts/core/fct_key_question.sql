with counts as (

    select * from {{ ref('int_percentages__possible_counts') }}

),

questions as (

    select * from {{ ref('stg_reference__questions') }}

),

standards as (

    select * from {{ ref('stg_reference__standards') }}

),

scale as (

    select * from {{ ref('stg_reference__rating_scale') }}

),

ratings as (

    select * from {{ ref('int_ratings__derived') }}

),

change_probabilities as (

    select * from {{ ref('int_counts__band_change_probability') }}

),

banded as (

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
        banded.inspection_id,
        banded.question_id,
        banded.standard_id,
        banded.framework_id,
        banded.yes_pct,
        cast(case when banded.yes_n_status <> 'impossible' then banded.stated_n end as integer) as cases_n,
        cast(banded.yes_n as integer) as yes_n,
        cast(banded.yes_n_low as integer) as yes_n_low,
        cast(banded.yes_n_high as integer) as yes_n_high,
        banded.yes_n_status,
        banded.denominator_basis,
        banded.possible_bases,
        {{ wilson_low_pct('banded.lower_k', 'banded.stated_n', 80) }} as yes_pct_low_80,
        {{ wilson_high_pct('banded.upper_k', 'banded.stated_n', 80) }} as yes_pct_high_80,
        {{ wilson_low_pct('banded.lower_k', 'banded.stated_n', 95) }} as yes_pct_low_95,
        {{ wilson_high_pct('banded.upper_k', 'banded.stated_n', 95) }} as yes_pct_high_95,
        case when banded.is_rated then banded.rating_name end as band,
        coalesce(banded.is_rated and banded.yes_pct = ratings.lowest_yes_pct, false) as is_driver,
        case
            when banded.is_rated and next_band.low_pct is not null
                then {{ lowest_possible_count('next_band.low_pct', 'banded.stated_n') }} - banded.upper_k
        end as cases_to_next_band,
        case
            when banded.is_rated and banded.low_pct > 0
                then banded.lower_k - {{ lowest_possible_count('banded.low_pct', 'banded.stated_n') }} + 1
        end as cases_to_band_below,
        case
            when banded.is_rated
                then cast({{ rounded('change_probabilities.band_change_probability_pct', 1) }} as decimal(4, 1))
        end as band_change_probability_pct,
        banded.is_corrected,
        banded.citation_id,
        banded.base_citation_id
    from banded
    left join ratings
        on banded.inspection_id = ratings.inspection_id and banded.standard_id = ratings.standard_id
    left join scale as next_band on banded.points + 1 = next_band.points
    left join change_probabilities
        on banded.lower_k = change_probabilities.k and banded.stated_n = change_probabilities.n

)

select * from final
