/*
question: Who ran probation here before, and may the figures be joined?
asked_by: Researchers, journalists
answer: >-
  [% set whole = rows | selectattr("may_be_joined", "equalto", "yes") | list %] The reports name [[ rows | length |
  count("passage") ]] from one body to another; [[ whole | length | part_of(rows | length) ]] [[ "was" if whole |
  length == 1 else "were" ]] of a whole body into a whole one, so that figures may be joined. Where only part went
  over, or the later body came from several, every series breaks.
caveat: >-
  Where only part of a body went over, or a body came from several, neither's figures continue the other's. Only
  bodies and dates that the reports name.
columns:
  from_date: From
  earlier_inspections_n: Inspections of the earlier body held
  may_be_joined: Figures may be joined
*/
select
    predecessors.organisation_name as earlier_body,
    successors.organisation_name as later_body,
    lineage.predecessor_share as part_that_went_over,
    lineage.successor_share as part_that_came_from_it,
    lineage.effective_date as from_date,
    predecessors.inspections_n as earlier_inspections_n,
    case
        when lineage.predecessor_share = 'whole' and lineage.successor_share = 'whole' then 'yes'
        else 'only with the break marked'
    end as may_be_joined,
    lineage.effective_date_precision as from_date_precision
from bridge_organisation_lineage as lineage
inner join dim_organisation as predecessors
    on lineage.predecessor_organisation_id = predecessors.organisation_id
inner join dim_organisation as successors
    on lineage.successor_organisation_id = successors.organisation_id
order by lineage.effective_date desc, later_body asc, earlier_body asc
