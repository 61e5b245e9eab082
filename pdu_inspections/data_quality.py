"""The page on data quality: what to know before quoting the reports, written from the ledger."""

from __future__ import annotations

from typing import NamedTuple

import duckdb

from pdu_inspections.markdown import cell, plain

HEADINGS = {
    "high": (
        "Most misleading",
        "Quoting one of these figures alone can give a wrong number or rating, or turn a conclusion round.",
    ),
    "medium": (
        "Misleading in detail",
        "A base, a minor figure or the strength of a statement would be misread.",
    ),
    "low": ("Small print", "Labels, units, identifiers and dates."),
}

_SUMMARY = """
    select
        documents.title,
        count(*) filter (where discrepancies.severity = 'high'),
        count(*) filter (where discrepancies.severity = 'medium'),
        count(*) filter (where discrepancies.severity = 'low'),
        count(*) filter (where discrepancies.status = 'open')
    from fct_discrepancy as discrepancies
    inner join dim_citation as citations on discrepancies.citation_id_a = citations.citation_id
    inner join dim_document as documents on citations.document_id = documents.document_id
    group by documents.document_kind, documents.document_id, documents.title
    order by documents.document_kind <> 'report', documents.document_id
"""

_FINDINGS = """
    select
        discrepancies.severity,
        discrepancies.status,
        discrepancies.subject,
        discrepancies.value_a,
        discrepancies.value_b,
        discrepancies.explanation,
        case when rules.rule_id <> 'careful_reading' then rules.claim end,
        documents.title,
        first.citation_id,
        replace(first.locator, concat(documents.title, ', '), ''),
        other.citation_id,
        replace(other.locator, concat(documents.title, ', '), '')
    from fct_discrepancy as discrepancies
    inner join dim_consistency_rule as rules on discrepancies.rule_id = rules.rule_id
    inner join dim_citation as first on discrepancies.citation_id_a = first.citation_id
    inner join dim_document as documents on first.document_id = documents.document_id
    left join dim_citation as other on discrepancies.citation_id_b = other.citation_id
    order by
        case discrepancies.severity when 'high' then 0 when 'medium' then 1 else 2 end,
        documents.document_kind <> 'report',
        documents.document_id,
        case discrepancies.status when 'open' then 0 else 1 end,
        abs(coalesce(discrepancies.difference, 0)) desc,
        discrepancies.discrepancy_id
"""

QUERIES = (_SUMMARY, _FINDINGS)


class Finding(NamedTuple):
    """A row of the ledger with where its figures are printed."""

    severity: str
    status: str
    subject: str
    value_a: str
    value_b: str | None
    explanation: str | None
    claim: str | None
    title: str
    citation_id_a: str
    locator_a: str
    citation_id_b: str | None
    locator_b: str | None


def render(connection: duckdb.DuckDBPyConnection) -> str:
    """The page as Markdown, from a database that holds the marts."""
    findings = [Finding(*row) for row in connection.execute(_FINDINGS).fetchall()]
    lines = [
        "# Before you quote these reports",
        "",
        "Every contradiction found in the reports held here, most misleading first: figures that disagree with each",
        "other, and figures that cannot be; at the end of each part, those of published pages about other inspections.",
        "Written from `fct_discrepancy` by `make docs`; do not edit. *Open* means that nothing in the reports shows",
        "how both can be right; *explained* that something does.",
        "",
        "| report | most misleading | in detail | small print | of these open |",
        "|---|---:|---:|---:|---:|",
        *(f"| {cell(title)} | {high} | {medium} | {low} | {opened} |"
          for title, high, medium, low, opened in connection.execute(_SUMMARY).fetchall()),
    ]  # fmt: skip
    for severity, (heading, meaning) in HEADINGS.items():
        lines += ["", f"## {heading}", "", meaning]
        report = None
        for finding in findings:
            if finding.severity == severity:
                if finding.title != report:
                    report = finding.title
                    lines += ["", f"### {plain(report)}", ""]
                lines += _lines(finding)
    return "\n".join(lines) + "\n"


def _lines(finding: Finding) -> list[str]:
    against = "" if finding.value_b is None else f" against {plain(finding.value_b)}"
    lines = [
        f"- **{plain(finding.subject)}**: {plain(finding.value_a)}{against}. *{finding.status.capitalize()}.*",
    ]
    if finding.claim is not None:
        lines.append(f"  Broken: {plain(finding.claim)}")
    if finding.explanation is not None:
        lines.append(f"  {plain(finding.explanation)}")
    lines.append(f"  - {plain(finding.locator_a)} (`{finding.citation_id_a}`)")
    if finding.locator_b is not None:
        lines.append(f"  - {plain(finding.locator_b)} (`{finding.citation_id_b}`)")
    return lines
