with scores as (select * from {{ ref('stg_reports__criterion_scores') }}),

final as (

    select
        'criterion_score_same_in_every_place' as rule_id,
        first_place.inspection_id,
        first_place.criterion_id as subject,
        first_place.citation_id as citation_id_a,
        other_place.citation_id as citation_id_b,
        first_place.as_printed as value_a,
        other_place.as_printed as value_b,
        cast(first_place.score_pct - other_place.score_pct as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from scores as first_place
    inner join scores as other_place
        on
            first_place.inspection_id = other_place.inspection_id
            and first_place.criterion_id = other_place.criterion_id
            and {{ comes_before(
                'first_place.line_number', 'first_place.column_number',
                'other_place.line_number', 'other_place.column_number'
            ) }}
    where
        first_place.score_pct <> other_place.score_pct

)

select * from final
