/*
question: Which earlier recommendations made no progress?
asked_by: HMPPS, journalists
answer: >-
  [% set stuck = rows | selectattr("progress_order", "equalto", 0) | list %] [[ stuck | length | part_of(rows |
  length) | capitalize ]] judgements of earlier recommendations found no progress[% if stuck %]: [[ stuck |
  tallied("judged_for") ]]. One of them is “[[ stuck[0].earlier_recommendation ]]”, made to [[ stuck[0].made_to ]][%
  endif %].
caveat: >-
  The recommendations, in our own words, were made to predecessors of the inspected body, in one case to a CRC that it
  did not come from (question 801). Two reports judge mostly the same recommendations, each for its own area; one pair
  of judgements rests on the same finding and differs.
chart:
  kind: counts
  title: Judgements of progress on earlier recommendations
  label: judged_for
  only: {is_first_of_body: true}
  series: {none_n: No progress, some_n: Some progress, enough_n: Sufficient progress}
columns:
  progress: {head: Progress, cite: citation_id}
  still_required: Improvement still required
  is_first_of_body: hidden
  none_n: hidden
  some_n: hidden
  enough_n: hidden
*/
select
    progress.title as earlier_recommendation,
    sources.organisation_name as made_to,
    inspections.organisation_name as judged_for,
    progress.progress,
    case
        when progress.improvement_required_status <> 'reported' then 'not printed'
        when progress.is_improvement_required then 'yes'
        else 'no'
    end as still_required,
    progress.progress_order,
    progress.citation_id,
    progress.inspection_id as judged_for_inspection_id,
    sum(case when progress.progress_order = 0 then 1 else 0 end) over (partition by progress.inspection_id) as none_n,
    sum(case when progress.progress_order = 1 then 1 else 0 end) over (partition by progress.inspection_id) as some_n,
    sum(case when progress.progress_order > 1 then 1 else 0 end) over (partition by progress.inspection_id) as enough_n,
    row_number() over (
        partition by progress.inspection_id order by progress.progress_order, progress.title, progress.progress_number
    ) = 1 as is_first_of_body
from fct_recommendation_progress as progress
inner join dim_inspection as inspections on progress.inspection_id = inspections.inspection_id
inner join dim_organisation as sources on progress.source_organisation_id = sources.organisation_id
order by progress.progress_order, progress.title, progress.inspection_id, progress.progress_number
