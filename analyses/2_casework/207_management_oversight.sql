/*
question: >-
  In how many cases was management oversight good enough?
asked_by: Heads of PDUs, senior probation officers
answer: >-
  TO BE WRITTEN
caveat: >-
  Running text only, without a base. counts_that_fit is how many whole numbers of the inspected cases round to the
  percentage: none means that it is a share of fewer cases than were inspected. One report counts the lack, and also
  puts it in words.
*/
select distinct
    inspections.organisation_name as body,
    figures.description as what,
    figures.polarity as counts,
    figures.hedge,
    figures.value_pct,
    inspections.cases_inspected,
    len(possible_counts(figures.value_pct, inspections.cases_inspected)) as counts_that_fit
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
where lower(figures.description) like '%management oversight%'
order by body, figures.value_pct
