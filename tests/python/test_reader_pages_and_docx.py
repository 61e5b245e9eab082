"""Saved web pages and DOCX: the figures of the text form, what a person sees and nothing else, refusals in words."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import RGBColor

from pdu_inspections.errors import InputError
from pdu_inspections.reader.document import Document, LineKind
from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support.reader_help import CRC, LONG, SHORT, read_lines, write_project
from tests.support.structured_reports import document, page

PLACE = ("document_id", "row_number", "section", "table_name", "sha256", "source_format", "page_from", "page_to")


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    return Vocabulary(write_project(tmp_path_factory.mktemp("project")))


def opened(directory: Path, content: bytes, name: str) -> Document:
    path = directory / name
    path.write_bytes(content)
    return open_report(path)


def texts(found: Document) -> list[str]:
    return [line.text for line in found.lines if line.text]


def figures(reading: Reading) -> dict[str, list[tuple[str, ...]]]:
    """Rows of every table that the reader is sure of, without their places."""

    def is_place(name: str) -> bool:
        return name in PLACE or name.endswith(("line_number", "column_number", "as_printed"))

    return {
        table: sorted(tuple(value for name, value in row.items() if not is_place(name)) for row in rows)
        for table, rows in reading.rows.items()
        if table not in ("documents", "reported_figures")
    }


@pytest.mark.parametrize("report", [LONG, SHORT, CRC], ids=lambda path: path.stem)
@pytest.mark.parametrize("kind", ["page", "page on one line", "docx"])
def test_a_page_and_a_docx_give_the_rows_of_the_text_form(
    report: Path, kind: str, vocabulary: Vocabulary, tmp_path: Path
) -> None:
    text = report.read_text(encoding="utf-8")
    content = document(text) if kind == "docx" else page(text, on_one_line=kind.endswith("line"))
    found = opened(tmp_path, content, f"{report.stem}.{'docx' if kind == 'docx' else 'html'}")
    assert found.source_format == ("docx" if kind == "docx" else "html")
    assert figures(read_report(found, vocabulary)) == figures(read_lines(text, vocabulary, report.stem))


def test_cells_of_a_page_keep_their_columns(tmp_path: Path) -> None:
    found = opened(
        tmp_path,
        b"<html><body><table><caption>Staffing</caption>"
        b"<thead><tr><th rowspan=2>Measure</th><th colspan=2>Rate</th></tr>"
        b"<tr><th>This PDU</th><th>All PDUs</th></tr></thead><tr><td>Vacancies</td><td></td><td>12%</td></tr></table>",
        "report.html",
    )
    caption, first, second, third = [line for line in found.lines if line.text]
    assert (caption.kind, caption.text, caption.table) == (LineKind.CAPTION, "Staffing", 1)
    assert [(cell.column, cell.column_span, cell.row_span, cell.is_head) for cell in first.cells] == [
        (0, 1, 2, True), (1, 2, 1, True),
    ]  # fmt: skip
    assert [cell.column for cell in second.cells] == [1, 2]
    assert third.text == "Vacancies\t\t12%"
    assert [(cell.column, cell.is_head) for cell in third.cells] == [(0, False), (1, False), (2, False)]


@pytest.mark.parametrize(
    ("hidden", "why"),
    [
        ('<span style="display:none">63%</span>', "does not show"),
        ("<span hidden>63%</span>", "does not show"),
        ('<span class="old">63%</span>', "does not show"),
        ('<span style="color:#fff">63%</span>', "in white"),
        ('<span style="font-size:0">63%</span>', "of no size"),
        ('<span style="opacity:0">63%</span>', "transparent"),
        ("<del>63%</del>", "struck out"),
        ("<s>63%</s>", "struck out"),
        ('<span style="text-decoration: line-through">63%</span>', "struck out"),
        ('<img alt="63%">', "stands for a picture"),
    ],
)
def test_what_a_page_hides_or_strikes_out_is_told_and_not_read(hidden: str, why: str, tmp_path: Path) -> None:
    body = f"<style>.old {{ display: none }}</style><table><tr><td>Question</td><td>{hidden} 53%</td></tr></table>"
    found = opened(tmp_path, f"<!doctype html><body>{body}".encode(), "report.html")
    assert texts(found) == ["Question\t53%"]
    assert any(why in notice and "63%" in notice for notice in found.notices)


def test_scripts_links_to_the_top_and_menus_are_no_part_of_the_report(tmp_path: Path) -> None:
    found = opened(
        tmp_path,
        b"<html><body><nav>Menu 12%</nav><script>document.write('12%')</script><noscript>12%</noscript>"
        b'<h2>1.1. Statement of purpose <a href="#top">(Back to top)</a></h2><p>Caf\xc3\xa9 text</p></body></html>',
        "report.html",
    )
    assert texts(found) == ["1.1. Statement of purpose", "Café text"]
    assert found.lines[0].kind is LineKind.HEADING


def test_footnotes_of_a_page_have_their_marks(tmp_path: Path) -> None:
    found = opened(
        tmp_path,
        b'<html><body><p>A caseload of 1,449 <sup><a href="#n1">1</a></sup>.</p>'
        b'<ol class="wp-block-footnotes"><li id="n1">Data supplied by HMPPS. <a href="#r1">\xe2\x86\xa9</a></li></ol>',
        "report.html",
    )
    assert texts(found) == ["A caseload of 1,449¹.", "¹ Data supplied by HMPPS."]
    assert (found.lines[2].kind, found.lines[2].mark) == (LineKind.FOOTNOTE, "1")


def test_an_ordinal_is_no_footnote(tmp_path: Path) -> None:
    found = opened(tmp_path, b"<html><body><p>On the 4<sup>th</sup> of May</p>", "report.html")
    assert texts(found) == ["On the 4th of May"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html><body><script>draw()</script><div id=app></div></body></html>", "drawn by script"),
        (b"<html><frameset><frame src=a></frameset></html>", "page of frames"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "web archive"),
        (rb"{\rtf1\ansi 53%}", "rich text"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
    ],
)
def test_a_refusal_says_what_the_file_seems_to_be(content: bytes, words: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        opened(tmp_path, content, "report.html")
    assert words in str(refused.value)


def test_a_page_nested_without_end_is_refused_or_read(tmp_path: Path) -> None:
    content = b"<html><body>" + b"<div>" * 50_000 + b"53%"
    try:
        assert texts(opened(tmp_path, content, "report.html")) in ([], ["53%"])
    except InputError as refused:
        assert "nested too deeply" in str(refused) or "malformed" in str(refused) or "no text" in str(refused)


def saved(made: docx.document.Document) -> bytes:
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def test_what_a_docx_hides_or_strikes_out_is_told_and_not_read(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("Question ")
    for text, prepare in (
        ("61%", lambda font: setattr(font, "hidden", True)),
        ("62%", lambda font: setattr(font, "strike", True)),
        ("63%", lambda font: setattr(font.color, "rgb", RGBColor(255, 255, 255))),
    ):
        prepare(paragraph.add_run(text).font)
    paragraph.add_run("53%")
    found = opened(tmp_path, saved(made), "report.docx")
    assert texts(found) == ["Question 53%"]
    notices = " ".join(found.notices)
    assert all(word in notices for word in ("hidden: '61%'", "struck out: '62%'", "in white: '63%'"))


def test_tracked_changes_are_told(tmp_path: Path) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("The share was ")
    for tag, text_tag, text in (("w:del", "w:delText", "63%"), ("w:ins", "w:t", "53%")):
        change = paragraph._p.makeelement(qn(tag), {})
        run = change.makeelement(qn("w:r"), {})
        piece = run.makeelement(qn(text_tag), {})
        piece.text = text
        run.append(piece)
        change.append(run)
        paragraph._p.append(change)
    found = opened(tmp_path, saved(made), "report.docx")
    assert texts(found) == ["The share was 53%"]
    assert any("deleted" in notice and "63%" in notice for notice in found.notices)
    assert any("insertions" in notice for notice in found.notices)


def test_merged_cells_of_a_docx_keep_their_columns(tmp_path: Path) -> None:
    made = docx.Document()
    table = made.add_table(3, 3)
    for row, cells in enumerate((("Measure", "Rate", ""), ("", "This PDU", "All PDUs"), ("Vacancies", "", "12%"))):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    first, second, third = [line for line in opened(tmp_path, saved(made), "report.docx").lines if line.text]
    assert [(cell.column, cell.column_span, cell.row_span) for cell in first.cells] == [(0, 1, 2), (1, 2, 1)]
    assert [cell.column for cell in second.cells] == [1, 2]
    assert [cell.column for cell in third.cells] == [0, 1, 2]
    assert third.text == "Vacancies\t\t12%"


def test_an_entity_in_a_docx_is_refused(tmp_path: Path) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        bomb = '<!DOCTYPE d [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="x"><w:body/></w:document>'
        archive.writestr("word/document.xml", bomb)
    with pytest.raises(InputError, match="document type of its own"):
        opened(tmp_path, content.getvalue(), "report.docx")


@pytest.mark.parametrize(("part", "words"), [("ppt/presentation.xml", "presentation"), ("a.txt", "neither")])
def test_an_archive_of_another_kind_is_named(part: str, words: str, tmp_path: Path) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(part, "x")
    with pytest.raises(InputError, match=words):
        opened(tmp_path, content.getvalue(), "report.docx")
