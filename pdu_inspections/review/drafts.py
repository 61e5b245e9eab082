"""Drafts: what the reader found in a report that needs a person's judgement, and what a person decided about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from pdu_inspections.reader.prose import filter_new_candidates
from pdu_inspections.reader.prose.confidence import SURE, confidence
from pdu_inspections.reader.reading import Proposal, Reading
from pdu_inspections.reader.vocabulary import SeedRow

DRAFTS = "drafts"
FIGURES = "reported_figures"
ROW_COUNTS = "expected_row_counts"
EXPLANATIONS = "known_discrepancies"

_LIKELY = 0.75
_EXPLAINED = ("population_id", "case_group_id", "polarity", "question_id")
_ACTIVITIES = {"cases": "Cases inspected", "reports": "Court reports inspected", "interviews": "Interviews held"}

_TITLES = (
    ("recommendation_title", "recommendations", "recommendation_titles", "recommendation_number"),
    ("progress_title", "recommendation_progress", "progress_titles", "progress_number"),
)
_WORDING_COLUMN = {
    "measure_labels": "label",
    "organisation_aliases": "alias",
    "organisations": "organisation_name",
    "questions": "question_text",
    "criteria": "criterion_name",
    "addressees": "addressee_name",
}
_ID_COLUMN = {
    "measure_labels": "measure_id",
    "organisation_aliases": "organisation_id",
    "organisations": "organisation_id",
    "questions": "question_id",
    "criteria": "criterion_id",
    "addressees": "addressee_id",
}
_ANOTHER_NAME = frozenset({"measure_labels", "organisation_aliases"})
"""Vocabularies that give a known thing another name: the closest known one is proposed."""

Seeds = Mapping[str, Sequence[SeedRow]]


class DraftKind(StrEnum):
    """What has to be decided."""

    FIGURE = "figure"
    RECOMMENDATION_TITLE = "recommendation_title"
    PROGRESS_TITLE = "progress_title"
    WORDING = "wording"
    FINDING = "finding"
    ROW_COUNTS = "row_counts"


class Decision(StrEnum):
    """What a person decided; a draft without one waits."""

    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    REJECTED = "rejected"


Key = tuple[str, str, str]


@dataclass(frozen=True)
class Draft:
    """One thing to decide. place: where it is printed, by the columns of a citation."""

    document_id: str
    inspection_id: str
    kind: DraftKind
    target_table: str
    item: str
    place: Mapping[str, str]
    proposed: Mapping[str, str]
    confidence: Mapping[str, float] = field(default_factory=dict)
    evidence: str = ""
    decision: Decision | None = None
    corrected: Mapping[str, str] = field(default_factory=dict)
    reviewed_by: str = ""
    reviewed_on: str = ""
    reason: str = ""

    @property
    def key(self) -> Key:
        """Report, kind and item: what tells it from all others."""
        return self.document_id, self.kind, self.item

    @property
    def line_number(self) -> int:
        """Line of the text form; 0 where it is about the whole report."""
        return int(self.place.get("line_number") or 0)

    @property
    def is_sure(self) -> bool:
        """Whether the reader is sure of every field."""
        return bool(self.confidence) and min(self.confidence.values()) >= SURE

    @property
    def stays(self) -> bool:
        """Whether it stays when its report is read again: it is decided, or no reader proposed it."""
        is_added = self.kind is DraftKind.FIGURE and not self.confidence
        return self.decision is not None or is_added or self.kind is DraftKind.FINDING

    @property
    def certainty(self) -> str:
        """How sure the reader is of the field it is least sure of; empty where it says nothing."""
        if not self.confidence:
            return ""
        least = min(self.confidence.values())
        return "sure" if least >= SURE else "likely" if least >= _LIKELY else "doubtful"

    @property
    def row(self) -> SeedRow:
        """The row as proposed, with what a person corrected."""
        return {**self.proposed, **self.corrected}


PLACE_COLUMNS = ("section", "page_from", "page_to", "line_number", "column_number", "as_printed")


def from_row(row: SeedRow) -> Draft:
    """A draft as drafts.csv holds it. Raises ValueError where a value is none that this program writes."""
    for name in ("line_number", "column_number"):
        int(row[name] or 0)
    return Draft(
        row["document_id"],
        row["inspection_id"],
        DraftKind(row["draft_kind"]),
        row["target_table"],
        row["item"],
        {name: row[name] for name in PLACE_COLUMNS},
        {name: str(value) for name, value in _from_json(row["proposed_row"]).items()},
        {name: float(value) for name, value in _from_json(row["confidence"]).items()},
        row["evidence"],
        Decision(row["decision"]) if row["decision"] else None,
        {name: str(value) for name, value in _from_json(row["decided_row"]).items()},
        row["reviewed_by"],
        row["reviewed_on"],
        row["reason"],
    )


def _from_json(text: str) -> dict[str, Any]:
    """Columns and values of a JSON object. Raises ValueError where it is none."""
    try:
        found = json.loads(text or "{}")
    except RecursionError:
        found = None
    if not isinstance(found, dict):
        raise ValueError("no JSON object")
    return found


def to_row(draft: Draft) -> SeedRow:
    """A draft as a row of drafts.csv."""
    return {
        "document_id": draft.document_id,
        "inspection_id": draft.inspection_id,
        "draft_kind": draft.kind,
        "target_table": draft.target_table,
        "item": draft.item,
        **{name: draft.place.get(name, "") for name in PLACE_COLUMNS},
        "proposed_row": _as_json(draft.proposed),
        "confidence": _as_json(draft.confidence) if draft.confidence else "",
        "is_sure": "true" if draft.is_sure else "false",
        "evidence": draft.evidence,
        "decision": draft.decision or "",
        "decided_row": _as_json(draft.corrected) if draft.corrected else "",
        "reviewed_by": draft.reviewed_by,
        "reviewed_on": draft.reviewed_on,
        "reason": draft.reason,
    }


def _as_json(values: Mapping[str, object]) -> str:
    return json.dumps({name: value for name, value in values.items() if value != ""}, ensure_ascii=False)


def in_order(drafts: Iterable[Draft]) -> list[Draft]:
    """Drafts by report, in the order in which they are printed."""
    return sorted(
        drafts,
        key=lambda d: (
            d.document_id,
            d.kind is DraftKind.ROW_COUNTS,
            d.line_number,
            int(d.place.get("column_number") or 0),
            d.kind,
            d.item,
        ),
    )


def finding(rule_id: str, citation_a: str, citation_b: str, evidence: str) -> Draft:
    """A breach of a rule that waits for its explanation. citation_b: empty where a figure contradicts itself."""
    document, _, place = citation_a.partition(":")
    line, _, column = place.partition(":")
    other = citation_b.removeprefix(f"{document}:")
    return Draft(
        document,
        document,
        DraftKind.FINDING,
        EXPLANATIONS,
        re.sub(r"[^a-z0-9_]+", ".", f"{rule_id}.{place}.{other}".lower()).strip(".")[:120],
        {"line_number": line.removeprefix("L"), "column_number": column.removeprefix("C")},
        {"rule_id": rule_id, "citation_id_a": citation_a, "citation_id_b": citation_b, "is_resolved": "false"},
        evidence=evidence,
    )


def draft_reading(reading: Reading, known: Sequence[Draft], seeds: Seeds) -> list[Draft]:
    """All drafts after a report was read (again): decided ones stay, waiting ones of this report are made anew.

    Numbers of rows wait again where the reader counts others than were decided.
    seeds: rows, by table, of reported_figures, recommendation_titles, progress_titles, expected_row_counts, and of the
    vocabularies measures and questions, whose names describe figures.
    """
    decided = {draft.key: draft for draft in known if draft.stays or draft.document_id != reading.document_id}
    fresh = {draft.key: draft for draft in _propose(reading, seeds)}
    counted = {
        key: draft
        for key, draft in fresh.items()
        if draft.kind is DraftKind.ROW_COUNTS and key in decided and decided[key].proposed != draft.proposed
    }
    return in_order({**fresh, **decided, **counted}.values())


def _propose(reading: Reading, seeds: Seeds) -> Iterator[Draft]:
    inspection_id = reading.rows["inspections"][0]["inspection_id"] if reading.rows.get("inspections") else ""
    evidence = {id(row): found for row, found in zip(reading.candidates, reading.evidence, strict=True)}
    names = {row["measure_id"]: row["measure_name"] for row in seeds["measures"]}
    names |= {row["question_id"]: row["question_text"] for row in seeds["questions"]}
    for row in filter_new_candidates(reading.candidates, seeds[FIGURES]):
        yield _figure({**row, "description": _describe(row, names)}, evidence[id(row)])
    for kind, table, titles, number in _TITLES:
        titled = {(row["inspection_id"], row[number]) for row in seeds[titles]}
        for row in reading.rows.get(table, []):
            if (row["inspection_id"], row[number]) not in titled:
                proposed = {"inspection_id": row["inspection_id"], number: row[number], "title": "", "theme_id": ""}
                yield Draft(
                    reading.document_id,
                    row["inspection_id"],
                    DraftKind(kind),
                    titles,
                    row[number],
                    {name: row[name] for name in PLACE_COLUMNS},
                    proposed,
                )
    for proposal in reading.proposals:
        yield _wording(reading.document_id, inspection_id, proposal)
    counts = {table: str(rows_n) for table, rows_n in reading.counts().items()}
    expected = {r["table_name"]: r["rows_n"] for r in seeds[ROW_COUNTS] if r["document_id"] == reading.document_id}
    if any(expected.get(table) != rows_n for table, rows_n in counts.items()):
        yield Draft(reading.document_id, inspection_id, DraftKind.ROW_COUNTS, ROW_COUNTS, "all", {}, counts)


def _describe(row: SeedRow, names: Mapping[str, str]) -> str:
    """What a figure is, where its measure, its question or what the inspectors did says it; else a person writes it."""
    if row["question_id"]:
        answer = "No" if row["polarity"] == "failure" else "Yes"
        return f"{answer} to: {names.get(row['question_id'], '')}"
    if row["population_id"] == "inspection_activity" and row["unit"] in _ACTIVITIES:
        return _ACTIVITIES[row["unit"]]
    return names.get(row["measure_id"], "")


def _figure(row: SeedRow, rests_on: Mapping[str, str]) -> Draft:
    place = {name: row[name] for name in PLACE_COLUMNS}
    framed = {*PLACE_COLUMNS, "document_id", "table_name", "row_number"}
    proposed = {name: value for name, value in row.items() if name not in framed}
    item = f"L{row['line_number']}:C{row['column_number']}"
    evidence = "; ".join(
        f"{name.removesuffix('_id').replace('_', ' ')}: {rests_on[name].partition(':')[0]}" for name in _EXPLAINED
    )
    return Draft(
        row["document_id"],
        row["inspection_id"],
        DraftKind.FIGURE,
        FIGURES,
        item,
        place,
        proposed,
        confidence(rests_on),
        evidence,
    )


def _wording(document_id: str, inspection_id: str, proposal: Proposal) -> Draft:
    vocabulary = proposal.vocabulary
    proposed_id = proposal.closest_id if vocabulary in _ANOTHER_NAME and proposal.closest_id else proposal.proposed_id
    evidence = f"the nearest known wording is that of {proposal.closest_id}" if proposal.closest_id else ""
    return Draft(
        document_id,
        inspection_id,
        DraftKind.WORDING,
        vocabulary,
        f"{vocabulary}.{proposal.proposed_id}"[:120],
        {"line_number": str(proposal.line)},
        {_ID_COLUMN[vocabulary]: proposed_id, _WORDING_COLUMN[vocabulary]: proposal.wording},
        {_ID_COLUMN[vocabulary]: proposal.score} if proposal.closest_id else {},
        evidence,
    )


def decide(draft: Draft, decision: Decision, values: Mapping[str, str], reason: str, by: str, on: str) -> Draft:
    """The draft as a person decided it. values: the row's columns as the person left them."""
    corrected = {name: value for name, value in values.items() if value != draft.proposed.get(name, "")}
    if decision is Decision.REJECTED:
        corrected = {}
    elif corrected:
        decision = Decision.CORRECTED
    return replace(draft, decision=decision, corrected=corrected, reviewed_by=by, reviewed_on=on, reason=reason)


def undecided(draft: Draft) -> Draft:
    """The draft as it was before anybody decided it."""
    return replace(draft, decision=None, corrected={}, reviewed_by="", reviewed_on="", reason="")
