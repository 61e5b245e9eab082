"""The page of contextual facts in CRC reports: figures with their captions, comparators and targets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pdu_inspections.reader.figures import DIGITS, CellFigure, cell_figure, plain_number
from pdu_inspections.reader.footnotes import NOT_STATED, supplier
from pdu_inspections.reader.passages import Passage, join_lines
from pdu_inspections.reader.report import Report
from pdu_inspections.reader.standard_headings import Heading
from pdu_inspections.reader.text import CleanText, slug
from pdu_inspections.reader.vocabulary import ACCEPT_SCORE, Match, best_match

_V = rf"(?P<n>{DIGITS})\s?(?:%|per\s?cent)"
_COMPARATOR = re.compile(
    rf"\b(?:performance\s+)?(?:figure|average|rate)\s+for\s+(?:all\s+(?:of\s+)?)?(?P<whom>England\s+and\s+Wales|CRCs)\b[^.\d]*?{_V}",
    re.I,
)
_TARGET = re.compile(rf"\btarget\s+(?:of|was|is)\s+{_V}", re.I)
_ALL_CRCS = re.compile(r"\bby\s+CRCs\b|\ball\s+CRCs\b")
_THIS = "this CRC"
_CLEARLY_BETTER = 1.25


def read_contextual_facts(report: Report, headings: Sequence[Heading]) -> None:
    """Each figure that stands alone with its caption, and the comparator and target the caption goes on with."""
    span = report.span("contextual", "facts")
    suppliers = report.suppliers
    stop = min([span.stop, *(heading.index for heading in headings if heading.index > span.start)])
    facts = _pair_with_captions(report, _items(report, range(span.start + 1, stop))) if span else []
    has_caption = True
    for number, (given, captions) in enumerate(facts, 1):
        index = given[0].line.number - 1
        if not has_caption:
            report.notice(index, "the figure before this one has no known caption: this one's may be meant for it")
        has_caption = _add(report, given, captions, number, suppliers)
        known = [caption for caption in captions if (match := _match(report, caption.text)) and match.accepted]
        if len(known) > 1:
            report.notice(known[1].index, f"a caption without a figure of its own: {known[1].printed[:80]!r}")
    if not facts:
        report.notice(None, "no contextual facts found")


_DetachedFigure = tuple[CleanText, CellFigure]
_Fact = tuple[_DetachedFigure, list[Passage]]


def _items(report: Report, lines: range) -> Iterator[_DetachedFigure | Passage]:
    """Figures that stand alone, in a line or a cell, and the paragraphs and cells of words between them."""
    block: list[int] = []
    for index in lines:
        row = report.row(index)
        if row is not None and row.is_tabbed and row.label.endswith("?"):
            continue
        cells = row.cells if row is not None and row.is_tabbed else (report.clean(index),)
        figures = [(cell, figure) for cell in cells if (figure := cell_figure(cell.text))]
        if not figures and len(cells) == 1 and not report.is_blank(index):
            block.append(index)
            continue
        yield from report.passages(range(block[0], block[-1] + 1)) if block else ()
        block = []
        if report.is_blank(index):
            continue
        for cell in cells:
            figure = cell_figure(cell.text)
            if figure is not None:
                yield cell, figure
            elif cell.text.strip():
                yield join_lines((cell,))
    yield from report.passages(range(block[0], block[-1] + 1)) if block else ()


def _pair_with_captions(report: Report, items: Iterable[_DetachedFigure | Passage]) -> list[_Fact]:
    """Each figure with its captions: those below it or those above it, whichever the known captions fit better."""
    listed = [item for item in items if not (isinstance(item, Passage) and _is_footnote(item))]
    below, above = list(_captions_after(listed)), list(_captions_after(listed[::-1]))[::-1]
    fits_below, fits_above = (sum(_fit(report, fact) for fact in facts) for facts in (below, above))
    if fits_above <= fits_below * _CLEARLY_BETTER:
        return below
    report.notice(above[0][0][0].line.number - 1, "captions of contextual facts taken to stand above their figures")
    return above


def _captions_after(items: Sequence[_DetachedFigure | Passage]) -> Iterator[_Fact]:
    """Each figure with the captions between it and the next figure."""
    given: _DetachedFigure | None = None
    captions: list[Passage] = []
    for item in items:
        if isinstance(item, Passage):
            captions.append(item)
            continue
        if given is not None:
            yield given, captions
        given, captions = item, []
    if given is not None:
        yield given, captions


def _fit(report: Report, fact: _Fact) -> float:
    """How well a figure and its captions go together; a percentage with a caption of a count does not at all."""
    (_, figure), captions = fact
    caption = _likeliest(report, captions)
    match = _match(report, caption.text) if caption else None
    if match is None:
        return 0.0
    return match.score if _has_unit_of(report, figure, match.id) else -1.0


def _has_unit_of(report: Report, figure: CellFigure, measure_id: str) -> bool:
    """Whether a percentage stands for a share, and a plain number for a count."""
    return (figure.unit == "per_cent") == (report.vocabulary.measures[measure_id]["unit"] == "per_cent")


def _is_footnote(passage: Passage) -> bool:
    marks = passage.pieces[0].marks
    return bool(marks) and marks[0].at == 0


def _add(
    report: Report, given: _DetachedFigure, captions: list[Passage], number: int, suppliers: dict[str, str]
) -> bool:
    """Adds a fact with its comparator and target; returns whether its caption is a known one."""
    cleaned, figure = given
    caption = _likeliest(report, captions)
    match = _match(report, caption.text) if caption else None
    index = cleaned.line.number - 1
    is_fit = match is not None and match.accepted and _has_unit_of(report, figure, match.id)
    if caption is None or match is None or not is_fit:
        wording = _first_sentence(caption.printed) if caption else ""
        report.propose("measure_labels", slug(wording), wording, index, match)
        return False
    if match.score < 1.0:
        report.notice(index, f"{caption.text[:80]!r} taken for {match.wording!r} (likeness {match.score:.2f})")
    marks = [mark.number for piece in caption.pieces for mark in piece.marks]
    common = {
        "measure_id": match.id,
        "unit": report.vocabulary.measures[match.id]["unit"],
        "supplied_by": supplier(suppliers, marks) or NOT_STATED,
    }
    title = report.sections.at(index).title
    place = cleaned.place(figure.start, figure.end)
    whom = "all_crcs" if _ALL_CRCS.search(_first_sentence(caption.text)) else "caseload"
    report.used.update(piece.line.number - 1 for piece in caption.pieces)
    report.add(
        "contextual_facts", place, table_name=title, row_number=number,
        population_id=whom, figure_role="value", value=figure.value, **common,
    )  # fmt: skip
    for role, pattern in (("comparator", _COMPARATOR), ("target", _TARGET)):
        found = pattern.search(caption.text)
        if found:
            place = caption.place(found.start("n"), found.end())
            population = "all_crcs" if found.groupdict().get("whom", "").casefold() == "crcs" else "england_and_wales"
            report.add(
                "contextual_facts", place, table_name=title, row_number=number,
                population_id=population, figure_role=role, value=plain_number(found["n"]), **common,
            )  # fmt: skip
    return True


def _likeliest(report: Report, captions: list[Passage]) -> Passage | None:
    """The caption most like a known one, with the paragraphs put to it that are no caption themselves."""
    scored = [
        (match.score if match else 0.0, caption) for caption in captions for match in [_match(report, caption.text)]
    ]
    best = max(scored, key=lambda item: item[0], default=None)
    if best is None:
        return None
    own = [caption for score, caption in scored if caption is best[1] or score < ACCEPT_SCORE]
    pieces = sorted((piece for caption in own for piece in caption.pieces), key=lambda piece: piece.line.number)
    joined = join_lines(tuple(pieces))
    match = _match(report, joined.text)
    return joined if match is not None and match.score >= best[0] else best[1]


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[a-zA-Z])\.(?:\s|$)", text, maxsplit=1)[0]


def _match(report: Report, caption: str) -> Match | None:
    """The measure a caption stands for, the body's name in it replaced by 'this CRC'."""
    text = _first_sentence(caption)
    for name in report.body.names[:2]:
        text = re.sub(re.escape(name).replace(r"\ ", r"\s+"), _THIS, text, flags=re.I)
    whom = bool(_ALL_CRCS.search(text))
    known = [
        (row["measure_id"], row["label"])
        for row in report.vocabulary.measure_labels
        if ("CRC" in row["label"]) and bool(_ALL_CRCS.search(row["label"])) == whom
    ]
    return best_match(text, known)
