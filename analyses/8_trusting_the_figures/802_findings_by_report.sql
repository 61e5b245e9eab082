/*
question: How many contradictions does each report hold?
asked_by: Editors of reports, researchers
answer: >-
  [% for row in rows %][[ row.report ]]: [[ row.findings_n ]] in [[ row.figures_n | number ]] figures, [[ row.open_n
  ]] of them open and [[ row.high_n ]] of high severity[[ "; " if not loop.last else "." ]] [% endfor %]
caveat: >-
  No ranking of care: a longer report has more figures that can disagree and more rules that apply, and one figure can
  break several rules. The rate counts open contradictions that are more than small print.
chart:
  kind: counts
  title: Contradictions found in each report, by severity
  label: report
  series: {high_n: Most misleading, medium_n: In detail, low_n: Small print}
columns:
  figures_n: Figures read
  high_n: Most misleading
  medium_n: In detail
  low_n: Small print
  settled_n: Explained or corrected
  per_100_figures: Weighty and open, per 100 figures
*/
with figures as (
    select
        document_id,
        count(*) as figures_n
    from dim_citation
    group by document_id
),

findings as (
    select
        document_id,
        sum(findings_n) as findings_n,
        sum(explained_n + corrected_n) as settled_n,
        sum(open_n) as open_n,
        sum(high_n) as high_n,
        sum(medium_n) as medium_n,
        sum(low_n) as low_n
    from rpt_data_quality
    group by document_id
),

weighty as (
    select
        citations.document_id,
        count(*) as weighty_n
    from fct_discrepancy as discrepancies
    inner join dim_citation as citations on discrepancies.citation_id_a = citations.citation_id
    where discrepancies.status = 'open' and discrepancies.severity <> 'low'
    group by citations.document_id
),

names as (
    select
        document_id,
        max(concat(organisation_name, ' ', inspection_year)) as report,
        max(inspection_id) as inspection_id
    from dim_inspection
    group by document_id
)

select
    names.report,
    figures.figures_n,
    coalesce(findings.findings_n, 0) as findings_n,
    coalesce(findings.high_n, 0) as high_n,
    coalesce(findings.medium_n, 0) as medium_n,
    coalesce(findings.low_n, 0) as low_n,
    coalesce(findings.settled_n, 0) as settled_n,
    coalesce(findings.open_n, 0) as open_n,
    round(100.0 * coalesce(weighty.weighty_n, 0) / figures.figures_n, 1) as per_100_figures,
    names.inspection_id
from figures
inner join names on figures.document_id = names.document_id
left join findings on figures.document_id = findings.document_id
left join weighty on figures.document_id = weighty.document_id
order by figures.figures_n desc
