"""Facts about an inspection that reports state in sentences: dates, cases and their split, interviews."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pdu_inspections.reader.dates import DATE_PART, MONTH, PartialDate, complete, parse_date
from pdu_inspections.reader.figures import NUMBER, plain_number
from pdu_inspections.reader.passages import Passage
from pdu_inspections.reader.report import Report

_N = rf"(?P<n>{NUMBER})"
_RISK = r"(?:risk of (?:serious )?harm|RoH|risk)"
_PRACTITIONERS = r"(?:probation practitioners|practitioners|responsible officers|offender managers)"
_LOOKED_AT = r"(?:inspected|examined|reviewed|assessed)"
_NOT_A_PART = r"(?! with unpaid| (?:where|in which) (?:there|review))"
_COMMUNITY = r"community (?:sentence |order )?(?:cases|orders|sentences)"

# For each fact: words one of which its paragraph holds, and the sentences that state it, best first. Paragraphs have
# single spaces.
_COUNTS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        "cases_inspected",
        (" cases", "case assessments"),
        (
            rf"\bwe {_LOOKED_AT} (?:a (?:total|sample) of )?{_N} cases\b{_NOT_A_PART}",
            rf"\bwe completed {_N} case assessments\b",
            rf"\b(?:scrutiny|examination|inspection) of {_N} (?:of the area's )?cases\b",
            rf"\bsample of {_N} (?:domain two )?cases\b",
            rf"\b{_N} cases (?:in total )?were {_LOOKED_AT}\b",
        ),
    ),
    (
        "community_cases",
        (" community ",),
        (rf"\b{_LOOKED_AT} {_N} {_COMMUNITY}\b", rf"\b{_N} {_COMMUNITY} and {NUMBER} post[- ]release\b"),
    ),
    (
        "post_release_cases",
        ("post-release", "post release", "licence", "custodial"),
        (
            rf"\b{_LOOKED_AT} {NUMBER} {_COMMUNITY},? (?:and|as well as) {_N} (?:post[- ]release|licence) "
            r"(?:supervision )?cases\b",
            rf"\b{_COMMUNITY},? (?:and|as well as) {_N} post[- ]release (?:supervision )?cases\b",
            rf"\b{_LOOKED_AT} {_N} post[- ]release (?:supervision )?cases\b",
            rf"\bof the {_N} custodial cases (?:we )?inspected\b",
        ),
    ),
    (
        "court_reports_inspected",
        ("reports",),
        (
            rf"\b{_LOOKED_AT} {_N} (?:relevant )?(?:court|pre-sentence) reports\b",
            rf"\b{_N} (?:relevant |court |pre-sentence )*reports were {_LOOKED_AT}\b",
        ),
    ),
    (
        "unpaid_work_cases",
        ("unpaid work requirements",),
        (rf"\b{_LOOKED_AT} {_N} cases with unpaid work requirements\b",),
    ),
    ("through_the_gate_cases", ("custodial cases",), (rf"\b{_LOOKED_AT} {_N} custodial cases in which\b",)),
    (
        "practitioners_interviewed",
        ("interview",),
        (
            rf"\binterviews with {_N} (?:individual )?{_PRACTITIONERS}\b",
            rf"\b{_N} interviews with (?:individual )?{_PRACTITIONERS}\b",
            rf"\binterviewed {_N} (?:individual )?{_PRACTITIONERS}\b",
            rf"\b{_N} {_PRACTITIONERS} were interviewed\b",
        ),
    ),
    ("meetings_held", (" meetings",), (rf"\b(?:conducted|held) (?:a total of )?{_N} meetings\b",)),
    (
        "user_voice_contacts",
        ("user voice",),
        (
            rf"\bfeedback from {_N} (?:individuals|people|respondents)\b",
            rf"\b(?:contact with|surveyed|consulted(?: with)?|spoke (?:to|with)) {_N} (?:individuals|people)\b",
        ),
    ),
    (
        "user_voice_interviews",
        ("interviews were",),
        (rf"\b{_N} (?:in-depth |individual |face-to-face |one-to-one )+interviews were (?:conducted|held|carried)\b",),
    ),
    (
        "high_risk_cases",
        ("very high", "posing a high"),
        (
            rf"\bthe {_N} (?:cases assessed as )?high(?: ?/ ?| (?:and|or) )very high {_RISK} cases\b",
            rf"\bincluding {_N} (?:cases )?(?:which|that|who) had been assessed as posing a high {_RISK}\b",
        ),
    ),
    (
        "planning_safety_cases",
        ("need to manage",),
        (rf"\bneed to manage {_RISK} (?:better )?in {_N} (?:out )?of the {NUMBER} cases\b",),
    ),
    (
        "reviewing_safety_cases",
        ("review",),
        (rf"\b{_LOOKED_AT} {_N} cases (?:where|in which) [^.]{{0,40}}\breview(?:ing)?\b[^.]{{0,40}}\bsafe\b",),
    ),
    (
        "outcomes_cases",
        ("early outcomes",),
        (rf"\bearly outcomes\b[^.]*\bprogress\b[^.]*?\bin (?:only |just )?{NUMBER} (?:out )?of (?:the )?{_N} cases\b",),
    ),
)
_RANGE = rf"(?P<first>{DATE_PART})\s?(?:to|and|-|until) ?(?:the )?(?P<second>{DATE_PART})"
_START = rf"(?P<first>{DATE_PART})"
# Best first: days before months, a month with its year before one without.
_FIELDWORK: tuple[tuple[str, str], ...] = (
    ("fieldwork", rf"\bfieldwork\b[^.]*?\b(?:between|from) (?:the )?{_RANGE}"),
    ("fieldwork", rf"\bfieldwork\b[^.]*?\bweeks?,? (?:beginning|commencing|starting|of) (?:on )?{_START}"),
    ("fieldwork", rf"\bfieldwork\b[^.]*?(?:\b(?:beginning|commencing|starting)|\bw/c) (?:on )?{_START}"),
    ("fieldwork", rf"\bfieldwork (?:started|began|commenced|took place)\W+(?:in |on )?{_START}"),
    ("took place", rf"\bfollow[- ]up inspection\b.*?\bit took place in {_START}"),
    ("this year", rf"\bwe inspected its performance in {_RANGE} this year\b"),
)
_COVER_LINES = 120
_ANNOUNCED = re.compile(rf"\binspection was (?:formally )?announced (?:on |in )?{_START}", re.I)
_SAMPLE = re.compile(
    rf"\b(?:commenc|start)(?:ed|ing)\b(?: (?:in|during|over|within) (?:\w+ ){{1,4}}weeks?[,:]?)?"
    rf" ?(?:between |from |in |on )?(?:the )?(?P<dates>{DATE_PART}"
    rf"(?:,? ?(?:to|and|-|until)?,? ?(?:and )?(?:between |from )?{DATE_PART}){{0,3}})",
    re.I,
)
_DATES = re.compile(DATE_PART, re.I)
_COMPILED = tuple(
    (fact, re.compile("|".join(map(re.escape, hints))), tuple(re.compile(pattern, re.I) for pattern in patterns))
    for fact, hints, patterns in _COUNTS
)
_FIELDWORK_COMPILED = tuple((word, re.compile(pattern, re.I)) for word, pattern in _FIELDWORK)


def read_counts(report: Report) -> None:
    """Counts of cases, reports, interviews and meetings; the first sentence of the best kind wins."""
    for fact, hints, patterns in _COMPILED:
        passages = [p for p in report.prose() if hints.search(p.folded)]
        found = next(
            (
                (passage, match)
                for pattern in patterns
                for passage in passages
                if (match := pattern.search(passage.text))
            ),
            None,
        )
        if found is None:
            continue
        passage, match = found
        place = passage.place(match.start("n"), match.end("n"))
        report.add("inspection_facts", place, fact=fact, value=plain_number(match["n"]))


@dataclass(frozen=True, slots=True)
class _Dated:
    """A date in a paragraph."""

    passage: Passage
    date: PartialDate
    start: int
    end: int


Phrases = list[list[_Dated]]
"""Phrases that date the fieldwork, best first: its start, and its end where it is printed."""


def fieldwork_year(phrases: Phrases) -> int | None:
    """Year of the first printed day of fieldwork."""
    return phrases[0][0].date.year if phrases else None


def read_dates(report: Report, phrases: Phrases) -> None:
    """Dates of fieldwork, of the announcement, and of the windows the sampled sentences commenced in."""
    if phrases:
        _add_date(report, "fieldwork_start_date", phrases[0][0])
        end = next((dates[1] for dates in phrases if len(dates) > 1), None)
        if end is not None and str(end.date) >= str(phrases[0][0].date)[: len(str(end.date))]:
            _add_date(report, "fieldwork_end_date", end)
    else:
        report.notice(None, "no date of fieldwork found")
    for passage in report.prose():
        announced = _ANNOUNCED.search(passage.text) if "announced" in passage.folded else None
        date = parse_date(announced["first"]) if announced else None
        if announced and date and date.year:
            _add_date(report, "announcement_date", _Dated(passage, date, *announced.span("first")))
            break
    _read_windows(report)


def fieldwork_phrases(report: Report) -> Phrases:
    """Phrases of a report that date its fieldwork."""
    return list(_fieldwork(report))


def _fieldwork(report: Report) -> Iterator[list[_Dated]]:
    year = publication_year(report)
    passages = [p for p in report.prose() if "fieldwork" in p.folded or "inspect" in p.folded]
    for word, pattern in _FIELDWORK_COMPILED:
        for passage in passages:
            match = pattern.search(passage.text) if word in passage.folded else None
            if match is None:
                continue
            names = [name for name in ("first", "second") if name in match.groupdict()]
            dates = [date for name in names if (date := parse_date(match[name]))]
            done = complete(dates, year if "this" in match.group() else None)
            if done and len(done) == len(names):
                yield [_Dated(passage, date, *match.span(name)) for date, name in zip(done, names, strict=True)]
                break


def publication_year(report: Report) -> int | None:
    """Year of the first month printed on the cover."""
    cover = "\n".join(line.text for line in report.lines[:_COVER_LINES])
    found = re.search(rf"{MONTH}\s+((?:19|20)\d{{2}})", cover, re.I)
    return int(found.group(1)) if found else None


def _read_windows(report: Report) -> None:
    for passage in report.prose():
        if "sentence" not in passage.folded and "licence" not in passage.folded:
            continue
        is_hinted = "commenc" in passage.folded or "started between" in passage.folded
        match = _SAMPLE.search(passage.text) if is_hinted else None
        if match is None:
            continue
        offset = match.start("dates")
        parts = [(m, parse_date(m.group())) for m in _DATES.finditer(match["dates"])]
        dates = complete([date for _, date in parts if date])
        if dates is None or len(dates) != len(parts) or len(dates) == 3:
            report.notice(passage.index, f"sample window not understood: {match['dates']!r}")
            return
        spans = [(offset + m.start(), offset + m.end()) for m, _ in parts]
        if len(dates) == 1 and dates[0].precision == "month":
            dates, spans = dates * 2, spans * 2
        names: Iterable[str] = (f"sample_{n}_{end}_date" for n in (1, 2) for end in ("start", "end"))
        for name, date, (start, end) in zip(names, dates, spans, strict=False):
            _add_date(report, name, _Dated(passage, date, start, end))
        return


def _add_date(report: Report, fact: str, found: _Dated) -> None:
    place = found.passage.place(found.start, found.end)
    report.add("inspection_facts", place, fact=fact, value=str(found.date), value_precision=found.date.precision)
