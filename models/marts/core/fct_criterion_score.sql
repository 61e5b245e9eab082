with scores as (select * from {{ ref('stg_reports__criterion_scores') }}),
inspections as (select * from {{ ref('stg_reports__inspections') }}),

scores_by_place as (

    select
        scores.*,
        row_number() over (
            partition by inspection_id, criterion_id
            order by case place when 'summary' then 0 else 1 end
        ) as place_order
    from scores

),

final as (

    select
        scores_by_place.inspection_id,
        scores_by_place.criterion_id,
        scores_by_place.score_pct,
        inspections.reported_in = 'later_report' as is_adjusted,
        scores_by_place.citation_id
    from scores_by_place
    inner join inspections on scores_by_place.inspection_id = inspections.inspection_id
    where scores_by_place.place_order = 1

)

select * from final
