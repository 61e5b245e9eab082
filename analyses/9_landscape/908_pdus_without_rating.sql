/*
question: Of which PDUs is no rating known here?
asked_by: Journalists, people on probation
answer: >-
  No rating is held of [[ rows | map(attribute="missing_n") | sum | count("PDU") ]] in [[ rows | length |
  count("region") ]], the largest number in [% set most = rows | max(attribute="missing_n") %][[ most.region ]] ([[
  most.missing_n ]] of its [[ most.pdus_n ]]).
caveat: >-
  No page about them is held. That does not say that they were not inspected.
columns:
  rated_n: With a rating held
  missing_n: Without
  not_rated_here: Which
*/
select
    units.region_name as region,
    max(regions.pdus_n) as pdus_n,
    max(regions.rated_pdus_n) as rated_n,
    count(*) as missing_n,
    string_agg(units.pdu_name, '; ' order by units.pdu_name) as not_rated_here
from rpt_pdu as units
inner join dim_probation_region as regions on units.region_id = regions.region_id
where units.latest_rating is null
group by units.region_name
order by region
