/*
question: >-
  Who ran probation here before, and may the figures be joined?
asked_by: Researchers, journalists
answer: >-
  TO BE WRITTEN
caveat: >-
  Where only part of a body went over, or a body came from several, neither's figures continue the other's. Only
  bodies and dates that the reports name.
*/
select
    predecessors.organisation_name as earlier_body,
    successors.organisation_name as later_body,
    lineage.predecessor_share as part_that_went_over,
    lineage.successor_share as part_that_came_from_it,
    lineage.effective_date as from_date,
    lineage.effective_date_precision as date_precision,
    predecessors.inspections_n as earlier_inspections_n,
    case
        when lineage.predecessor_share = 'whole' and lineage.successor_share = 'whole' then 'yes'
        else 'only with the break marked'
    end as may_be_joined
from bridge_organisation_lineage as lineage
inner join dim_organisation as predecessors
    on lineage.predecessor_organisation_id = predecessors.organisation_id
inner join dim_organisation as successors
    on lineage.successor_organisation_id = successors.organisation_id
order by lineage.effective_date desc, later_body asc, earlier_body asc
