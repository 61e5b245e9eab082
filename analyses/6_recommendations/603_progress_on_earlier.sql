/*
question: >-
  Which earlier recommendations made no progress?
asked_by: HMPPS, journalists
answer: >-
  TO BE WRITTEN
caveat: >-
  The recommendations were made to predecessors of the inspected body, in one case to a CRC that it did not come from
  (question 801). Two reports judge mostly the same recommendations, each for its own area; one pair of judgements
  rests on the same finding and differs.
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
    end as still_required
from fct_recommendation_progress as progress
inner join dim_inspection as inspections on progress.inspection_id = inspections.inspection_id
inner join dim_organisation as sources on progress.source_organisation_id = sources.organisation_id
order by
    avg(progress.progress_order) over (partition by progress.source_organisation_id, progress.title),
    progress.title,
    progress.progress_order,
    progress.inspection_id
