"""Rows of reported_figures proposed from the candidates of a report, with what each of their fields rests on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pdu_inspections.reader.frameworks import ESI_FOLLOW_UP
from pdu_inspections.reader.prose.context import Cues, cue, first, first_at_start
from pdu_inspections.reader.prose.questions import JUDGED, heading_standard, known_results, match_question, stems
from pdu_inspections.reader.prose.results import TABLE, Candidate, ProseReading
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.standard_headings import standard_headings
from pdu_inspections.reader.vocabulary import SeedRow

_NUMBERS = ("value", "unit", "numerator_n", "denominator_n", "value_pct")
_REPEATED = (
    "population_id", "case_group_id", "question_id", "measure_id", "grade_id", "comparator_kind",
)  # fmt: skip
"""What a figure in the foreword or an annexe takes from where the chapters print it."""
_SAME_WORDS = 0.5
_OF_NO_STANDARD = re.compile(r"\b(?:people\s+on\s+probation|service\s+users?|diversity)\b")
"""Headings within a chapter that end the standard above them."""
_COMPARED_BEFORE: Cues = (
    cue("earlier_inspection", r"\b(?:last|previous|earlier|original|first)\s+(?:inspection|report)\b[^.;]{0,40}$"),
    cue(
        "earlier_date",
        r"\bunification\b[^.;,]{0,12}\bfigures?\s+(?:was|were)\s+$|\bcompared\s+(?:to|with)\s+(?:19|20)\d\d\b",
    ),
    cue("target", r"\btargets?\b[^.;,]{0,30}$|\bshould\s+(?:[a-z]+\s+){0,8}every\s+$"),
    cue("other_group", r"\b(?:compared\s+(?:to|with)|against)\s+(?:[a-z]+\s+){0,3}$"),
)
_COMPARED_AFTER: Cues = (
    cue(
        "earlier_inspection",
        r"[^.;,]{0,40}\b(?:at|in|from|since)\s+(?:the|our)\s+(?:last|previous|earlier|original)\s+(?:inspection|report)",
    ),
    cue(
        "earlier_date",
        r"[^.;,\d]{0,20}\b(?:at|before)\s+(?:the\s+(?:point|time)\s+of\s+)?unification|\s+(?:days\s+)?in\s+[a-z]+\s+20\d\d\s+and\b",
    ),
    cue("target", r"[^.;,]{0,20}\btarget\b"),
)
_JOINED = re.compile(r"\s*(?:days\s+)?(?:in\s+[a-z]+\s+20\d\d\s+)?(?:and|to)\s+")
_YEAR_AFTER = re.compile(r"\s+(?:in|at)\s+(?:19|20)\d\d\b")
_WIDER = frozenset({"region", "england_and_wales", "all_crcs"})
"""Populations that are there to be compared with: no comparator says it again."""
_OF_STAFF = re.compile(r"\bstaff\b|\bworkforce\b")
_SHARES_OF_ALL = ("caseload_share_women", "caseload_share_ethnic_minority")


def candidate_rows(report: Report, reading: ProseReading) -> tuple[list[SeedRow], list[dict[str, str]]]:
    """Candidates with every column of reported_figures, the description left empty; the evidence of each."""
    names = report.vocabulary.contract[TABLE].column_names
    headings = standard_headings(report) if report.framework_id else []
    results = known_results(report)
    rows: list[SeedRow] = []
    evidence: list[dict[str, str]] = []
    for candidate in reading.candidates:
        index = candidate.line_number - 1
        page = report.lines[index].page
        section = report.sections.at(index)
        values = candidate.values() | {
            "inspection_id": report.inspection_id,
            "document_id": report.source.document_id,
            "section": section.title,
            "page_from": str(page) if page else section.page_from,
            "page_to": str(page) if page else section.page_to,
        }
        heading = "" if _OF_NO_STANDARD.search(candidate.words.heading) else heading_standard(report, headings, index)
        values["standard_id"] = heading
        match = match_question(candidate, values["population_id"], heading, results)
        rests_on = evidence_of_words(candidate)
        if values["measure_id"] == "caseload_total":
            values["unit"] = "cases"
        values["comparator_kind"], rests_on["comparator_kind"] = _comparator(
            candidate, values, rows[-1] if rows else None, report.layout == ESI_FOLLOW_UP
        )
        rests_on["question_id"] = _no_question(candidate, values["population_id"])
        if match is not None:
            values["question_id"], rests_on["question_id"] = match.result.question_id, match.evidence
            if match.is_clear and values["polarity"] != "neutral":
                values["polarity"], rests_on["polarity"] = "success" if match.is_yes else "failure", match.evidence
        rows.append({name: values.get(name, "") for name in names})
        evidence.append(rests_on)
    for number, row in enumerate(rows):
        same = _find_same(number, reading.candidates, rows) if not row["standard_id"] else None
        if same is not None:
            row |= {name: same[name] for name in _REPEATED}
            evidence[number] = evidence[number] | dict.fromkeys(_REPEATED, "the same figure elsewhere")
    return rows, evidence


def evidence_of_words(candidate: Candidate) -> dict[str, str]:
    """What the values rest on that the sentence itself gives, by column."""
    figure, about = candidate.figure, candidate.subject
    kind = "a value" if figure.unit else "a count of a base" if figure.numerator is not None else "a share"
    is_of_base = figure.percent is not None and figure.numerator is None and figure.denominator is not None
    is_judged = "judged work" if about.population_id in JUDGED else "others"
    group = about.case_group_id if about.case_group_id in ("all", "relevant") else "a group named"
    named = "a share" if figure.is_share else "a count"
    return {
        "value": f"printed: {kind}",
        "denominator_n": "a base named before" if is_of_base else "as printed",
        "hedge_id": "a word before it" if figure.hedge else "no word before it",
        "population_id": f"{about.population_evidence}: {about.population_id}",
        "case_group_id": f"{group}: {named} of {is_judged}",
        "polarity": f"{about.polarity_evidence}: {named} of {is_judged}",
        "measure_id": "words of the measure" if about.measure_id else f"no words of a measure: {named}",
        "grade_id": "no grade" if not about.grade_id else "all" if about.grade_id == "all" else "a grade named",
    }


def _no_question(candidate: Candidate, population_id: str) -> str:
    if population_id in JUDGED and candidate.figure.is_share:
        return "no question: a share of judged work"
    return "no question: other figures"


def _comparator(candidate: Candidate, values: SeedRow, previous: SeedRow | None, is_follow_up: bool) -> tuple[str, str]:
    """What a figure is there to be compared with, and what tells it."""
    words, figure = candidate.words, candidate.figure
    if values["population_id"] in _WIDER:
        return "", "its population"
    if previous is not None and previous["comparator_kind"] and _JOINED.fullmatch(words.near_before):
        return previous["comparator_kind"], "the figure before it"
    found = first_at_start(_COMPARED_AFTER, words.near_after) or first(_COMPARED_BEFORE, words.near_before)
    if is_follow_up and figure.is_share and (found == "other_group" or _YEAR_AFTER.match(words.near_after)):
        return "earlier_inspection", "words of comparison"
    if found:
        return found, "words of comparison"
    if figure.unit == "cases_per_officer" and values["population_id"] == "provider_data":
        return "target", "its population"
    if values["measure_id"] in _SHARES_OF_ALL and _OF_STAFF.search(words.sentence):
        return "other_group", "its measure"
    return "", "no word of comparison"


def _find_same(number: int, candidates: Sequence[Candidate], rows: Sequence[SeedRow]) -> SeedRow | None:
    """Another row of the same figure: the same numbers in much the same words, under the heading of a standard."""
    own, row = stems(candidates[number].words.near), rows[number]
    if not (candidates[number].figure.is_share or row["measure_id"]):
        return None
    for other, earlier in zip(candidates, rows, strict=True):
        if earlier is row or earlier["line_number"] == row["line_number"] or not earlier["standard_id"]:
            continue
        if all(earlier[name] == row[name] for name in (*_NUMBERS, "polarity")):
            theirs = stems(other.words.near)
            if len(own & theirs) >= max(2, _SAME_WORDS * min(len(own), len(theirs))):
                return earlier
    return None
