with counts as (select * from {{ ref('int_percentages__possible_counts') }}),
question_measures as (select * from {{ ref('stg_reference__question_measures') }}),
facts as (select * from {{ ref('int_measures__values') }}),
measures as (select * from {{ ref('stg_reference__measures') }}),
populations as (select * from {{ ref('stg_reference__populations') }}),

judged_cases as (

    select
        counts.inspection_id,
        question_measures.measure_id,
        counts.question_id,
        counts.yes_pct as value_pct,
        counts.yes_n as numerator_n,
        case when counts.yes_n_status <> 'impossible' then counts.cases_n end as denominator_n,
        counts.base_basis,
        counts.yes_n_status as numerator_status,
        {{ wilson_low_pct('coalesce(counts.yes_n, counts.yes_n_low)', 'counts.cases_n', 80) }} as value_pct_low_80,
        {{ wilson_high_pct('coalesce(counts.yes_n, counts.yes_n_high)', 'counts.cases_n', 80) }} as value_pct_high_80,
        {{ wilson_low_pct('coalesce(counts.yes_n, counts.yes_n_low)', 'counts.cases_n', 95) }} as value_pct_low_95,
        {{ wilson_high_pct('coalesce(counts.yes_n, counts.yes_n_high)', 'counts.cases_n', 95) }} as value_pct_high_95,
        cast(null as decimal(7, 2)) as comparator_pct,
        cast(null as decimal(7, 2)) as target_pct,
        cast(null as {{ dbt.type_string() }}) as comparator_population_id,
        'inspected_cases' as population_id,
        'hmip_inspection' as supplied_by,
        counts.is_corrected,
        counts.citation_id,
        cast(null as {{ dbt.type_string() }}) as comparator_citation_id,
        cast(null as {{ dbt.type_string() }}) as target_citation_id
    from counts
    inner join question_measures on counts.question_id = question_measures.question_id

),

{# Only a body's own figure has a comparator or a target beside it. #}
outcome_facts as (

    select
        facts.*,
        case when not facts.is_wider then facts.inspection_id end as compared_inspection_id
    from facts
    inner join measures on facts.measure_id = measures.measure_id
    where facts.source_table = 'contextual_facts' and measures.measure_group = 'outcome'

),

context_outcomes as (

    select
        own.inspection_id,
        own.measure_id,
        cast(null as {{ dbt.type_string() }}) as question_id,
        own.value as value_pct,
        cast(null as integer) as numerator_n,
        cast(null as integer) as denominator_n,
        'not_printed' as base_basis,
        'not_printed' as numerator_status,
        cast(null as decimal(5, 2)) as value_pct_low_80,
        cast(null as decimal(5, 2)) as value_pct_high_80,
        cast(null as decimal(5, 2)) as value_pct_low_95,
        cast(null as decimal(5, 2)) as value_pct_high_95,
        comparator.value as comparator_pct,
        target.value as target_pct,
        comparator.population_id as comparator_population_id,
        own.population_id,
        own.supplied_by,
        own.is_corrected,
        own.citation_id,
        comparator.citation_id as comparator_citation_id,
        target.citation_id as target_citation_id
    from outcome_facts as own
    left join outcome_facts as comparator
        on
            own.compared_inspection_id = comparator.inspection_id
            and own.measure_id = comparator.measure_id
            and comparator.figure_role in ('comparator', 'value')
            and comparator.is_wider
    left join outcome_facts as target
        on
            own.compared_inspection_id = target.inspection_id
            and own.measure_id = target.measure_id
            and target.figure_role = 'target'
    where own.figure_role = 'value'

),

all_outcomes as (

    select * from judged_cases
    union all
    select * from context_outcomes

),

final as (

    select
        all_outcomes.inspection_id,
        all_outcomes.measure_id,
        all_outcomes.question_id,
        cast(all_outcomes.value_pct as decimal(7, 2)) as value_pct,
        cast(all_outcomes.numerator_n as integer) as numerator_n,
        cast(all_outcomes.denominator_n as integer) as denominator_n,
        all_outcomes.base_basis,
        all_outcomes.numerator_status,
        all_outcomes.value_pct_low_80,
        all_outcomes.value_pct_high_80,
        all_outcomes.value_pct_low_95,
        all_outcomes.value_pct_high_95,
        cast(all_outcomes.comparator_pct as decimal(7, 2)) as comparator_pct,
        cast(all_outcomes.target_pct as decimal(7, 2)) as target_pct,
        case when all_outcomes.comparator_pct is null then 'not_printed' else 'reported' end as comparator_status,
        case when all_outcomes.target_pct is null then 'not_printed' else 'reported' end as target_status,
        populations.population_name as comparator_population_name,
        all_outcomes.population_id,
        all_outcomes.supplied_by,
        all_outcomes.is_corrected,
        all_outcomes.citation_id,
        all_outcomes.comparator_citation_id,
        all_outcomes.target_citation_id
    from all_outcomes
    left join populations on all_outcomes.comparator_population_id = populations.population_id

)

select * from final
