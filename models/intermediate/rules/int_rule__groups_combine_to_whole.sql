{# Community and post-release cases are all the inspected cases: the counts behind their two percentages must add up to
   a count behind the table's. #}
with figures as (select * from {{ ref('int_reported_figures__normalised') }}),
counts as (select * from {{ ref('int_percentages__possible_counts') }}),
facts as (select * from {{ ref('int_inspections__facts') }}),

group_shares as (

    select
        figures.inspection_id,
        figures.question_id,
        figures.case_group_id,
        figures.description,
        figures.as_printed,
        figures.citation_id,
        case figures.case_group_id
            when 'community' then facts.community_cases
            when 'post_release' then facts.post_release_cases
        end as group_n,
        figures.value_pct,
        figures.decimals
    from figures
    inner join facts on figures.inspection_id = facts.inspection_id
    where
        figures.population_id = 'inspected_cases'
        and figures.is_percentage
        and figures.is_exact
        and figures.polarity = 'success'

),

group_counts as (

    select
        group_shares.*,
        {{ lowest_possible_count('value_pct', 'group_n', 'decimals') }} as low_n,
        {{ highest_possible_count('value_pct', 'group_n', 'decimals') }} as high_n
    from group_shares

),

totals as (

    select
        post_release.inspection_id,
        post_release.question_id,
        post_release.description,
        post_release.citation_id,
        post_release.as_printed as post_release_as_printed,
        community.as_printed as community_as_printed,
        post_release.low_n + community.low_n as low_n,
        post_release.high_n + community.high_n as high_n,
        post_release.group_n + community.group_n as cases_n
    from group_counts as post_release
    inner join group_counts as community
        on
            post_release.inspection_id = community.inspection_id
            and post_release.question_id = community.question_id
    where
        post_release.case_group_id = 'post_release'
        and community.case_group_id = 'community'
        and post_release.low_n <= post_release.high_n
        and community.low_n <= community.high_n

),

final as (

    select
        'groups_combine_to_whole' as rule_id,
        totals.inspection_id,
        totals.description as subject,
        totals.citation_id as citation_id_a,
        counts.citation_id as citation_id_b,
        concat(
            totals.post_release_as_printed, ' of post-release and ', totals.community_as_printed,
            ' of community cases make ', {{ number_text('totals.low_n') }},
            ' of ', {{ number_text('totals.cases_n') }}
        ) as value_a,
        concat({{ number_text('counts.yes_pct') }}, '%') as value_b,
        {{ percentage('totals.low_n', 'totals.cases_n') }} - counts.yes_pct as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from totals
    inner join counts
        on totals.inspection_id = counts.inspection_id and totals.question_id = counts.question_id
    where
        totals.low_n > {{ highest_possible_count('counts.yes_pct', 'totals.cases_n', 'counts.decimals') }}
        or totals.high_n < {{ lowest_possible_count('counts.yes_pct', 'totals.cases_n', 'counts.decimals') }}

)

select * from final
