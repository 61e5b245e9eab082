/*
question: >-
  How well were domestic abuse and child safeguarding looked after?
asked_by: Domestic abuse and safeguarding leads, journalists
answer: >-
  TO BE WRITTEN
caveat: >-
  Figures of running text, described in our own words: each counts something else over another base, so they cannot be
  compared between bodies or added. Where only a percentage is printed, n is all inspected cases or reports; where it
  is of some of them only, there is no interval.
*/
select
    inspections.organisation_name as body,
    figures.description as what,
    figures.polarity as counts,
    case when figures.count_n_low = figures.count_n_high then figures.count_n_low end as k,
    figures.base_n as n,
    coalesce(figures.value_pct, round(100 * figures.numerator_n / figures.denominator_n, 0)) as pct,
    round(figures.share_pct_low_95, 0) as low_95,
    round(figures.share_pct_high_95, 0) as high_95
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
where
    (
        figures.case_group_id in ('domestic_abuse', 'safeguarding')
        or lower(figures.description) like '%domestic abuse%'
        or lower(figures.description) like '%safeguarding%'
    )
    and figures.polarity <> 'neutral'
    and (figures.denominator_n is not null or figures.value_pct is not null)
order by
    inspections.inspection_year desc,
    figures.inspection_id asc,
    figures.population_id asc,
    pct desc,
    figures.citation_id asc
