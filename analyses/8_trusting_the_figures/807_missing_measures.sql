/*
question: Which measures are missing from which reports?
asked_by: Analysts, editors of reports
answer: >-
  [% set never = rows | selectattr("reported_by_n", "equalto", 0) | list %] [% set always = rows |
  rejectattr("not_given") | rejectattr("not_printed") | list %] [[ always | length | part_of(rows | length) |
  capitalize ]] measures [[ "is" if always | length == 1 else "are" ]] printed by every report of a PDU or CRC held
  here[% if never %]; no report gives a figure for [[ never | map(attribute="measure") | map("lower_first") | listed
  ]][% endif %].
caveat: >-
  Staffing, workload and case measures of inspections since 2018, in tables or text. Not given is what a report says
  itself (not provided, not available), for one grade at least; a report listed under not printed is silent.
columns:
  inspections_n: Reports
  not_given: Not given in
  not_printed: Not printed in
*/
with printed as (
    select
        inspection_id,
        measure_id,
        value_status
    from fct_staffing
    union all
    select
        inspection_id,
        measure_id,
        value_status
    from fct_case_characteristic
    union all
    select
        inspection_id,
        measure_id,
        'reported' as value_status
    from fct_reported_figure
    where comparator_kind is null and measure_id is not null
),

expected as (
    select
        inspections.inspection_id,
        inspections.organisation_name,
        measures.measure_id,
        measures.measure_name,
        sum(case when printed.value_status = 'reported' then 1 else 0 end) as reported_n,
        sum(case when printed.value_status in ('not_provided', 'not_available') then 1 else 0 end) as not_given_n
    from dim_inspection as inspections
    cross join dim_measure as measures
    left join printed
        on inspections.inspection_id = printed.inspection_id and measures.measure_id = printed.measure_id
    where
        inspections.organisation_type in ('pdu', 'crc')
        and measures.measure_group in ('staffing', 'workload', 'case_characteristic', 'provider_delivery')
    group by
        inspections.inspection_id, inspections.organisation_name, measures.measure_id, measures.measure_name
)

select
    measure_name as measure,
    count(*) as inspections_n,
    sum(case when reported_n > 0 then 1 else 0 end) as reported_by_n,
    string_agg(
        case when not_given_n > 0 then organisation_name end, '; ' order by organisation_name
    ) as not_given,
    string_agg(
        case when reported_n + not_given_n = 0 then organisation_name end, '; ' order by organisation_name
    ) as not_printed
from expected
group by measure_name
order by reported_by_n, measure_name
