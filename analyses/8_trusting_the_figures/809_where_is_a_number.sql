-- Question: I read "44 per cent" somewhere. Where do the reports print it, and of what?
-- Asked by: Fact checkers
-- Caveat: Every figure held here that equals it; put in your own number and unit. findings_n above 0 means that
--   the ledger has something against the figure: look there before quoting it.
select
    figures.organisation_name as body,
    figures.figure_description,
    figures.base_n,
    figures.as_printed,
    figures.section,
    figures.page_from,
    figures.page_to,
    figures.discrepancies_n as findings_n
from rpt_figure as figures
where figures.value = 44 and figures.unit = 'per_cent'
order by figures.inspection_year desc, figures.inspection_id asc, figures.page_from asc, figures.citation_id asc
