/*
question: I read “44 per cent” somewhere. Where do the reports print it, and of what?
asked_by: Fact checkers
answer: >-
  [[ rows | length | count("time") | capitalize ]], of different things: [[ rows | tallied("body") ]]. [% set disputed
  = rows | selectattr("findings_n", "gt", 0) | list %] [[ disputed | length | count | capitalize ]] of them [[ "is" if
  disputed | length == 1 else "are" ]] part of a contradiction, open or explained.
caveat: >-
  Every figure held here that equals it; the search above finds any other number. Where contradictions are counted,
  look there before quoting.
columns:
  base_n: Of how many
*/
select
    figures.organisation_name as body,
    figures.figure_description as what,
    figures.base_n,
    figures.base_basis,
    concat(figures.as_printed, ' (' || replace(figures.hedge, '_', ' ') || ')') as printed,
    figures.section,
    concat('one of pages ', figures.page_from, ' to ', figures.page_to) as pages,
    figures.discrepancies_n as findings_n,
    figures.inspection_id,
    figures.citation_id
from rpt_figure as figures
where figures.value = 44 and figures.unit = 'per_cent'
order by figures.inspection_year desc, figures.inspection_id asc, figures.page_from asc, figures.citation_id asc
