{# For every share in running text and every share of inspected cases with a characteristic: its base, the counts of it
   that the share can stand for, and Wilson intervals. The base is the one printed with the share, else the stated size
   of its population or of the part of it; a grade's share, and a comparator's other than of another group of the same
   population, has only a printed one. A share that is
   hedged or in words stands for no count. Intervals are for samples: a count of a whole has no error of sampling. #}
with figures as (select * from {{ ref('int_reported_figures__normalised') }}),
characteristics as (select * from {{ ref('int_measures__values') }}),
measures as (select * from {{ ref('stg_reference__measures') }}),
populations as (select * from {{ ref('stg_reference__populations') }}),
population_bases as (select * from {{ ref('stg_reference__population_bases') }}),
facts as (select * from {{ ref('stg_reports__inspection_facts') }}),
numbers as (select * from {{ ref('int_numbers__spine') }}),

shares as (

    select
        inspection_id,
        citation_id,
        population_id,
        case_group_id,
        share_pct,
        decimals,
        numerator_n,
        denominator_n,
        is_exact,
        denominator_n is null
        and (comparator_kind is null or comparator_kind = 'other_group')
        and coalesce(grade_id, 'practitioner') = 'practitioner' as is_of_whole_group
    from figures
    where share_pct is not null

    union all

    select
        characteristics.inspection_id,
        characteristics.citation_id,
        characteristics.population_id,
        'all' as case_group_id,
        {{ to_double('characteristics.value') }} as share_pct,
        {{ decimals_of_value('characteristics.value') }} as decimals,
        cast(null as decimal(12, 4)) as numerator_n,
        cast(null as integer) as denominator_n,
        true as is_exact,
        true as is_of_whole_group
    from characteristics
    inner join measures on characteristics.measure_id = measures.measure_id
    where measures.measure_group = 'case_characteristic' and characteristics.value is not null

),

shares_with_bases as (

    select
        shares.*,
        populations.is_sample,
        facts.citation_id as base_citation_id,
        coalesce(shares.denominator_n, facts.value_n) as base_n
    from shares
    inner join populations on shares.population_id = populations.population_id
    left join population_bases
        on
            shares.is_of_whole_group
            and shares.population_id = population_bases.population_id
            and shares.case_group_id = population_bases.case_group_id
    left join facts on shares.inspection_id = facts.inspection_id and population_bases.fact = facts.fact

),

possible_counts as (

    select
        shares_with_bases.*,
        case
            when not is_exact then null
            when numerator_n is not null then cast(numerator_n as integer)
            else {{ lowest_possible_count('share_pct', 'base_n', 'decimals') }}
        end as lowest_k,
        case
            when not is_exact then null
            when numerator_n is not null then cast(numerator_n as integer)
            else {{ highest_possible_count('share_pct', 'base_n', 'decimals') }}
        end as highest_k
    from shares_with_bases

),

counts as (

    select
        possible_counts.*,
        case
            when not is_exact then 'not_applicable'
            when numerator_n is not null then 'printed'
            when base_n is null then 'base_not_printed'
            when lowest_k > highest_k then 'impossible'
            when lowest_k = highest_k then 'implied'
            else 'several_possible'
        end as count_n_status,
        lowest_k <= highest_k and highest_k <= base_n as is_possible,
        is_sample and lowest_k <= highest_k and highest_k <= base_n as has_interval
    from possible_counts

),

smaller_bases as (

    select
        counts.citation_id,
        max(numbers.n) as largest_possible_base_n,
        {{ ascending_list('numbers.n') }} as possible_bases
    from counts
    inner join numbers on counts.base_n > numbers.n and numbers.n > 0
    where
        counts.count_n_status = 'impossible'
        and {{ lowest_possible_count('counts.share_pct', 'numbers.n', 'counts.decimals') }}
        <= {{ highest_possible_count('counts.share_pct', 'numbers.n', 'counts.decimals') }}
    group by counts.citation_id

),

final as (

    select
        counts.inspection_id,
        counts.citation_id,
        cast(case when counts.count_n_status <> 'impossible' then counts.base_n end as integer) as base_n,
        case
            when counts.base_n is null or counts.count_n_status = 'impossible' then 'not_printed'
            when counts.denominator_n is not null then 'printed_with_figure'
            when counts.case_group_id = 'all' then 'assumed'
            else 'printed_for_group'
        end as base_basis,
        cast(smaller_bases.largest_possible_base_n as integer) as largest_possible_base_n,
        smaller_bases.possible_bases,
        case when counts.is_possible then counts.lowest_k end as count_n_low,
        case when counts.is_possible then counts.highest_k end as count_n_high,
        counts.count_n_status,
        case
            when counts.has_interval then {{ wilson_low_pct('counts.lowest_k', 'counts.base_n', 80) }}
        end as share_pct_low_80,
        case
            when counts.has_interval then {{ wilson_high_pct('counts.highest_k', 'counts.base_n', 80) }}
        end as share_pct_high_80,
        case
            when counts.has_interval then {{ wilson_low_pct('counts.lowest_k', 'counts.base_n', 95) }}
        end as share_pct_low_95,
        case
            when counts.has_interval then {{ wilson_high_pct('counts.highest_k', 'counts.base_n', 95) }}
        end as share_pct_high_95,
        counts.base_citation_id
    from counts
    left join smaller_bases on counts.citation_id = smaller_bases.citation_id

)

select * from final
