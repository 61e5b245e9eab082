{# The lowest band is printed as less than its upper bound, the highest as its lower bound and more. #}
with bands as (select * from {{ ref('stg_reports__rating_bands') }}),
scale as (select * from {{ ref('stg_reference__rating_scale') }}),

final as (

    select
        'printed_bands_match_rules' as rule_id,
        bands.inspection_id,
        concat('band of ', bands.rating_id) as subject,
        bands.citation_id as citation_id_a,
        cast(null as {{ dbt.type_string() }}) as citation_id_b,
        bands.as_printed as value_a,
        concat({{ number_text('scale.low_pct') }}, ' to ', {{ number_text('scale.high_pct') }}) as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from bands
    inner join scale on bands.rating_id = scale.rating_id
    where
        coalesce(bands.low_pct, 0) <> scale.low_pct
        or case
            when bands.low_pct is null then bands.high_pct - 1
            else coalesce(bands.high_pct, 100)
        end <> scale.high_pct

)

select * from final
