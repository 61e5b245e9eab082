"""Whose the figures are, how they may be used and how to cite them: the same words in every form of a release."""

from __future__ import annotations

from pdu_inspections.release.records import BuildRecord

ATTRIBUTION_NAME = "ATTRIBUTION.txt"
CITATION_NAME = "CITATION.cff"

LICENCE = {
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}
SOURCE = {
    "title": "Inspection reports of HM Inspectorate of Probation",
    "path": "https://hmiprobation.justiceinspectorates.gov.uk/",
}
ATTRIBUTION = (
    "Contains public sector information licensed under the Open Government Licence v3.0. Source: HM Inspectorate of "
    "Probation, inspection reports, Crown copyright. Compiled by a project that is not the Inspectorate's."
)


def attribution() -> str:
    """The attribution statement with its addresses, for people who get a release's files alone."""
    return f"{ATTRIBUTION}\n\n{SOURCE['title']}: {SOURCE['path']}\n{LICENCE['title']}: {LICENCE['path']}\n"


def cite_release(record: BuildRecord, project_citation: str) -> str:
    """How to cite a release, in the Citation File Format: the project's CITATION.cff with the release's version."""
    kept = [line for line in project_citation.splitlines() if not line.startswith(("version:", "date-released:"))]
    return "\n".join([*kept, f'version: "{record.build_id}"', f'date-released: "{record.built_at[:10]}"', ""])
