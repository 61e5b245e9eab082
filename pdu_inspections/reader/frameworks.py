"""Which framework a report was made under, by what it prints: never by a default.

Evidence is the kind of body on the cover, the codes and names of standards, the maximum of the score, whether there
are ratings, and the year of the fieldwork. Evidence that disagrees, or that fits no framework, is refused.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.document import Document, Line
from pdu_inspections.reader.inspected_body import Cover
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.text import clean_text, normalise, plain_punctuation
from pdu_inspections.reader.vocabulary import Framework, Standard, Vocabulary

PDU_LONG, PDU_SHORT, CRC, ESI_FOLLOW_UP = "pdu_long", "pdu_short", "crc", "esi_follow_up"
_LAYOUTS = {"crc": CRC, "nps_division": "nps", "region": "region", "nation": "nation", "probation_area": ESI_FOLLOW_UP}
_COVER_LINES = 120
_PUBLISHER = re.compile(r"inspectorate\s+of\s+probation|effective\s+supervision\s+inspection|hmi\s+probation", re.I)
_RATINGS = re.compile(r"\boverall\s+rating\b|\brequires\s+improvement\b")
_QUESTIONS = re.compile(r"\bkey\s+question\b")
_DATA_ANNEXE = re.compile(r"\b(?:inspection\s+data|staffing\s+(?:and\s+workload\s+)?data)$", re.I)
SCORE = re.compile(r"\bscore\b\W{0,8}(?P<points>\d{1,3})\s*(?:/|out\s+of)\s*(?P<most>\d{1,3})\b", re.I)
_LONGEST_SCORE_LINE = 80
_LONGEST_HEADING = 140
_CODED = re.compile(
    r"^[\W_]*(?i:standard\s+)?(?P<letter>[A-Z])?\s?(?P<code>[1-9]\s?\.\s?[1-9])(?!\s?\.?\d)\.?[\s:–-]*(?P<name>[A-Za-z].*)$"
)
_LETTERED = re.compile(r"^[\W_]*(?P<code>[A-Z][1-9])\b[.:)]?\s+(?P<name>[A-Z].*)$")
_MOST_MISPRINTS = 1
_SLACK_YEARS = 1


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing a report prints that tells its framework: in words, its line, and the frameworks it fits."""

    printed: str
    line: int
    frameworks: frozenset[str]


def check_is_report(document: Document) -> None:
    """Raises InputError, saying what the file seems to be, where it is no report of the Inspectorate's."""
    cover = plain_punctuation("\n".join(line.text for line in document.lines[:_COVER_LINES]))
    if not _PUBLISHER.search(cover):
        raise InputError(_no_report(document, "no cover of the Inspectorate in its first lines"))
    low = "\n".join(line.text for line in document.lines).lower()
    is_of_tables = _RATINGS.search(low) or _QUESTIONS.search(low) or "effective supervision inspection" in low
    if not is_of_tables and not re.search(r"\bdynamic inspection\b", low):
        raise InputError(_no_report(document, "no ratings"))


def _no_report(document: Document, found: str) -> Problem:
    start = "\n".join(line.text for line in document.lines[:_COVER_LINES]).lower()
    for words, kind in _OTHER_FILES:
        if words in start:
            found = f"{found}; it seems to be {kind}"
            break
    return Problem(
        document.name,
        "is not an inspection report of a layout the reader knows",
        found=found,
        expected="a report on a PDU, region, CRC, NPS division or the nation, or an Effective Supervision follow-up",
        action="save the whole report as PDF, page, DOCX or text, cover included; a page without its title lacks it",
    )


_OTHER_FILES = (
    ("press release", "a press release"),
    ("youth justice", "a report on youth justice"),
    ("youth offending", "a report on youth justice"),
    ("action plan", "an action plan"),
    ("<html", "the source of a web page: save the page as HTML"),
    ("skip to content", "a web page without its report"),
    ("serious further offence", "a review of a serious further offence"),
    ("thematic", "a thematic inspection"),
    ("annual report", "an annual report"),
)


def check_framework(vocabulary: Vocabulary, named: str | None) -> None:
    """Raises InputError where a person names a framework that the vocabulary does not have."""
    if named is not None and named not in vocabulary.frameworks:
        known = ", ".join(vocabulary.frameworks)
        raise InputError(Problem("--framework", "is not a known framework", found=named, expected=f"one of {known}"))


def settle_framework(report: Report, cover: Cover, date: str, named: str | None = None) -> Framework:
    """The framework of a report.

    date: of the fieldwork, or else of publication. named: the one a person names, where the report leaves several open.

    Raises InputError where the evidence disagrees, fits none, or leaves several open.
    """
    frameworks = report.vocabulary.frameworks
    possible = set(frameworks)
    evidence = list(_evidence(report, cover, date))
    for one in evidence:
        possible &= one.frameworks
    if len(possible) > 1 and named in possible:
        possible = {named}
    if len(possible) == 1 and named in (None, *possible):
        return frameworks[next(iter(possible))]
    raise InputError(_unsettled(report, evidence, possible, named))


def _unsettled(
    report: Report, evidence: Sequence[Evidence], possible: Collection[str], named: str | None
) -> list[Problem]:
    """What is wrong with the evidence, one problem for each piece of it, each with its line and what it fits."""
    unknown = [one for one in evidence if not one.frameworks]
    if unknown:
        message = "was made under a framework the reader does not know"
        action = (
            "check the figure in the line named; if it is so, add the framework, its standards and its questions "
            "to seeds/reference (CONTRIBUTING.md), and send the page's address"
        )
        pieces = unknown
    elif possible and named is None:
        message = "does not tell the framework it was made under"
        action = f"name the framework: pdu read --framework {' or '.join(sorted(possible))}"
        pieces = list(evidence)
    else:
        message = "prints evidence of different frameworks"
        action = (
            "check that the file is one report, as published, and that its score, codes and names of standards are "
            "printed so; nothing was read"
        )
        pieces = _contradiction(evidence) if not possible else list(evidence)
        if possible and named is not None:
            pieces = [*pieces, Evidence(f"named: {named}", 0, frozenset({named}))]
    problems = []
    for number, one in enumerate(pieces):
        fits = ", ".join(sorted(one.frameworks)) or f"one of {', '.join(report.vocabulary.frameworks)}"
        expected = f"one framework; this fits {fits}" if one.frameworks else fits
        todo = action if number == len(pieces) - 1 else None
        problems.append(Problem(report.source.name, message, one.line or None, None, one.printed, expected, todo))
    return problems


def _contradiction(evidence: Sequence[Evidence]) -> list[Evidence]:
    """Two pieces of evidence that no framework fits both, or all where no two contradict each other."""
    pairs = ([one, other] for one, other in combinations(evidence, 2) if not one.frameworks & other.frameworks)
    return next(pairs, list(evidence))


def _evidence(report: Report, cover: Cover, date: str) -> Iterator[Evidence]:
    frameworks = report.vocabulary.frameworks
    line = cover.body_place.index + 1
    of_kind = frozenset(f.framework_id for f in frameworks.values() if f.organisation_type == cover.kind)
    yield Evidence(f"body {' '.join(cover.body.split())!r}", line, of_kind)
    rated = frozenset(s.framework_id for s in report.vocabulary.standards.values() if s.is_rated and s.framework_id)
    if cover.is_follow_up:
        return
    if cover.kind in ("region", "nation"):
        low = "\n".join(one.text for one in report.lines).lower()
        if cover.is_dynamic:
            yield Evidence("title of a dynamic inspection", line, frozenset(frameworks) - rated)
        elif _RATINGS.search(low):
            yield Evidence("ratings", 0, rated)
    yield from _evidence_of_names(report)
    yield from _evidence_of_score(report, rated)
    in_use = frozenset(f.framework_id for f in frameworks.values() if f.is_in_use(date, _SLACK_YEARS))
    yield Evidence(f"fieldwork or publication in {date}", 0, in_use)


def _evidence_of_score(report: Report, rated: frozenset[str]) -> Iterator[Evidence]:
    """The maximum of the printed score; a framework whose maximum nobody knows fits any."""
    found = find_score(report)
    if found is None:
        return
    index, score = found
    known = {f.framework_id for f in report.vocabulary.frameworks.values() if f.score_max == int(score["most"])}
    open_ones = {f.framework_id for f in report.vocabulary.frameworks.values() if f.score_max is None} & rated
    yield Evidence(f"score out of {score['most']}", index + 1, frozenset(known | open_ones) if known else frozenset())


def find_score(report: Report) -> tuple[int, re.Match[str]] | None:
    """Line and match of the overall score, the ratings page before the rest; in a short line, since sentences name the
    scores of other inspections too."""
    for lines in (report.span("ratings"), range(report.sections.contents.stop, len(report.lines))):
        for index in lines:
            text = report.clean(index).text
            score = SCORE.search(text) if len(text) <= _LONGEST_SCORE_LINE else None
            if score is not None:
                return index, score
    return None


def _evidence_of_names(report: Report) -> Iterator[Evidence]:
    """Codes with names of standards: the frameworks that have most of them, all but a misprint."""
    vocabulary = report.vocabulary
    printed = _coded_names(report.lines)
    letters = {standard.letter for standard in vocabulary.standards.values()}
    for (letter, code, name), line in printed.items():
        if letter and letter not in letters and _fitting(vocabulary, "", code, name):
            yield Evidence(f"standard {_shown((letter, code, name))}", line, frozenset())
    known = {key: found for key in printed if (found := _fitting(vocabulary, *key))}
    counts = {f: sum(f in found for found in known.values()) for f in vocabulary.frameworks}
    best = max(counts.values(), default=0)
    if not best:
        return
    leading = frozenset(f for f, count in counts.items() if count == best)
    against = [key for key, found in known.items() if not found & leading]
    examples = [key for key in known if key not in against][:3]
    yield Evidence(f"standards {', '.join(map(_shown, examples))}", printed[examples[0]], leading)
    if len(against) > _MOST_MISPRINTS and 3 * len(against) > best:
        others = frozenset.intersection(*(known[key] for key in against)) or known[against[0]]
        yield Evidence(f"standards {', '.join(map(_shown, against[:3]))}", printed[against[0]], others)


def _shown(key: tuple[str, str, str]) -> str:
    return repr(" ".join(part for part in key if part))


def _coded_names(lines: Sequence[Line]) -> dict[tuple[str, str, str], int]:
    """Letter, code and name of the headings of standards, with the line each first stands on."""
    found: dict[tuple[str, str, str], int] = {}
    for line in lines:
        text = clean_text(line).text if len(line.text) <= _LONGEST_HEADING else ""
        coded = _CODED.match(text) or _LETTERED.match(text)
        if coded is not None:
            letter = coded.groupdict().get("letter") or ""
            name = normalise(coded["name"].partition("\t")[0])
            found.setdefault((letter, re.sub(r"\s", "", coded["code"]), name), line.number)
    return found


def _fitting(vocabulary: Vocabulary, letter: str, code: str, name: str) -> frozenset[str]:
    """Frameworks with a standard of this code and name."""
    return frozenset(
        standard.framework_id
        for standard in vocabulary.standards.values()
        if standard.digits == code and letter in ("", standard.letter) and _is_named(vocabulary, standard, name)
    )


def _is_named(vocabulary: Vocabulary, standard: Standard, name: str) -> bool:
    own = normalise(standard.name)
    if name == own or name.startswith(f"{own} "):
        return True
    questions = (q for q in vocabulary.questions.values() if q.standard_id == standard.standard_id)
    return any(name.startswith(normalise(question.text)) for question in questions)


def layout_of(report: Report, framework: Framework, cover: Cover) -> str:
    """Form of a report: the short form of PDU reports has no annexes of data."""
    if cover.is_dynamic or framework.framework_id.startswith("dynamic"):
        return "dynamic"
    if framework.organisation_type != "pdu":
        return _LAYOUTS[framework.organisation_type]
    headings = (clean_text(line).text.strip(" #*|.0123456789\t") for line in report.lines if len(line.text) < 100)
    return PDU_LONG if any(_DATA_ANNEXE.search(heading) for heading in headings) else PDU_SHORT
