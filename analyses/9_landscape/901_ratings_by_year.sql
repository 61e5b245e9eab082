/*
question: >-
  How were PDUs rated from year to year in the whole country?
asked_by: Journalists, policy teams
answer: >-
  TO BE WRITTEN
caveat: >-
  From published pages, not read from reports, and not complete. Other PDUs are inspected every year, and from 2024
  against other standards, so years differ by who was inspected and how, not only by how well they did.
*/
select
    published_year,
    programme_id as programme,
    sum(case when rating = 'Inadequate' then rated_n else 0 end) as inadequate_n,
    sum(case when rating = 'Requires improvement' then rated_n else 0 end) as requires_improvement_n,
    sum(case when rating = 'Good' then rated_n else 0 end) as good_n,
    sum(case when rating = 'Outstanding' then rated_n else 0 end) as outstanding_n,
    sum(rated_n) as inspections_n,
    round(100.0 * sum(case when rating = 'Inadequate' then rated_n else 0 end) / sum(rated_n), 0) as inadequate_pct
from rpt_regional_ratings
group by published_year, programme_id
order by published_year, programme_id
