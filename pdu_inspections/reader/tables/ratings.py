"""Ratings in every place they are printed, the score, discretion footnotes, and rating bands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pdu_inspections.reader.passages import Passage
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.standard_headings import Heading, heading_text, plain_text, rows_since
from pdu_inspections.reader.table_rows import LabelledRow
from pdu_inspections.reader.text import CleanText, PrintedPlace, normalise, plain_punctuation

OVERALL = "overall"
_OVERALL_RATING = "overall rating"
_LEADS = ("", "rated", "rated as", "rating")
"""What a rating that stands alone may have before it."""
_LINES_AFTER_HEADING = 14
_LINES_AFTER_OVERALL = 6
_TEXTS_AFTER_HEADING = 5
_SCORE = re.compile(r"\bscore\b\W{0,8}(?P<points>\d{1,2})\s*(?:/|out\s+of)\s*(?P<most>\d{2})\b", re.I)
_DISCRETION = re.compile(r"\bprofessional discretion\b|\bdiscretion\b", re.I)
_NOTE_MARK = re.compile(r"\s*\[?(\d{1,3})\]?[\s.:]")
_DISCRETION_ABOUT = re.compile(r"\b(?:score|rating|judg[e]?ment)s?\s+(?:for|of|on)\s+(?P<name>[^,.;]+)", re.I)
_LONGEST_BAND = 120
_LONGEST_STATEMENT = 120
_RATED = (
    r"\b(?:this standard (?:is|was|has been) rated(?: as)?"
    r"|(?:our|the) rating(?: (?:for|of) this standard)?(?: is| was)?:?)"
)
_BAND = re.compile(
    r"(?P<below>(?:<|less\s+than|under|below)\s*(?P<below_high>\d+)\s?%?)"
    r"|(?P<range>(?P<low>\d+)\s?%?\s*(?:[-]|to)\s*(?P<high>\d+)\s?%)"
    r"|(?P<above>(?:(?P<above_low>\d+)\s?%\s*(?:\+|(?:and|or)\s+(?:over|above|more))|(?:≥|over)\s*(?P<over_low>\d+)\s?%?))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _PrintedRating:
    """A rating and where it is printed."""

    at: PrintedPlace
    rating_id: str


def read_ratings(report: Report, headings: Sequence[Heading]) -> None:
    """Ratings of the standards and overall, in the summary, the chapters and the annexe of results."""
    starts = [heading.index for heading in headings]
    _read_overall(report, starts)
    for heading in headings:
        if heading.standard.is_rated:
            _read_standard(report, heading, _stop(report, starts, heading.index, _LINES_AFTER_HEADING))
    if report.is_workbook and not report.reading.rows.get("ratings"):
        return
    missing: dict[str, list[str]] = {}
    for standard in report.vocabulary.framework_standards(report.framework_id):
        found = [row for row in report.reading.rows.get("ratings", []) if row["standard_id"] == standard.standard_id]
        for place in ("summary",) if report.is_workbook else ("summary", "chapter"):
            if standard.is_rated and place not in {row["place"] for row in found}:
                missing.setdefault(place, []).append(f"{standard.code} {standard.name}")
        if len({row["rating_id"] for row in found}) > 1:
            places = ", ".join(f"{row['as_printed']} in the {row['place']}" for row in found)
            report.notice(None, f"ratings of {standard.code} {standard.name} disagree: {places}")
    for place, names in missing.items():
        report.notice(None, f"no rating found in the {place} of {', '.join(names)}")


def _stop(report: Report, starts: Sequence[int], index: int, most_lines: int) -> int:
    """Where to stop looking for the rating of what a line heads: at the next standard's heading."""
    return min([index + most_lines, len(report.lines), *(start for start in starts if start > index)])


def _read_overall(report: Report, starts: Sequence[int]) -> None:
    lines = report.span("ratings") or range(len(report.lines))
    for index in lines:
        text = report.clean(index).text
        if normalise(text).startswith("overall rating") and len(text) < 80:
            cleaned = report.clean(index)
            stop = _stop(report, starts, index, _LINES_AFTER_OVERALL)
            found = _at_end(report, cleaned, _OVERALL_RATING) or _below(report, index, stop, "")
            if found:
                report.used.add(index)
                _add(report, found, OVERALL, "summary", None)
                break
    else:
        if not report.is_workbook:
            report.notice(None, "no overall rating found")
    for index in lines:
        cleaned = report.clean(index)
        score = _SCORE.search(cleaned.text)
        if score:
            place = cleaned.place(score.start("points"), score.end("most"))
            report.add("inspection_facts", place, fact="score", value=f"{score['points']}/{score['most']}")
            break


def _read_standard(report: Report, heading: Heading, stop: int) -> None:
    place = report.place(heading.index)
    cleaned = report.clean(heading.index)
    found = _at_end(report, cleaned, heading.standard.text, heading.rest) or _below(
        report, heading.index, stop, heading.standard.text
    )
    if found is None:
        return
    report.used.add(heading.index)
    _add(report, found, heading.standard.standard_id, place, _table(report, heading, found.at.index, place))


def _add(report: Report, found: _PrintedRating, standard_id: str, place: str, table: tuple[str, int] | None) -> None:
    report.add(
        "ratings",
        found.at,
        table_name=table[0] if table else "",
        row_number=table[1] if table else None,
        place=place,
        standard_id=standard_id,
        rating_id=found.rating_id,
    )


def _table(report: Report, heading: Heading, index: int, place: str) -> tuple[str, int] | None:
    """Table a rating stands in and its row there; None where it stands in no table.

    On the ratings page the rows of several standards share the heading above them; elsewhere a standard's heading
    is the table's.
    """
    row = report.row(index)
    if row is None or not row.is_separated:
        return None
    if place != "summary" or index != heading.index:
        return heading_text(report, heading), rows_since(report, heading.index, index)
    above = index
    while above > 0 and (report.is_blank(above) or report.row(above) is not None):
        above -= 1
    return plain_text(report.clean(above)), rows_since(report, above, index)


def _at_end(report: Report, cleaned: CleanText, before: str, start: int = 0) -> _PrintedRating | None:
    """A rating that ends a line: alone, in a cell, after a sentence, or after the wording of its standard."""
    found = re.search(rf"(?P<rating>\b(?:{report.vocabulary.rating_pattern}))[\s\W]*$", cleaned.text[start:], re.I)
    if found is None:
        return None
    begin = start + found.start("rating")
    lead = cleaned.text[start:begin].rstrip(" ")
    words = normalise(lead)
    is_of_the_whole = words.startswith("overall") and before not in ("", _OVERALL_RATING)
    if is_of_the_whole or _BAND.search(plain_punctuation(lead)):
        return None
    stands_alone = words in _LEADS or lead[-1:] in "\t|.!?:–—" or words.endswith(normalise(before)[-30:])
    if not stands_alone or (words != normalise(before) and words in _standard_texts(report)):
        return None
    place = cleaned.place(begin, start + found.end("rating"))
    return _PrintedRating(place, report.vocabulary.ratings[normalise(found["rating"])])


def _standard_texts(report: Report) -> set[str]:
    """Comparison keys of the wordings of the framework's standards: a rating after one is that standard's."""
    return {normalise(standard.text) for standard in report.vocabulary.framework_standards(report.framework_id)}


def _below(report: Report, index: int, stop: int, before: str) -> _PrintedRating | None:
    """The first rating that ends one of the few lines below a heading."""
    seen = 0
    for below in range(index + 1, stop):
        if report.is_blank(below):
            continue
        if normalise(report.clean(below).text).startswith("overall rating"):
            stop = below
            break
        found = _at_end(report, report.clean(below), before)
        if found:
            return found
        seen += 1
        if seen == _TEXTS_AFTER_HEADING:
            break
    for passage in report.passages(range(index + 1, stop)):
        stated = _in_sentence(report, passage)
        if stated is not None:
            return stated
        found_here = re.search(
            rf"(?:^|[.!?]\s)\W*(?P<rating>{report.vocabulary.rating_pattern})\W*$", passage.text, re.I
        )
        if found_here and normalise(passage.text[: found_here.start("rating")]) not in _standard_texts(report) - {
            normalise(before)
        }:
            place = passage.place(found_here.start("rating"), found_here.end("rating"))
            return _PrintedRating(place, report.vocabulary.ratings[normalise(found_here["rating"])])
    return None


def _in_sentence(report: Report, passage: Passage) -> _PrintedRating | None:
    """The rating that a short sentence gives the standard it stands under, where it names no other."""
    pattern = report.vocabulary.rating_pattern
    if len(passage.text) > _LONGEST_STATEMENT or len(re.findall(pattern, passage.text, re.I)) != 1:
        return None
    found = re.search(rf"{_RATED}\W{{0,3}}(?P<rating>\b(?:{pattern}))\b\W*$", passage.text, re.I)
    if found is None:
        return None
    place = passage.place(*found.span("rating"))
    return _PrintedRating(place, report.vocabulary.ratings[normalise(found["rating"])])


def read_discretions(report: Report) -> None:
    """Footnotes that say a rating was set by professional discretion."""
    for passage in report.prose():
        word = _DISCRETION.search(passage.text) if "discretion" in passage.folded else None
        mark = _note_mark(passage) if word else None
        if word is None or mark is None:
            continue
        standard_id = _by_mark(report, passage.index, mark) or _by_name(report, passage.text)
        if standard_id is None:
            report.notice(passage.index, "a footnote speaks of discretion, but not of which standard")
            continue
        place = passage.place(*word.span())
        report.add("rating_discretions", place, standard_id=standard_id, footnote_mark=mark)


def _note_mark(passage: Passage) -> str | None:
    """Mark of the footnote a paragraph is."""
    marks = passage.pieces[0].marks
    if marks and marks[0].at == 0:
        return marks[0].number
    plain = _NOTE_MARK.match(passage.text)
    return plain.group(1) if plain else None


def _by_mark(report: Report, note: int, mark: str) -> str | None:
    """Standard of the rating a footnote mark sticks to."""
    for row in report.reading.rows.get("ratings", []):
        index = int(row["line_number"]) - 1
        if index == note:
            continue
        if any(one.number == mark for one in report.clean(index).marks):
            return row["standard_id"]
    return None


def _by_name(report: Report, text: str) -> str | None:
    """Standard a discretion footnote names."""
    names = {normalise(s.name): s.standard_id for s in report.vocabulary.framework_standards(report.framework_id)}
    for found in _DISCRETION_ABOUT.finditer(text):
        if normalise(found["name"]) in names:
            return names[normalise(found["name"])]
    return None


def read_bands(report: Report) -> None:
    """The table of rating bands, where a report prints one."""
    rows: list[tuple[LabelledRow, re.Match[str], CleanText, str]] = []
    for index in range(len(report.lines)):
        text = report.lines[index].text
        is_likely = len(text) < _LONGEST_BAND and ("%" in text or "per cent" in text)
        row = report.row(index) if is_likely else None
        if row is None or not row.is_separated:
            continue
        rating_id = next(
            (report.vocabulary.ratings.get(normalise(cell.text)) for cell in row.cells[::-1] if normalise(cell.text)),
            None,
        )
        if rating_id is None:
            continue
        for cell in row.cells[:-1]:
            band = _BAND.search(plain_punctuation(cell.text))
            if band:
                rows.append((row, band, cell, rating_id))
                break
    for number, (_, band, cell, rating_id) in enumerate(rows, 1):
        low = band["low"] or band["above_low"] or band["over_low"] or ""
        high = band["high"] or band["below_high"] or ""
        report.add(
            "rating_bands",
            cell.place(*band.span()),
            table_name=_header_above(report, rows[0][0].index),
            row_number=number,
            rating_id=rating_id,
            low_pct=low,
            high_pct=high,
        )


def _header_above(report: Report, index: int) -> str:
    """Header row of a table, cells joined by a dash."""
    for above in range(index - 1, max(index - 3, -1), -1):
        row = report.row(above)
        if row is not None and row.is_separated:
            report.used.add(above)
            return " – ".join(" ".join(cell.text.split()) for cell in row.cells if cell.text.strip())
    return ""
