with scores as (

    select * from {{ ref('stg_reports__criterion_scores') }}

),

inspections as (

    select * from {{ ref('stg_reports__inspections') }}

),

of_record as (

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
        of_record.inspection_id,
        of_record.criterion_id,
        of_record.score_pct,
        inspections.reported_in = 'later_report' as is_adjusted,
        of_record.citation_id
    from of_record
    inner join inspections on of_record.inspection_id = inspections.inspection_id
    where of_record.place_order = 1

)

select * from final
