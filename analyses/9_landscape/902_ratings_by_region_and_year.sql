/*
question: How were the PDUs of each region rated, and in which year?
asked_by: Regional probation directors, journalists
answer: >-
  [[ rows | map(attribute="region") | unique | list | length ]] regions had PDUs rated in [[ rows |
  map(attribute="published_year") | min ]] to [[ rows | map(attribute="published_year") | max ]]. [% set
  all_inadequate = rows | selectattr("is_all_inadequate") | list %] [% if all_inadequate %]All PDUs whose rating is
  held were Inadequate in [% for row in all_inadequate %][[ row.region ]] [[ row.published_year ]] ([[
  row.inspections_n ]])[[ ", " if not loop.last else "." ]] [% endfor %][% endif %]
caveat: >-
  From published pages, not read from reports. A region's PDUs are inspected together, a few at a time. Regions are
  inspected in different years against different standards, so this is no ranking of regions.
chart:
  kind: counts
  title: Inspections of PDUs by region and year, with overall rating
  label: [region, published_year]
  series: {inadequate_n: Inadequate, requires_improvement_n: Requires improvement, good_n: Good}
columns:
  inspections_n: PDUs inspected
  pdus_in_region_n: PDUs in the region
  is_all_inadequate: hidden
*/
select
    region_name as region,
    published_year,
    case programme_id when 'pdu_2021' then '2021' when 'pdu_2023' then '2023' else replace(programme_id, '_', ' ') end
        as programme,
    max(case when rating = 'Inadequate' then rated_n end) as inadequate_n,
    max(case when rating = 'Requires improvement' then rated_n end) as requires_improvement_n,
    max(case when rating = 'Good' then rated_n end) as good_n,
    max(inspections_n) as inspections_n,
    max(pdus_n) as pdus_in_region_n,
    max(case when rating = 'Inadequate' then rated_n end) = max(inspections_n) as is_all_inadequate,
    region_id
from rpt_regional_ratings
group by region_id, region_name, published_year, programme_id
order by region, published_year
