/*
question: What is recommended to whom?
asked_by: HMPPS, regional probation directors, heads of PDUs
answer: >-
  The most widespread theme is [[ first.theme | lower_first ]]: [[ first.inspections_n | count("inspection has",
  "inspections have") ]] it, with [[ first.to_pdus_n | count("recommendation") ]] to PDUs, [[ first.to_regions_n |
  count ]] to regions, [[ first.to_hmpps_n | count ]] to HMPPS and [[ first.to_earlier_bodies_n | count ]] to
  earlier bodies. Question 605 lists every recommendation by its addressee.
caveat: >-
  Themes are ours, at most two to a recommendation, so a recommendation can be counted in two rows. A number says how
  often a thing is recommended, not how bad it is.
columns:
  to_pdus_n: To PDUs
  to_hmpps_n: To HMPPS
*/
with themed as (
    select
        inspection_id,
        addressee_id,
        unnest([theme_name, second_theme_name]) as theme
    from fct_recommendation
)

select
    theme,
    sum(case when addressee_id = 'pdu' then 1 else 0 end) as to_pdus_n,
    sum(case when addressee_id = 'region' then 1 else 0 end) as to_regions_n,
    sum(case when addressee_id = 'hmpps' then 1 else 0 end) as to_hmpps_n,
    sum(case when addressee_id not in ('pdu', 'region', 'hmpps') then 1 else 0 end) as to_earlier_bodies_n,
    count(distinct inspection_id) as inspections_n
from themed
where theme is not null
group by theme
order by count(distinct inspection_id) desc, count(*) desc, theme
