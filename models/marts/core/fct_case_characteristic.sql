with measures as (select * from {{ ref('int_measures__values') }}),
shares as (select * from {{ ref('int_shares__bases_and_counts') }}),

final as (

    select
        measures.inspection_id,
        measures.measure_id,
        measures.value,
        measures.unit,
        measures.value_status,
        measures.as_printed,
        measures.printed_label,
        measures.supplied_by,
        shares.base_n,
        coalesce(shares.base_basis, 'not_printed') as base_basis,
        shares.largest_possible_base_n,
        shares.count_n_low,
        shares.count_n_high,
        coalesce(
            shares.count_n_status,
            case when measures.unit = 'per_cent' and measures.value is not null then 'base_not_printed' end,
            'not_applicable'
        ) as count_n_status,
        shares.share_pct_low_80,
        shares.share_pct_high_80,
        shares.share_pct_low_95,
        shares.share_pct_high_95,
        measures.is_corrected,
        measures.citation_id,
        shares.base_citation_id
    from measures
    left join shares on measures.citation_id = shares.citation_id
    where measures.source_table = 'case_characteristics'

)

select * from final
