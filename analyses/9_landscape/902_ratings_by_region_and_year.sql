/*
question: >-
  How were the PDUs of each region rated, and in which year?
asked_by: Regional probation directors, journalists
answer: >-
  TO BE WRITTEN
caveat: >-
  From published pages, not read from reports. A region's PDUs are inspected together, a few at a time: inspections_n
  says how few. Regions are inspected in different years against different standards, so this is no ranking of
  regions.
*/
select
    region_name as region,
    published_year,
    programme_id as programme,
    max(case when rating = 'Inadequate' then rated_n end) as inadequate_n,
    max(case when rating = 'Requires improvement' then rated_n end) as requires_improvement_n,
    max(case when rating = 'Good' then rated_n end) as good_n,
    max(inspections_n) as inspections_n,
    max(pdus_n) as pdus_in_region_n
from rpt_regional_ratings
group by region_name, published_year, programme_id
order by region, published_year
