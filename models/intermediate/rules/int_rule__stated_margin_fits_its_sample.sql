{# A share near half of a sample has the largest margin of error. Where that is above the stated one, the sample has the
   stated margin only if it is a large part of those eligible: of n cases with a margin of m, a margin of e needs an
   eligible number of at most (n - r) / (1 - r), where r is (e / m) squared (the finite population correction). It is
   explained where that number is at least twice the sample. Levels of confidence other than those listed are not judged. #}
{% set levels = [80, 95] -%}
with stated_margins as (select * from {{ ref('stg_reference__stated_margins') }}),
figures as (select * from {{ ref('int_reported_figures__normalised') }}),

bases as (

    select * from {{ ref('stg_reference__population_bases') }}
    where case_group_id = 'all'

),

populations as (select * from {{ ref('stg_reference__populations') }}),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),

samples as (

    select
        stated_margins.inspection_id,
        populations.population_name,
        margins.value as stated_margin,
        margins.as_stated,
        margins.citation_id as margin_citation_id,
        facts.value_n as sample_n,
        facts.citation_id as sample_citation_id,
        100 * sqrt(0.25 / {{ to_double('facts.value_n') }})
        * case
            {% for level in levels -%}
            when confidences.value = {{ level }} then {{ normal_quantile(level) }}
            {% endfor -%}
        end as margin
    from stated_margins
    inner join figures as margins on stated_margins.margin_citation_id = margins.citation_id
    inner join figures as confidences on stated_margins.confidence_citation_id = confidences.citation_id
    inner join populations on stated_margins.population_id = populations.population_id
    inner join bases on stated_margins.population_id = bases.population_id
    inner join facts on stated_margins.inspection_id = facts.inspection_id and bases.fact = facts.fact
    where facts.value_n > 0

),

too_wide as (

    select
        samples.*,
        power({{ to_double('stated_margin') }} / margin, 2) as squared_ratio
    from samples
    where margin > stated_margin

),

limited as (

    select
        too_wide.*,
        floor({{ to_double('sample_n - squared_ratio') }} / (1 - squared_ratio)) as largest_eligible_n
    from too_wide

),

final as (

    select
        'stated_margin_fits_its_sample' as rule_id,
        inspection_id,
        concat('margin of error: ', population_name) as subject,
        margin_citation_id as citation_id_a,
        sample_citation_id as citation_id_b,
        concat(as_stated, ' points') as value_a,
        concat(
            {{ number_text(rounded('margin', 1)) }}, ' points with ', {{ number_text('sample_n') }},
            ' cases, unless at most ', {{ number_text('largest_eligible_n') }}, ' were eligible'
        ) as value_b,
        cast(stated_margin - margin as {{ type_double() }}) as difference,
        case
            when largest_eligible_n >= 2 * sample_n
                then concat(
                    'Both can be right if at most ', {{ number_text('largest_eligible_n') }}, ' cases were eligible.'
                )
        end as computed_explanation
    from limited

)

select * from final
