/*
question: How were PDUs rated from year to year in the whole country?
asked_by: Journalists, policy teams
answer: >-
  Rated Inadequate were [% for row in rows %][[ row.inadequate_n ]] of [[ row.inspections_n ]] in [[
  row.published_year ]][[ ", " if not loop.last else "." ]] [% endfor %] [% set good = rows | map(attribute="good_n")
  | sum + (rows | map(attribute="outstanding_n") | sum) %] Good or better [[ "was" if good == 1 else "were" ]] [[ good
  | count ]] in all these years.
caveat: >-
  From published pages, not read from reports, and not complete. Other PDUs are inspected every year, and from 2024
  against other standards, so years differ by who was inspected and how, not only by how well they did.
chart:
  kind: counts
  title: Inspections of PDUs by year of publication and overall rating
  label: published_year
  series:
    inadequate_n: Inadequate
    requires_improvement_n: Requires improvement
    good_n: Good
    outstanding_n: Outstanding
*/
select
    published_year,
    case programme_id when 'pdu_2021' then '2021' when 'pdu_2023' then '2023' else replace(programme_id, '_', ' ') end
        as programme,
    sum(case when rating = 'Inadequate' then rated_n else 0 end) as inadequate_n,
    sum(case when rating = 'Requires improvement' then rated_n else 0 end) as requires_improvement_n,
    sum(case when rating = 'Good' then rated_n else 0 end) as good_n,
    sum(case when rating = 'Outstanding' then rated_n else 0 end) as outstanding_n,
    sum(rated_n) as inspections_n,
    round(100.0 * sum(case when rating = 'Inadequate' then rated_n else 0 end) / sum(rated_n), 0) as inadequate_pct
from rpt_regional_ratings
group by published_year, programme_id
order by published_year, programme_id
