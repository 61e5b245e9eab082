{# The sample is the inspection fact that holds the size of the population, or of the part of it, a figure is about. #}
with figures as (select * from {{ ref('int_reported_figures__normalised') }}),
bases as (select * from {{ ref('stg_reference__population_bases') }}),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),

sample_shares as (

    select
        figures.*,
        facts.citation_id as sample_citation_id,
        facts.value_n as sample_n
    from figures
    inner join bases
        on figures.population_id = bases.population_id and figures.case_group_id = bases.case_group_id
    inner join facts on figures.inspection_id = facts.inspection_id and bases.fact = facts.fact
    where figures.is_percentage and figures.is_exact and figures.denominator_n is null

),

final as (

    select
        'text_share_possible_for_its_sample' as rule_id,
        inspection_id,
        description as subject,
        citation_id as citation_id_a,
        sample_citation_id as citation_id_b,
        as_printed as value_a,
        concat('sample of ', {{ number_text('sample_n') }}) as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from sample_shares
    where
        {{ lowest_possible_count('value_pct', 'sample_n', 'decimals') }}
        > {{ highest_possible_count('value_pct', 'sample_n', 'decimals') }}

)

select * from final
