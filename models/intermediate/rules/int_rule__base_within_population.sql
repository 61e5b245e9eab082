{# A base comes from the community or post-release cases where the figure, or the question it restates, is about them
   alone; else from the whole population. #}
with figures as (select * from {{ ref('int_reported_figures__normalised') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),
bases as (select * from {{ ref('stg_reference__population_bases') }}),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),

sized_figures as (

    select
        figures.*,
        case
            when questions.post_custody_only then 'post_release'
            when figures.case_group_id in ('community', 'post_release') then figures.case_group_id
            else 'all'
        end as base_group_id
    from figures
    left join questions on figures.question_id = questions.question_id
    where figures.comparator_kind is null

),

group_sizes as (

    select
        sized_figures.*,
        facts.citation_id as population_citation_id,
        facts.value_n as population_n
    from sized_figures
    inner join bases
        on sized_figures.population_id = bases.population_id and sized_figures.base_group_id = bases.case_group_id
    inner join facts on sized_figures.inspection_id = facts.inspection_id and bases.fact = facts.fact

),

final as (

    select
        'base_within_population' as rule_id,
        inspection_id,
        description as subject,
        citation_id as citation_id_a,
        population_citation_id as citation_id_b,
        concat('base of ', {{ number_text('denominator_n') }}) as value_a,
        concat('population of ', {{ number_text('population_n') }}) as value_b,
        cast(denominator_n - population_n as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from group_sizes
    where
        denominator_n > population_n

)

select * from final
