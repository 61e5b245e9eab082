with figures as (select * from {{ ref('int_reported_figures__normalised') }}),
shares as (select * from {{ ref('int_shares__bases_and_counts') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),

final as (

    select
        figures.inspection_id,
        figures.citation_id,
        figures.description,
        figures.value,
        figures.unit,
        figures.numerator_n,
        figures.denominator_n,
        figures.value_pct,
        figures.hedge_id as hedge,
        cast({{ rounded('figures.value_pct_low', 2) }} as decimal(7, 2)) as value_pct_low,
        cast({{ rounded('figures.value_pct_high', 2) }} as decimal(7, 2)) as value_pct_high,
        figures.polarity,
        figures.population_id,
        figures.case_group_id,
        coalesce(questions.standard_id, figures.standard_id) as standard_id,
        figures.question_id,
        figures.measure_id,
        figures.grade_id,
        figures.comparator_kind,
        figures.fact_key,
        figures.part_of_fact_key,
        shares.base_n,
        coalesce(shares.base_basis, 'not_printed') as base_basis,
        shares.largest_possible_base_n,
        shares.count_n_low,
        shares.count_n_high,
        coalesce(shares.count_n_status, 'not_applicable') as count_n_status,
        shares.possible_bases,
        shares.share_pct_low_80,
        shares.share_pct_high_80,
        shares.share_pct_low_95,
        shares.share_pct_high_95,
        figures.is_corrected,
        figures.as_printed,
        figures.as_stated,
        shares.base_citation_id
    from figures
    left join shares on figures.citation_id = shares.citation_id
    left join questions on figures.question_id = questions.question_id

)

select * from final
