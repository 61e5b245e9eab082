{# How far the report of an inspection has been read, in one word. Row counts and wordings that wait belong to no part,
   and keep the inspection from being complete. #}
with parts as (select * from {{ ref('int_coverage__parts') }}),
drafts as (select * from {{ ref('stg_review__drafts') }}),

waiting as (

    select inspection_id, count(*) as drafts_n
    from drafts
    where decision is null
    group by inspection_id

),

part_counts as (

    select
        inspection_id,
        sum(found_n) as found_n,
        sum(case when status = 'not_read' then 1 else 0 end) as not_read_n
    from parts
    group by inspection_id

),

final as (

    select
        part_counts.inspection_id,
        case
            when part_counts.found_n = 0 and part_counts.not_read_n > 0 and waiting.inspection_id is null
                then 'not_read'
            when part_counts.not_read_n > 0 or waiting.inspection_id is not null then 'partly_read'
            else 'complete'
        end as coverage_status
    from part_counts
    left join waiting on part_counts.inspection_id = waiting.inspection_id

)

select * from final
