"""Recommendations with their addressees, and progress against those of earlier inspections."""

from __future__ import annotations

import re

from pdu_inspections.reader.dates import MONTH
from pdu_inspections.reader.passages import Passage
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.text import PrintedPlace, normalise, slug
from pdu_inspections.reader.vocabulary import best_match

_ADDRESSEE = re.compile(r"^\W*(?P<who>.*?\S)\s+should(?:\s+ensure(?:\s+that)?)?\s*:?\W*$", re.I)
_ITEM = re.compile(r"^[\s*#_]*(?P<number>[1-9]\d?)\s?[.)]\s+(?=\S)")
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("hmpps", re.compile(r"prison\s+and\s+probation\s+service|\bHMPPS\b", re.I)),
    ("ministry_of_justice", re.compile(r"ministry\s+of\s+justice", re.I)),
    ("probation_board", re.compile(r"\bboard\b", re.I)),
    ("region", re.compile(r"\bregion(?:al)?\b", re.I)),
    ("pdu", re.compile(r"\bPDU\b|probation\s+delivery\s+unit", re.I)),
    ("crc", re.compile(r"\bCRC\b|community\s+rehabilitation\s+company", re.I)),
)
_FROM = re.compile(r"^\W*recommendations?\s+from\s+(?:the\s+)?(?P<source>.+?)[\s:*_]*$", re.I)
_FINDINGS = re.compile(r"^\W*inspection\s+findings?\b", re.I)
_REQUIRED = re.compile(r"\bimprovement\s+(?:is\s+)?(?:still\s+)?required\W+(?P<answer>yes|no)\b", re.I)
_REPORT_WORDS = re.compile(rf"\b(?:inspection\s+)?report\b|\(?\b(?:\d{{1,2}}\s+)?(?:{MONTH}\s+)?20\d{{2}}\)?", re.I)
_YEAR = re.compile(r"\b20\d{2}\b")


def read_recommendations(report: Report, inspection_id: str = "") -> None:
    """Numbered recommendations under the line that says who should act on them."""
    who: tuple[str, str] | None = None
    expected = 1
    lines = report.span("recommendations") or report.span("reasons")
    for index in lines:
        if report.is_blank(index) or index == lines.start:
            continue
        cleaned = report.clean(index)
        addressee = _ADDRESSEE.match(cleaned.text) if len(cleaned.text) < 160 else None
        item = _ITEM.match(cleaned.text)
        if addressee and not item:
            who = _addressee(report, index, addressee["who"])
            report.used.add(index)
        elif item and who is not None and int(item["number"]) in (expected, 1):
            number = str(expected) if int(item["number"]) != expected else item["number"]
            if number != item["number"]:
                report.notice(index, f"recommendation {item['number']} counted as {number}: numbering starts again")
            report.add(
                "recommendations",
                cleaned.place(*item.span("number")),
                inspection_id=inspection_id,
                recommendation_number=number,
                addressee_id=who[0],
                addressee_as_printed=who[1],
            )
            expected += 1
        elif item and who is not None:
            report.notice(index, f"recommendation {item['number']} follows {expected - 1}")
    if expected == 1:
        report.notice(None, "no recommendations found")


def _addressee(report: Report, index: int, printed: str) -> tuple[str, str]:
    """Kind of addressee, and its name as printed."""
    name = " ".join(printed.split()).strip("#* ")
    known = report.vocabulary.addressees
    for kind, pattern in _KINDS:
        if kind in known and pattern.search(name):
            return kind, name
    match = best_match(name, known.items())
    if match is not None and match.accepted:
        return match.id, name
    report.propose("addressees", slug(name), name, index, match)
    return slug(name), name


def read_progress(report: Report) -> None:
    """Judgements of progress, one for each recommendation of an earlier inspection."""
    lines = report.span("progress", "recommendations") or report.span("progress")
    blocks = _blocks(report, lines)
    for number, (source, place, passages) in enumerate(blocks, 1):
        _read_block(report, number, source, place, passages)
    if lines and not blocks:
        report.notice(lines.start, "no earlier recommendations found in the annexe on progress")
    findings = sum(_FINDINGS.match(passage.text) is not None for passage in report.passages(lines))
    if findings != len(blocks):
        report.notice(lines.start, f"{findings} findings on progress, but {len(blocks)} earlier recommendations")


def _blocks(report: Report, lines: range) -> list[tuple[str, PrintedPlace, list[Passage]]]:
    """Passages of each earlier recommendation, headed by the report it comes from and where that is named."""
    blocks: list[tuple[str, PrintedPlace, list[Passage]]] = []
    for passage in report.passages(lines):
        source = _FROM.match(passage.printed.replace("*", " "))
        if source and len(passage.text) < 300:
            report.used.update(piece.line.number - 1 for piece in passage.pieces)
            place = passage.place(source.start("source"), source.end("source"))
            blocks.append((" ".join(source["source"].split()), place, []))
        elif blocks:
            blocks[-1][2].append(passage)
    return blocks


def _read_block(report: Report, number: int, source: str, place: PrintedPlace, passages: list[Passage]) -> None:
    found = _judgement(report, passages)
    first = passages[0].index if passages else None
    if found is None:
        report.notice(first, f"no judgement of progress found for earlier recommendation {number} ({source})")
        return
    judgement, progress_id = found
    year = _YEAR.search(source)
    if year is None:
        report.notice(judgement.index, f"no year found in {source!r}")
    required = next((answer["answer"].lower() for p in passages if (answer := _REQUIRED.search(p.text))), "")
    report.add(
        "recommendation_progress",
        judgement,
        progress_number=str(number),
        source_report=source,
        source_line_number=str(report.lines[place.index].number),
        source_column_number=str(place.column),
        source_as_printed=place.as_printed,
        source_report_year=year.group() if year else "",
        source_organisation_id=_source_organisation(report, judgement.index, source),
        progress_id=progress_id,
        improvement_required=required,
    )


def _judgement(report: Report, passages: list[Passage]) -> tuple[PrintedPlace, str] | None:
    """Place and id of the judgement after 'Categorisation', on a line of its own, or at the end of the findings."""
    pattern = report.vocabulary.progress_pattern
    after = next((i for i, passage in enumerate(passages) if _FINDINGS.match(passage.text)), -1) + 1
    for anchored in (
        rf"\bcategorisation\W+(?P<judgement>{pattern})\b",
        rf"(?:^|[.!?:;]\W+)(?P<judgement>{pattern})\W*$",
    ):
        for passage in passages[::-1][: len(passages) - after or None]:
            found = re.search(anchored, passage.text, re.I)
            if found:
                place = passage.place(found.start("judgement"), found.end("judgement"))
                return place, report.vocabulary.progress[normalise(found["judgement"])]
    return None


def _source_organisation(report: Report, index: int, source: str) -> str:
    """The body an earlier report was about."""
    name = " ".join(_REPORT_WORDS.sub(" ", source).replace("()", " ").split()).strip(" ,-–")
    known = report.vocabulary.organisations
    if normalise(name) in known:
        return known[normalise(name)]
    match = best_match(name, report.vocabulary.spellings)
    report.propose("organisation_aliases", slug(name), name, index, match)
    return slug(name)
