{# Every pair of inspections is compared, unless there are too many for that: with the variable compare set to lineage,
   as it is for report tables that come as Parquet, only inspections of one body, and of bodies of which one took over
   from the other. The inspection whose fieldwork began earlier comes first.

   Many differences are looked at together, so some leave out zero by chance. Holm's procedure allows for that: the
   differences are put in order of the pooled z test, and the first of m must be significant at 5/m per cent, the second
   at 5/(m - 1) per cent, and so on until one is not. #}
{%- set only_related = var('compare', 'lineage' if var('report_tables', none) else 'all') == 'lineage' -%}
with key_questions as (
    select * from {{ ref('fct_key_question') }}
    where yes_pct is not null
),

inspections as (

    select
        inspection_id,
        organisation_id,
        fieldwork_start_date,
        row_number() over (
            order by
                coalesce(
                    fieldwork_start_date,
                    cast(concat(cast(inspection_year as {{ dbt.type_string() }}), '-01-01') as date)
                ),
                inspection_id
        ) as fieldwork_order
    from {{ ref('dim_inspection') }}

),

crosswalk as (select * from {{ ref('stg_reference__question_crosswalk') }}),

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

{# The order is compared as a difference: as a condition of its own between the two sides an engine could begin by
   comparing every inspection with every other. #}
pairs as (

    select
        earlier.inspection_id as earlier_inspection_id,
        later.inspection_id as later_inspection_id,
        earlier.fieldwork_start_date as earlier_fieldwork_start_date,
        later.fieldwork_start_date as later_fieldwork_start_date
    from inspections as earlier
    inner join related_organisations on earlier.organisation_id = related_organisations.organisation_id
    inner join inspections as later
        on
            related_organisations.other_organisation_id = later.organisation_id
            and later.fieldwork_order - earlier.fieldwork_order > 0

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
        pairs.earlier_fieldwork_start_date,
        pairs.later_fieldwork_start_date,
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
        earlier.lower_share_pct as earlier_lower_share_pct,
        earlier.upper_share_pct as earlier_upper_share_pct,
        later.lower_share_pct as later_lower_share_pct,
        later.upper_share_pct as later_upper_share_pct,
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

{# Of all possible counts, those that lie nearest to each other. #}
nearest_shares as (

    select
        question_pairs.*,
        case
            when later_lower_share_pct > earlier_upper_share_pct then later_lower_share_pct
            when later_upper_share_pct < earlier_lower_share_pct then later_upper_share_pct
        end as later_share_pct,
        case
            when later_lower_share_pct > earlier_upper_share_pct then earlier_upper_share_pct
            when later_upper_share_pct < earlier_lower_share_pct then earlier_lower_share_pct
        end as earlier_share_pct,
        comparable in ('exact', 'close') as is_same_question,
        comparable in ('exact', 'close') and low_95 is not null as is_counted
    from question_pairs

),

pooled_shares as (

    select
        nearest_shares.*,
        (earlier_cases_n * earlier_share_pct + later_cases_n * later_share_pct)
        / {{ to_double('earlier_cases_n + later_cases_n') }} as pooled_pct
    from nearest_shares

),

test_statistics as (

    select
        pooled_shares.*,
        coalesce(
            abs(later_share_pct - earlier_share_pct) / nullif(
                sqrt(
                    pooled_pct * (100 - pooled_pct)
                    * (1 / {{ to_double('earlier_cases_n') }} + 1 / {{ to_double('later_cases_n') }})
                ), 0
            ), 0
        ) as z
    from pooled_shares

),

{# How many of the comparisons are left to allow for, this one included: those of the same two inspections, and all of
   the same grade. #}
ranks as (

    select
        test_statistics.*,
        count(*) over (
            partition by comparable, is_counted, earlier_inspection_id, later_inspection_id
        ) as pair_comparisons_n,
        count(*) over (partition by comparable, is_counted) as all_comparisons_n,
        row_number() over (
            partition by comparable, is_counted, earlier_inspection_id, later_inspection_id
            order by z desc, conformed_question_id asc
        ) as pair_rank,
        row_number() over (
            partition by comparable, is_counted
            order by z desc, conformed_question_id asc, earlier_inspection_id asc, later_inspection_id asc
        ) as all_rank
    from test_statistics

),

{# The first comparison of each family that is not significant; it and all after it are not significant. #}
first_failures as (

    select
        ranks.*,
        min(
            case
                when z > {{ two_sided_quantile('pair_comparisons_n - pair_rank + 1') }} then null
                else pair_rank
            end
        ) over (partition by comparable, is_counted, earlier_inspection_id, later_inspection_id)
            as first_failure_in_pair,
        min(
            case
                when z > {{ two_sided_quantile('all_comparisons_n - all_rank + 1') }} then null
                else all_rank
            end
        ) over (partition by comparable, is_counted) as first_failure_in_all,
        low_95 > 0 or high_95 < 0 as leaves_out_zero
    from ranks

),

final as (

    select
        conformed_question_id,
        earlier_inspection_id,
        later_inspection_id,
        earlier_fieldwork_start_date,
        later_fieldwork_start_date,
        earlier_question_id,
        later_question_id,
        earlier_yes_pct,
        later_yes_pct,
        earlier_cases_n,
        later_cases_n,
        comparable,
        comparable_reason,
        case when is_same_question then later_yes_pct - earlier_yes_pct end as difference_points,
        {% for level in [80, 95] -%}
        case when is_same_question then cast({{ rounded('low_' ~ level, 2) }} as decimal(6, 2)) end
            as difference_low_{{ level }},
        case when is_same_question then cast({{ rounded('high_' ~ level, 2) }} as decimal(6, 2)) end
            as difference_high_{{ level }},
        {% endfor -%}
        case when is_counted then leaves_out_zero end as is_distinguishable,
        case when is_counted then cast(pair_comparisons_n as integer) end as pair_comparisons_n,
        case
            when is_counted then leaves_out_zero and pair_rank < coalesce(first_failure_in_pair, pair_rank + 1)
        end as is_distinguishable_in_pair,
        case when is_counted then cast(all_comparisons_n as integer) end as all_comparisons_n,
        case
            when is_counted then leaves_out_zero and all_rank < coalesce(first_failure_in_all, all_rank + 1)
        end as is_distinguishable_in_all,
        earlier_citation_id,
        later_citation_id
    from first_failures

)

select * from final
