"""A PDF gives the rows its text form gives, whatever its layout; one that cannot be read is refused with a message."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from pdu_inspections.errors import InputError
from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support.contract import BY_NAME, CITATION_COLUMNS
from tests.support.pdf_layouts.layouts import LAYOUTS, make_pdf
from tests.support.pdf_layouts.style import Layout
from tests.support.warehouse import ROOT

SMALL = Path(__file__).parents[1] / "support" / "small_reports" / "ashby_pdu_2023.txt"
OF_THE_FILE = {"sha256", "source_format", "source_as_printed"}


def content_columns(table: str) -> list[str]:
    """Own columns that do not say where in the file a figure stands."""
    unwanted = {*CITATION_COLUMNS, *OF_THE_FILE}
    names = BY_NAME[table].column_names
    return [name for name in names if name not in unwanted and not name.endswith(("line_number", "column_number"))]


def rows(reading: Reading) -> dict[str, list[tuple[str, ...]]]:
    """Rows without what only says where in the file they stand."""
    return {
        table: sorted((*(row[name] for name in content_columns(table)), row["as_printed"]) for row in found)
        for table, found in reading.rows.items()
    }


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary(ROOT)


def layouts_of_a_whole_report(layouts: Sequence[Layout]) -> list[ParameterSet]:
    """Layouts for a whole report: those of several columns, which the small report is not set in, and one more. The
    others, which the small report is set in too, are left to the campaigns."""
    single = [layout for layout in layouts if layout.columns == 1]
    return [
        pytest.param(layout, id=layout.name, marks=pytest.mark.campaign if layout in single[1:] else pytest.mark.slow)
        for layout in layouts
    ]


@pytest.mark.parametrize("layout", layouts_of_a_whole_report(LAYOUTS))
def test_a_real_report_as_pdf_gives_the_rows_of_its_text_form(
    layout: Layout, vocabulary: Vocabulary, reports_dir: Path, tmp_path: Path
) -> None:
    gives_the_same_rows(reports_dir / "warwickshire_pdu_2022.txt", layout, vocabulary, tmp_path)


@pytest.mark.parametrize(
    "layout", [layout for layout in LAYOUTS if layout.columns == 1], ids=lambda layout: layout.name
)
def test_a_small_report_as_pdf_gives_the_rows_of_its_text_form(
    layout: Layout, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    gives_the_same_rows(SMALL, layout, vocabulary, tmp_path)


def gives_the_same_rows(text: Path, layout: Layout, vocabulary: Vocabulary, directory: Path) -> None:
    pdf = directory / f"{text.stem}.pdf"
    pdf.write_bytes(make_pdf(text.read_text(encoding="utf-8"), layout))
    read = read_report(open_report(pdf), vocabulary)
    assert rows(read) == rows(read_report(open_report(text), vocabulary))
    pages = {row["page_from"] for found in read.rows.values() for row in found}
    assert len(pages) > 1
    assert "" not in pages


def _blank() -> bytes:
    page = BytesIO()
    canvas = Canvas(page)
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.showPage()
    canvas.save()
    return page.getvalue()


def _encrypted() -> bytes:
    page = BytesIO()
    canvas = Canvas(page, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(100, 700, "An inspection of probation services in: Ashby PDU")
    canvas.save()
    return page.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"%PDF-1.7\nnothing of the kind", "malformed"),
        (_blank(), "text"),
        (_encrypted(), "password"),
    ],
    ids=["malformed", "scanned only", "encrypted"],
)
def test_a_pdf_that_cannot_be_read_is_refused(content: bytes, message: str, tmp_path: Path) -> None:
    pdf = tmp_path / "ashby_pdu_2023.pdf"
    pdf.write_bytes(content)
    with pytest.raises(InputError, match=message):
        open_report(pdf)
