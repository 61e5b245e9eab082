"""Caseloads, their parts and shares, which reports state in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pdu_inspections.reader.figures import DIGITS, NUMBER, PER_CENT, plain_number
from pdu_inspections.reader.footnotes import NOT_STATED, supplier
from pdu_inspections.reader.passages import Passage, sentences
from pdu_inspections.reader.report import Report

_N = rf"(?P<n>(?<![\d.,])(?:\d{{1,3}}(?:,\d{{3}})+|{DIGITS}(?!\d|[.,]\d)))"
_SHARE = rf"(?P<n>{NUMBER}{PER_CENT})"
_ETHNIC = r"(?:black|asian|minority ethnic|ethnic minorit)"
_PEOPLE = r"(?:cases?|orders?|sentences?|people)"
_IS = r"(?:is|was|of|at|stood at|stands at|totalled)"
_ARE = r"(?:(?:were|are|being) )?"
_OF_REGION = r"(?:of|for|across|in) the (?:[\w' -]+? )?region"
_ADD_UP = ("caseload_community", "caseload_licence", "caseload_custody")


@dataclass(frozen=True, slots=True)
class _Rule:
    """A sentence pattern that states a caseload; `holds` must be found in the sentence as well."""

    measure_id: str
    population_id: str
    pattern: re.Pattern[str]
    holds: re.Pattern[str] | None = None


def _rule(measure_id: str, pattern: str, population_id: str = "caseload", holds: str = "") -> _Rule:
    return _Rule(measure_id, population_id, re.compile(pattern, re.I), re.compile(holds, re.I) if holds else None)


_BACKGROUND = (
    _rule("caseload_total", rf"\bcaseload {_OF_REGION}\b[^.\d]*?{_N}", "region"),
    _rule("caseload_total", rf"\bregion(?:'s|al) (?:total )?caseload {_IS}\b[^.\d]*?{_N}", "region"),
    _rule("caseload_total", rf"\bregion (?:has|had) a (?:total )?caseload of\b[^.\d]*?{_N}", "region"),
    _rule("caseload_total", rf"\b(?:with|of which) {_N} (?:of the(?:se)? )?cases {_ARE}managed\b"),
    _rule("caseload_total", rf"\bPDU's (?:total )?caseload (?:accounting for|{_IS})\b[^.\d]*?{_N}"),
    _rule("caseload_total", rf"\b(?:total|overall) caseload\b(?! {_OF_REGION})[^.\d]*?\b{_IS} {_N}"),
    _rule("caseload_total", rf"(?<!region )\b(?:has|had) a (?:total )?caseload of {_N}"),
    _rule("caseload_total", rf"\bcaseload (?:of|for|in) (?:the|this) PDU {_IS} {_N}"),
    _rule("caseload_share_of_wider", rf"{_SHARE}\)? of the region(?:'s|al) (?:total )?(?:cases|caseload)\b"),
    _rule("caseload_community", rf"{_N} {_ARE}(?:on )?community (?:sentence )?{_PEOPLE}\b"),
    _rule("caseload_licence", rf"{_N} {_ARE}(?:on )?(?:post[- ]release )?licen[cs]e(?:s| {_PEOPLE})?\b"),
    _rule(
        "caseload_custody_offender_management",
        rf"{_N} custody cases\b",
        holds=r"prison offender manager|offender management in custody|\bOMIC\b",
    ),
    _rule("caseload_custody", rf"{_N} (?:{_ARE}(?:held )?in custody|custody {_PEOPLE})\b"),
    _rule("caseload_women", rf"{_N} women (?:on probation|(?:in|on) the caseload)"),
    _rule("caseload_women", rf"\bcaseload includes {_N} women\b"),
    _rule(
        "caseload_ethnic_minority",
        rf"{_N} (?:people (?:on probation )?(?:who (?:are|were) |from )?)?(?:an? )?(?:black,? asian|minority ethnic)",
        holds=r"black,? asian|minority ethnic",
    ),
)
_ANYWHERE = (
    _rule("caseload_share_ethnic_minority", rf"{_SHARE} of (?:the |its |this )?caseload\b", holds=_ETHNIC),
    _rule(
        "caseload_share_ethnic_minority", rf"\bcompared (?:with|to) {_SHARE} of people on probation\b", holds=_ETHNIC
    ),
    _rule(
        "caseload_share_women",
        rf"{_SHARE} of (?:the |its |this )?(?:overall )?caseload\b",
        holds=r"\bfemales?\b|\bwomen\b",
    ),
)
_UNPAID = _rule("caseload_unpaid_work", rf"\bcaseload {_IS} {_N}")
_OUTSTANDING = re.compile(
    rf"{_SHARE} of (?:the |all )?(?:unpaid work )?(?:requirements|orders|cases) (?:with|had|have|having) "
    r"hours outstanding (?:beyond|after|for more than|over) (?:12|twelve) months",
    re.I,
)
_WORDS = ("caseload", "cases", "region", "communit", "licen", "custody", "women", "asian", "minority", "on probation")
"""One of these stands in whatever a rule finds."""
_OUTSTANDING_MEASURE = "unpaid_work_outstanding_12_months"
_GOES_ON = re.compile(r"of th(?:ese|is|ose)\b", re.I)
_HEDGED = re.compile(
    r"\b(?:about|approximately|around|almost|nearly|over|under|roughly|some|more than|less than|fewer than) $", re.I
)


def read_caseloads(report: Report) -> None:
    """Caseload figures of the background section, and shares of the caseload anywhere in the report."""
    suppliers = report.suppliers
    for passage in report.passages(report.span("background")):
        _apply(report, passage, _BACKGROUND, suppliers)
    for passage in report.prose():
        if "caseload" in passage.text or "on probation" in passage.text:
            _apply(report, passage, _ANYWHERE, suppliers)
        if "npaid work" in passage.text:
            _read_unpaid_work(report, passage, suppliers)
    _check_sum(report)


def _apply(report: Report, passage: Passage, rules: tuple[_Rule, ...], suppliers: dict[str, str]) -> None:
    source = ""
    for start, end in sentences(passage.text):
        text = passage.text[start:end]
        at_end = supplier(suppliers, passage.marks(end - 1, end)) or ""
        source = at_end or (source if _GOES_ON.match(text) else "")
        for rule, found in _found(text, rules):
            if not report.has("caseloads", measure_id=rule.measure_id, population_id=rule.population_id):
                span = (start + found.start("n"), start + found.end("n"))
                own = supplier(suppliers, passage.marks(*span))
                _add(report, passage, rule, span, own or source or NOT_STATED)


def _found(text: str, rules: tuple[_Rule, ...]) -> Iterator[tuple[_Rule, re.Match[str]]]:
    """Rules that hold for a sentence; each figure goes to the first rule that finds it."""
    taken: set[int] = set()
    low = text.lower()
    if not any(word in low for word in _WORDS):
        return
    for rule in rules:
        if rule.holds is not None and not rule.holds.search(text):
            continue
        for found in rule.pattern.finditer(text):
            if found.start("n") not in taken and not _HEDGED.search(text[: found.start("n")]):
                taken.add(found.start("n"))
                yield rule, found
                break


def _add(report: Report, passage: Passage, rule: _Rule, span: tuple[int, int], source: str) -> None:
    place = passage.place(*span)
    report.add(
        "caseloads",
        place,
        measure_id=rule.measure_id,
        population_id=rule.population_id,
        value=_plain(passage, span),
        unit=report.vocabulary.measures[rule.measure_id]["unit"],
        supplied_by=source,
    )


def _plain(passage: Passage, span: tuple[int, int]) -> str:
    return plain_number(re.sub(rf"{PER_CENT}$", "", passage.text[slice(*span)], flags=re.I))


def _read_unpaid_work(report: Report, passage: Passage, suppliers: dict[str, str]) -> None:
    """The unpaid work caseload, and the share of its requirements with hours outstanding."""
    found = _UNPAID.pattern.search(passage.text)
    if found and not report.has("caseloads", measure_id=_UNPAID.measure_id):
        source = supplier(suppliers, passage.marks(*found.span("n")))
        _add(report, passage, _UNPAID, found.span("n"), source or NOT_STATED)
    outstanding = _OUTSTANDING.search(passage.text)
    if outstanding and not report.has("case_characteristics", measure_id=_OUTSTANDING_MEASURE):
        span = outstanding.span("n")
        place = passage.place(*span)
        report.add(
            "case_characteristics",
            place,
            measure_id=_OUTSTANDING_MEASURE,
            value=_plain(passage, span),
            unit="per_cent",
            value_status="reported",
            supplied_by=supplier(suppliers, passage.marks(*span)) or NOT_STATED,
        )


def _check_sum(report: Report) -> None:
    """A notice where the parts of a caseload do not sum to it."""
    own = {
        row["measure_id"]: row for row in report.reading.rows.get("caseloads", []) if row["population_id"] == "caseload"
    }
    if not {"caseload_total", *_ADD_UP} <= own.keys():
        return
    parts = sum(int(own[measure]["value"]) for measure in _ADD_UP)
    if parts != int(own["caseload_total"]["value"]):
        index = int(own["caseload_total"]["line_number"]) - 1
        report.notice(index, f"the parts of the caseload sum to {parts}, not to {own['caseload_total']['as_printed']}")
