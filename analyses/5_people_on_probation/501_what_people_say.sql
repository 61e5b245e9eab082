/*
question: What do people on probation say about the service?
asked_by: People on probation, user groups, heads of PDUs
answer: >-
  [% set good = rows | selectattr("counts", "equalto", "something good") | rejectattr("yes_pct", "none") |
  sort(attribute="yes_pct") | list %] [% if good %]Of the good answers printed without a hedge, the one given most
  often: [[ good[-1].what | lower_first ]], [[ cite(good[-1].printed, good[-1].citation_id) ]] ([[ good[-1].body
  ]]); least often: [[ good[0].what | lower_first ]], [[ cite(good[0].printed, good[0].citation_id) ]] ([[
  good[0].body ]]).[% else %]The reports print [[ rows | length ]] answers, all in words or of something lacking.[%
  endif %]
caveat: >-
  Answers of those whom User Voice reached, not a chance sample, about experience rather than quality of work; the
  questions differ between reports. Where only a percentage is printed, the base is everyone reached; where no count
  of them fits, some did not answer, and there is no interval. A share in words stands as printed.
chart:
  kind: intervals
  title: What people on probation say (answers about something good)
  panel: body
  label: what
  only: {counts: something good}
columns:
  printed: {head: Figure, cite: citation_id}
  yes_pct: Share, if no hedge is printed (%)
*/
select
    inspections.organisation_name as body,
    figures.description as what,
    case figures.polarity when 'success' then 'something good' else 'something lacking' end as counts,
    case
        when min(figures.numerator_n) is not null and min(figures.denominator_n) is not null
            then concat(cast(min(figures.numerator_n) as integer), ' of ', min(figures.denominator_n))
        else min(figures.as_stated)
    end as printed,
    case
        when figures.hedge is null or figures.hedge = 'only'
            then min(coalesce(figures.value_pct, round(100 * figures.numerator_n / figures.denominator_n, 0)))
    end as yes_pct,
    min(figures.base_n) as n,
    min(figures.base_basis) as base_basis,
    round(min(figures.share_pct_low_95), 0) as low_95,
    round(min(figures.share_pct_high_95), 0) as high_95,
    figures.inspection_id,
    min(figures.citation_id) as citation_id
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
where
    figures.population_id in ('user_survey', 'user_interviews')
    and figures.polarity <> 'neutral'
    and figures.unit is null
group by body, what, counts, figures.hedge, figures.inspection_id
order by body asc, counts asc, yes_pct desc nulls last, what asc, citation_id asc
