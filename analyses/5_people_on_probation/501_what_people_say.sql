/*
question: >-
  What do people on probation say about the service?
asked_by: People on probation, user groups, heads of PDUs
answer: >-
  TO BE WRITTEN
caveat: >-
  Answers of those whom User Voice reached, not a chance sample, about experience rather than quality of work; the
  questions differ between reports. Where only a percentage is printed, n is everyone reached; where no count of them
  fits, some did not answer, and there is no interval.
*/
select distinct
    inspections.organisation_name as body,
    figures.description as what,
    figures.polarity as counts,
    figures.hedge,
    coalesce(figures.value_pct, round(100 * figures.numerator_n / figures.denominator_n, 0)) as pct,
    case when figures.count_n_low = figures.count_n_high then figures.count_n_low end as k,
    figures.base_n as n,
    round(figures.share_pct_low_95, 0) as low_95,
    round(figures.share_pct_high_95, 0) as high_95
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
where
    figures.population_id in ('user_survey', 'user_interviews')
    and figures.polarity <> 'neutral'
    and figures.unit is null
order by body asc, counts desc, pct desc, what asc
