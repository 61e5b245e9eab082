/*
question: >-
  Which report contradicts itself most?
asked_by: Editors of reports, researchers
answer: >-
  TO BE WRITTEN
caveat: >-
  No ranking of care: a longer report has more figures that can disagree and more rules that apply, and one figure can
  break several. per_100_figures counts open findings that are more than small print.
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
)

select
    documents.title as report,
    figures.figures_n,
    findings.findings_n,
    findings.high_n,
    findings.medium_n,
    findings.low_n,
    findings.settled_n,
    findings.open_n,
    round(100.0 * coalesce(weighty.weighty_n, 0) / figures.figures_n, 1) as per_100_figures
from figures
inner join dim_document as documents on figures.document_id = documents.document_id
inner join findings on figures.document_id = findings.document_id
left join weighty on figures.document_id = weighty.document_id
where documents.document_kind = 'report'
order by figures.figures_n desc
