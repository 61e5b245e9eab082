/*
question: How well were domestic abuse and child safeguarding looked after?
asked_by: Domestic abuse and safeguarding leads, journalists
answer: >-
  [% set good = rows | selectattr("counts", "equalto", "what was done") | rejectattr("low_95", "none") |
  sort(attribute="pct") | list %] [% set bad = rows | selectattr("counts", "equalto", "what was lacking") |
  rejectattr("low_95", "none") | sort(attribute="pct") | list %] The reports count [[ rows | length ]] different
  things, which cannot be put together. [% if good %]Of those with a base that count what was done, the lowest is [[
  good[0].what | lower_first ]]: [[ cite(good[0].printed, good[0].citation_id) ]] ([[ good[0].body ]]).[% endif %]
  [% if bad %]Of those that count what was lacking, the highest is [[ bad[-1].what | lower_first ]]: [[
  cite(bad[-1].printed, bad[-1].citation_id) ]] ([[ bad[-1].body ]]).[% endif %]
caveat: >-
  Figures of running text, described in our own words: each counts something else over another base, so they cannot
  be compared between bodies or added. Where only a percentage is printed, the base is all inspected cases or
  reports, if all were judged; where it is of some of them only, there is none.
columns:
  printed: {head: Figure, cite: citation_id}
  pct: Share, if no hedge is printed (%)
*/
select
    inspections.organisation_name as body,
    figures.description as what,
    case figures.polarity when 'success' then 'what was done' else 'what was lacking' end as counts,
    case
        when figures.numerator_n is not null and figures.denominator_n is not null
            then concat(cast(figures.numerator_n as integer), ' of ', figures.denominator_n)
        else figures.as_stated
    end as printed,
    case
        when figures.hedge is null or figures.hedge = 'only'
            then coalesce(figures.value_pct, round(100 * figures.numerator_n / figures.denominator_n, 0))
    end as pct,
    figures.base_n as n,
    figures.base_basis,
    round(figures.share_pct_low_95, 0) as low_95,
    round(figures.share_pct_high_95, 0) as high_95,
    figures.inspection_id,
    figures.citation_id
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
where
    (
        figures.case_group_id in ('domestic_abuse', 'safeguarding')
        or lower(figures.description) like '%domestic abuse%'
        or lower(figures.description) like '%safeguarding%'
        or lower(figures.description) like '%children%'
    )
    and figures.polarity <> 'neutral'
    and (figures.denominator_n is not null or figures.value_pct is not null)
order by
    inspections.inspection_year desc,
    figures.inspection_id asc,
    figures.population_id asc,
    pct desc nulls last,
    figures.citation_id asc
