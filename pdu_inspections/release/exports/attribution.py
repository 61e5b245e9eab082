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

_CITATION = f"""\
cff-version: 1.2.0
message: Please cite the release you used by its version, and for a figure the report that prints it.
type: dataset
title: Figures of probation inspections in England and Wales
abstract: >-
  Every figure that inspection reports of HM Inspectorate of Probation print, cited to the line it is printed on and
  reconciled with the others. {ATTRIBUTION}
authors:
  - name: The probation inspections warehouse authors
keywords: [probation, inspection, ratings, England and Wales]
license: {LICENCE["name"]}
license-url: {LICENCE["path"]}
references:
  - type: report
    title: {SOURCE["title"]}
    authors:
      - name: HM Inspectorate of Probation
    url: {SOURCE["path"]}
"""


def attribution() -> str:
    """The attribution statement with its addresses, for people who get a release's files alone."""
    return f"{ATTRIBUTION}\n\n{SOURCE['title']}: {SOURCE['path']}\n{LICENCE['title']}: {LICENCE['path']}\n"


def citation(record: BuildRecord | None = None) -> str:
    """How to cite a release, in the Citation File Format; without one the project, as CITATION.cff in the root."""
    if record is None:
        return _CITATION
    return f'{_CITATION}version: "{record.build_id}"\ndate-released: "{record.built_at[:10]}"\n'
