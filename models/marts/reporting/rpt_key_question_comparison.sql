{# Every pair of inspections is compared, unless there are too many for that: with the variable compare set to lineage,
   as it is for report tables that come as Parquet, only inspections of one body, and of bodies of which one took over
   from the other. #}
{%- set only_related = var('compare', 'lineage' if var('report_tables', none) else 'all') == 'lineage' -%}
with key_questions as (

    select * from {{ ref('fct_key_question') }}

),

inspections as (

    select * from {{ ref('dim_inspection') }}

),

crosswalk as (

    select * from {{ ref('stg_reference__question_crosswalk') }}

),

related_organisations as (

    {% if only_related -%}
    select
        organisation_id,
        organisation_id as other_organisation_id
    from inspections

    union

    select
        predecessor_organisation_id as organisation_id,
        successor_organisation_id as other_organisation_id
    from {{ ref('bridge_organisation_lineage') }}

    union

    select
        successor_organisation_id as organisation_id,
        predecessor_organisation_id as other_organisation_id
    from {{ ref('bridge_organisation_lineage') }}
    {%- else -%}
    select distinct
        one.organisation_id,
        other.organisation_id as other_organisation_id
    from inspections as one
    cross join inspections as other
    {%- endif %}

),

pairs as (

    select
        earlier.inspection_id as earlier_inspection_id,
        later.inspection_id as later_inspection_id
    from inspections as earlier
    inner join related_organisations on earlier.organisation_id = related_organisations.organisation_id
    inner join inspections as later
        on
            related_organisations.other_organisation_id = later.organisation_id
            and (
                earlier.inspection_year < later.inspection_year
                or (
                    earlier.inspection_year = later.inspection_year
                    and earlier.inspection_id < later.inspection_id
                )
            )

),

{# The most cautious count on either side bounds the interval where several counts are possible. #}
conformed_questions as (

    select
        crosswalk.conformed_question_id,
        crosswalk.comparable,
        crosswalk.reason,
        concat(key_questions.inspection_id, ' ', crosswalk.conformed_question_id) as question_key,
        key_questions.inspection_id,
        key_questions.framework_id,
        key_questions.question_id,
        key_questions.yes_pct,
        key_questions.cases_n,
        key_questions.citation_id,
        {{ percentage('coalesce(key_questions.yes_n, key_questions.yes_n_low)', 'key_questions.cases_n') }}
            as lower_share_pct,
        {{ percentage('coalesce(key_questions.yes_n, key_questions.yes_n_high)', 'key_questions.cases_n') }}
            as upper_share_pct,
        key_questions.yes_pct_low_80,
        key_questions.yes_pct_high_80,
        key_questions.yes_pct_low_95,
        key_questions.yes_pct_high_95
    from key_questions
    inner join crosswalk on key_questions.question_id = crosswalk.question_id

),

{# The second join has one key, made of both parts: with two, an engine may begin by joining every question with its
   like in all inspections, and the build grows with their square. #}
question_pairs as (

    select
        earlier.conformed_question_id,
        earlier.inspection_id as earlier_inspection_id,
        later.inspection_id as later_inspection_id,
        earlier.question_id as earlier_question_id,
        later.question_id as later_question_id,
        earlier.yes_pct as earlier_yes_pct,
        later.yes_pct as later_yes_pct,
        earlier.cases_n as earlier_cases_n,
        later.cases_n as later_cases_n,
        case
            when earlier.framework_id = later.framework_id then 'exact'
            when 'none' in (earlier.comparable, later.comparable) then 'none'
            when 'broad' in (earlier.comparable, later.comparable) then 'broad'
            else 'close'
        end as comparable,
        case
            when earlier.framework_id = later.framework_id then 'Same question of the same framework.'
            when earlier.comparable = 'exact' then later.reason
            else earlier.reason
        end as comparable_reason,
        {% for level in [80, 95] -%}
        (later.lower_share_pct - earlier.upper_share_pct) - sqrt(
            power(later.lower_share_pct - later.yes_pct_low_{{ level }}, 2)
            + power(earlier.yes_pct_high_{{ level }} - earlier.upper_share_pct, 2)
        ) as low_{{ level }},
        (later.upper_share_pct - earlier.lower_share_pct) + sqrt(
            power(later.yes_pct_high_{{ level }} - later.upper_share_pct, 2)
            + power(earlier.lower_share_pct - earlier.yes_pct_low_{{ level }}, 2)
        ) as high_{{ level }},
        {% endfor -%}
        earlier.citation_id as earlier_citation_id,
        later.citation_id as later_citation_id
    from pairs
    inner join conformed_questions as earlier on pairs.earlier_inspection_id = earlier.inspection_id
    inner join conformed_questions as later
        on concat(pairs.later_inspection_id, ' ', earlier.conformed_question_id) = later.question_key

),

final as (

    select
        conformed_question_id,
        earlier_inspection_id,
        later_inspection_id,
        earlier_question_id,
        later_question_id,
        earlier_yes_pct,
        later_yes_pct,
        earlier_cases_n,
        later_cases_n,
        comparable,
        comparable_reason,
        case when comparable <> 'none' then later_yes_pct - earlier_yes_pct end as difference_points,
        {% for level in [80, 95] -%}
        case when comparable <> 'none' then cast({{ rounded('low_' ~ level, 2) }} as decimal(6, 2)) end
            as difference_low_{{ level }},
        case when comparable <> 'none' then cast({{ rounded('high_' ~ level, 2) }} as decimal(6, 2)) end
            as difference_high_{{ level }},
        {% endfor -%}
        case when comparable in ('exact', 'close') then low_95 > 0 or high_95 < 0 end as is_distinguishable,
        earlier_citation_id,
        later_citation_id
    from question_pairs

)

select * from final
