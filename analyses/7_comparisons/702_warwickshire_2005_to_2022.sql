/*
question: How did probation in Warwickshire change from 2005 to 2022?
asked_by: Journalists, local councillors
answer: >-
  [% set scores = rows | selectattr("kind", "equalto", "score") | list %] [% set shares = rows | selectattr("kind",
  "equalto", "share of cases") | list %] [% set told = shares | selectattr("by_more_than_chance") | list %] [% if
  scores %]From [[ scores[0].earlier ]] to [[ scores[0].later ]], under one framework, [[ scores |
  selectattr("change", "gt", 0) | list | length | part_of(scores | length) ]] scores rose.[% endif %] [% if shares
  %]From [[ shares[0].earlier ]] to [[ shares[0].later ]], from a CRC that also served West Mercia to the PDU, [[
  shares | selectattr("change", "lt", 0) | list | length | part_of(shares | length) ]] comparable shares of sufficient
  cases fell, [[ told | length | count ]] by more than chance explains[% if told %], most of all [[ told[0].topic ]]
  (from [[ cite(told[0].earlier_pct | pct, told[0].earlier_pct_citation_id) ]] to [[ cite(told[0].later_pct | pct,
  told[0].later_pct_citation_id) ]])[% endif %].[% endif %] Nothing joins [[ scores[0].later if scores else "the years
  before" ]] to [[ shares[0].earlier if shares else "the later ones" ]].
caveat: >-
  Three bodies, three frameworks. The scores of 2005 and 2006 are sums of judgements, no shares of cases. The CRC also
  served West Mercia and held no high-risk cases. By more than chance explains means after an allowance for the number
  of questions (Holm); question 703 allows for those of all PDUs together and so tells fewer. Shares are compared only
  where the question is the same or close; those with a broad relation are left out.
chart:
  kind: differences
  title: Warwickshire, change in percentage points between two inspections
  value: change
  label: topic
  group: years
  filled: by_more_than_chance
  note: "Line: 95% interval. Filled: it remains after an allowance for the number of questions. Scores have none."
columns:
  topic: Topic
  earlier: From
  later: To
  kind: What is printed
  years: hidden
  earlier_pct: First
  later_pct: Then
  change: Change (points)
  low_95: 95% interval of the change
  by_more_than_chance: By more than chance explains
*/
with scores as (
    select
        earlier.conformed_topic_id,
        earlier.inspection_year as earlier,
        later.inspection_year as later,
        earlier.value as earlier_pct,
        later.value as later_pct,
        later.value - earlier.value as change,
        earlier.citation_id as earlier_citation_id,
        later.citation_id as later_citation_id
    from rpt_area_timeline as earlier
    inner join rpt_area_timeline as later
        on
            earlier.area_id = later.area_id
            and earlier.conformed_topic_id = later.conformed_topic_id
            and earlier.value_kind = later.value_kind
            and earlier.inspection_year < later.inspection_year
    where earlier.area_id = 'warwickshire' and earlier.value_kind = 'criterion_score'
),

shares as (
    select
        pairs.conformed_question_id as conformed_topic_id,
        earlier.inspection_year as earlier,
        later.inspection_year as later,
        pairs.earlier_yes_pct as earlier_pct,
        pairs.later_yes_pct as later_pct,
        pairs.difference_points as change,
        pairs.difference_low_95,
        pairs.difference_high_95,
        pairs.is_distinguishable_in_pair,
        pairs.earlier_citation_id,
        pairs.later_citation_id
    from rpt_key_question_comparison as pairs
    inner join dim_inspection as earlier on pairs.earlier_inspection_id = earlier.inspection_id
    inner join dim_inspection as later on pairs.later_inspection_id = later.inspection_id
    where
        pairs.earlier_inspection_id = 'warwickshire_and_west_mercia_crc_2019'
        and pairs.later_inspection_id = 'warwickshire_pdu_2022'
        and pairs.comparable in ('exact', 'close')
)

select
    'score' as kind,
    concat(earlier, ' to ', later, ': scores') as years,
    replace(conformed_topic_id, '_', ' ') as topic,
    earlier,
    earlier_pct,
    later,
    later_pct,
    change,
    null as low_95,
    null as high_95,
    null as by_more_than_chance,
    true as is_difference,
    earlier_citation_id as earlier_pct_citation_id,
    later_citation_id as later_pct_citation_id
from scores
union all
select
    'share of cases' as kind,
    concat(earlier, ' to ', later, ': shares of cases') as years,
    replace(conformed_topic_id, '_', ' ') as topic,
    earlier,
    earlier_pct,
    later,
    later_pct,
    change,
    round(difference_low_95, 0) as low_95,
    round(difference_high_95, 0) as high_95,
    coalesce(is_distinguishable_in_pair, false) as by_more_than_chance,
    true as is_difference,
    earlier_citation_id as earlier_pct_citation_id,
    later_citation_id as later_pct_citation_id
from shares
order by kind, change, topic
