{# From how many eligible cases a sample was drawn: as printed, or at most as many as its stated margin of error allows.
   A share near half of n cases has a margin of m; a smaller margin of e needs an eligible number of at most
   (n - r) / (1 - r), where r is (e / m) squared (the finite population correction). Levels of confidence other than
   those listed are not judged. #}
{% set levels = [80, 95] -%}
with stated_margins as (select * from {{ ref('stg_reference__stated_margins') }}),
figures as (select * from {{ ref('int_reported_figures__normalised') }}),
bases as (
    select * from {{ ref('stg_reference__population_bases') }}
    where case_group_id = 'all'
),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),

margins as (

    select
        stated_margins.inspection_id,
        stated_margins.population_id,
        margins.value as stated_margin,
        margins.as_stated,
        margins.citation_id as margin_citation_id,
        case
            {% for level in levels -%}
            when confidences.value = {{ level }} then {{ normal_quantile(level) }}
            {% endfor -%}
        end as z
    from stated_margins
    inner join figures as margins on stated_margins.margin_citation_id = margins.citation_id
    inner join figures as confidences on stated_margins.confidence_citation_id = confidences.citation_id

),

printed as (

    select
        inspection_id,
        'inspected_cases' as population_id,
        value_n as printed_eligible_n
    from facts
    where fact = 'eligible_cases'

),

samples as (

    select
        facts.inspection_id,
        bases.population_id,
        bases.fact as base_fact,
        facts.value_n as sample_n,
        facts.citation_id as sample_citation_id,
        margins.stated_margin,
        margins.as_stated,
        margins.margin_citation_id,
        100 * margins.z * sqrt(0.25 / {{ to_double('facts.value_n') }}) as margin,
        printed.printed_eligible_n
    from facts
    inner join bases on facts.fact = bases.fact
    left join margins
        on facts.inspection_id = margins.inspection_id and bases.population_id = margins.population_id
    left join printed
        on facts.inspection_id = printed.inspection_id and bases.population_id = printed.population_id
    where facts.value_n > 0 and (margins.margin_citation_id is not null or printed.printed_eligible_n is not null)

),

limited as (

    select
        samples.*,
        case
            when margin > stated_margin
                then floor(
                    (sample_n - power({{ to_double('stated_margin') }} / margin, 2))
                    / (1 - power({{ to_double('stated_margin') }} / margin, 2))
                )
        end as largest_eligible_n
    from samples

),

final as (

    select
        limited.*,
        cast(coalesce(printed_eligible_n, largest_eligible_n) as integer) as eligible_n,
        case
            when printed_eligible_n is not null then 'printed'
            when largest_eligible_n is not null then 'at_most_by_margin'
        end as eligible_basis
    from limited

)

select * from final
