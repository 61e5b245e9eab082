"""What a person does not see on a page of a PDF is told and not read; pages turned, cropped or moved are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats import open_report

WIDTH, HEIGHT = A4
FILLER = [f"Line {number} of the report has some words that are of no account" for number in range(10)]


def made(directory: Path, draw: Callable[[Canvas], None], prepare: Callable[[Canvas], None] | None = None) -> Document:
    path = directory / "report.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    if prepare:
        prepare(canvas)
    for number, line in enumerate(FILLER):
        canvas.drawString(72, 700 - 20 * number, line)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return open_report(path)


def text_of(document: Document) -> str:
    return "\n".join(line.text for line in document.lines)


def beside(canvas: Canvas) -> None:
    """The figure that is printed."""
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(300, 400, "53%")


def invisible(canvas: Canvas) -> None:
    canvas.saveState()
    text = canvas.beginText(260, 400)
    text.setTextRenderMode(3)
    text.textOut("63%")
    canvas.drawText(text)
    canvas.restoreState()
    beside(canvas)


def white(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(260, 400, "63%")
    beside(canvas)


def covered(canvas: Canvas) -> None:
    canvas.drawString(260, 400, "63%")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(255, 395, 35, 18, stroke=0, fill=1)
    beside(canvas)


def blacked_out(canvas: Canvas) -> None:
    canvas.drawString(260, 400, "63%")
    canvas.rect(255, 395, 35, 18, stroke=0, fill=1)
    beside(canvas)


def struck_out(canvas: Canvas) -> None:
    canvas.drawString(260, 400, "63%")
    canvas.line(259, 404, 285, 404)
    beside(canvas)


def off_the_page(canvas: Canvas) -> None:
    canvas.drawString(WIDTH + 40, 400, "63%")
    beside(canvas)


def sideways(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.rotate(90)
    canvas.drawString(260, -40, "63%")
    canvas.restoreState()
    beside(canvas)


@pytest.mark.parametrize(
    ("draw", "why"),
    [
        (invisible, "invisible ink"),
        (white, "white on white"),
        (covered, "covered by a filled box"),
        (blacked_out, "covered by a filled box"),
        (struck_out, "struck out"),
        (off_the_page, "outside the page"),
        (sideways, "set sideways"),
    ],
)
def test_what_nobody_sees_is_told_and_not_read(draw: Callable[[Canvas], None], why: str, tmp_path: Path) -> None:
    document = made(tmp_path, draw)
    assert "53%" in text_of(document)
    assert "63%" not in text_of(document)
    assert any(why in notice and "63%" in notice and "page 1" in notice for notice in document.notices)


def test_text_in_a_layer_that_is_switched_off_is_told_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "layers.pdf"
    shown = " ".join(f"({line}) Tj T*" for line in FILLER)
    content = (
        f"BT /F1 10 Tf 12 TL 72 700 Td {shown} ET /OC /hidden BDC BT /F1 10 Tf 72 300 Td (63%) Tj ET EMC "
        "/OC /shown BDC BT /F1 10 Tf 72 280 Td (53%) Tj ET EMC"
    )
    objects = [
        "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[6 0 R 7 0 R]/D<</OFF[6 0 R]>>>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
        "/Properties<</hidden 6 0 R/shown 7 0 R>>>>>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Type/OCG/Name(old)>>",
        "<</Type/OCG/Name(new)>>",
    ]
    written = b"%PDF-1.5\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    written += (
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer<</Size {len(objects) + 1}/Root 1 0 R>>\n"
        f"startxref\n{len(written)}\n%%EOF"
    ).encode()
    path.write_bytes(written)
    document = open_report(path)
    assert "53%" in text_of(document)
    assert "63%" not in text_of(document)
    assert any("layer that is switched off" in notice for notice in document.notices)


def on_a_dark_bar(canvas: Canvas) -> None:
    canvas.setFillColorRGB(0.2, 0.1, 0.4)
    canvas.rect(250, 390, 120, 25, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(300, 400, "53%")


def underlined(canvas: Canvas) -> None:
    beside(canvas)
    canvas.line(299, 398, 325, 398)


def in_a_ruled_table(canvas: Canvas) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(250, 390, 120, 25, stroke=1, fill=1)
    beside(canvas)


def highlighted(canvas: Canvas) -> None:
    beside(canvas)
    canvas.setFillColorRGB(1, 1, 0)
    canvas.setFillAlpha(0.4)
    canvas.rect(295, 395, 40, 18, stroke=0, fill=1)


@pytest.mark.parametrize("draw", [on_a_dark_bar, underlined, in_a_ruled_table, highlighted])
def test_what_a_person_sees_is_read(draw: Callable[[Canvas], None], tmp_path: Path) -> None:
    document = made(tmp_path, draw)
    assert "53%" in text_of(document)
    assert document.notices == ()


def turned_by_its_text(canvas: Canvas) -> None:
    canvas.translate(WIDTH, 0)
    canvas.rotate(90)
    canvas.scale(0.8, 0.8)


def cropped(canvas: Canvas) -> None:
    canvas.setCropBox((50, 100, WIDTH, HEIGHT))


@pytest.mark.parametrize("prepare", [turned_by_its_text, cropped])
def test_pages_turned_or_cropped_are_read(prepare: Callable[[Canvas], None], tmp_path: Path) -> None:
    document = made(tmp_path, beside, prepare)
    lines = [line.text for line in document.lines if line.text]
    assert " ".join(lines).startswith(FILLER[0])
    assert "53%" in text_of(document)


def test_what_is_cropped_away_is_told(tmp_path: Path) -> None:
    document = made(tmp_path, beside, lambda canvas: canvas.setCropBox((0, 450, WIDTH, HEIGHT)))
    assert "53%" not in text_of(document)
    assert any("outside the page" in notice and "53%" in notice for notice in document.notices)


def test_a_page_with_an_origin_of_its_own_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas._pagesize = A4
    canvas.setCropBox((1000, 1000, 1000 + WIDTH, 1000 + HEIGHT))
    for number, line in enumerate(FILLER):
        canvas.drawString(1072, 1700 - 20 * number, line)
    canvas.drawString(1300, 1400, "53%")
    canvas.showPage()
    canvas.save()
    box = b"/MediaBox [ 0 0 595.2756 841.8898 ]"
    data = path.read_bytes()
    assert box in data
    path.write_bytes(data.replace(box, b"/MediaBox [ 1000 1000 1595 1841 ]".ljust(len(box))))
    assert "53%" in text_of(open_report(path))
