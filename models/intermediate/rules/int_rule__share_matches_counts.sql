with measures as (select * from {{ ref('int_measures__values') }}),

{# Which share is which count over which caseload, the body's own or the wider one it is part of. #}
shares as (

    select 'caseload_share_women' as share_id, 'caseload_women' as part_id, false as is_of_wider
    union all
    select 'caseload_share_ethnic_minority' as share_id, 'caseload_ethnic_minority' as part_id, false as is_of_wider
    union all
    select 'caseload_share_of_wider' as share_id, 'caseload_total' as part_id, true as is_of_wider

),

final as (

    select
        'share_matches_counts' as rule_id,
        share.inspection_id,
        share.measure_id as subject,
        share.citation_id as citation_id_a,
        part.citation_id as citation_id_b,
        share.as_printed as value_a,
        concat(part.as_printed, ' of ', whole.as_printed) as value_b,
        share.value - {{ percentage('part.value', 'whole.value') }} as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from measures as share
    inner join shares on share.measure_id = shares.share_id
    inner join measures as part on share.inspection_id = part.inspection_id and shares.part_id = part.measure_id
    inner join measures as whole
        on share.inspection_id = whole.inspection_id and shares.is_of_wider = whole.is_wider
    where
        not share.is_wider
        and not part.is_wider
        and whole.measure_id = 'caseload_total'
        and abs(share.value - {{ percentage('part.value', 'whole.value') }})
        > 0.5 / power(10, {{ decimals_of_value('share.value') }})

)

select * from final
