"""Heads of tables at the top of pages, and figures in columns too narrow for their unit, in a PDF by reportlab."""

from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support.reader_help import ROOT, printed

_LEFT, _EARLIER, _OWN = 60, 350, 450
_TOP = A4[1] - 50
COVER = (
    "HM Inspectorate of Probation",
    "An inspection of probation services in Ashmere PDU",
    "HM Inspectorate of Probation, March 2024",
    "Ratings",
    "Fieldwork started January 2024",
    "Score 2/21",
    "Overall rating: Inadequate",
    "2. Service delivery",
)
CHAPTERS = (
    ("P 2.1 Assessment", "Does assessment focus sufficiently on engaging", "the person on probation?", "61", "8"),
    ("P 2.2 Planning", "Does planning focus sufficiently on engaging", "the person on probation?", "12", "92"),
    ("P 2.4 Reviewing", "Does reviewing focus sufficiently on supporting", "desistance?", "33", "40"),
)


def report(is_unit_below: bool) -> bytes:
    """A report whose tables all begin at the top of a page, with the same head on two lines."""
    canvas = Canvas("report.pdf", pagesize=A4)
    for number, line in enumerate(COVER):
        canvas.drawString(_LEFT, _TOP - 20 * number, line)
    for chapter, label, rest, earlier, own in CHAPTERS:
        canvas.drawString(_LEFT, 80, chapter)
        canvas.showPage()
        pieces = [(_EARLIER, 0, "Previous"), (_OWN, 0, "This"), (_LEFT, 12, "Key question")]
        pieces += [(_EARLIER, 12, "inspection"), (_OWN, 12, "inspection"), (_LEFT, 32, label), (_LEFT, 44, rest)]
        for x, figure in ((_EARLIER, earlier), (_OWN, own)):
            pieces += [(x, 32, figure), (x, 44, "%")] if is_unit_below else [(x, 32, f"{figure} %")]
        for x, below, text in (*pieces, (_LEFT, 70, "The work of the unit is described elsewhere.")):
            canvas.drawString(x, _TOP - below, text)
    return bytes(canvas.getpdfdata())


@pytest.mark.parametrize("is_unit_below", [False, True])
def test_a_head_at_the_top_of_every_page_is_no_running_line(is_unit_below: bool, tmp_path: Path) -> None:
    path = tmp_path / "ashmere_pdu_2024.pdf"
    path.write_bytes(report(is_unit_below))
    reading: Reading = read_report(open_report(path), Vocabulary(ROOT))

    own = printed(reading, "key_questions", "question_id")
    assert {question[-5:]: value for (question,), value in own.items()} == {
        "2.1.1": "8 %",
        "2.2.1": "92 %",
        "2.4.2": "40 %",
    }
    earlier = printed(reading, "comparators", "question_id", "comparator_id")
    assert {(question[-5:], party): value for (question, party), value in earlier.items()} == {
        ("2.1.1", "previous_inspection"): "61 %",
        ("2.2.1", "previous_inspection"): "12 %",
        ("2.4.2", "previous_inspection"): "33 %",
    }
