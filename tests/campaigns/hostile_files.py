"""Hostile files for every front end: `pdu read` ends soon, says what is wrong, and goes on with the other files."""

from __future__ import annotations

import os
import resource
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook

from tests.campaigns.cases import PDU, Case, run_command
from tests.support.pdf_layouts.layouts import LAYOUTS, make_pdf
from tests.support.raw_pdf import CATALOG, PAGE, PAGES, page_with, raw_pdf, stream
from tests.support.reader_help import LONG, SHORT, write_project
from tests.support.workbooks import ods, saved, sheets_of, xlsx

HEAD = """# Hostile files

Written by `python -m pytest -m campaign tests/campaigns -k hostile`. Each trial gives one hostile file and a good
report to `pdu read`. Promises: it ends within two minutes and 4 GiB, with exit code 0, 1 or 3, without a traceback; it
names the file where it refuses it, prints no control characters, and reads the good report all the same.

Found by it and mended: a PDF that unpacks to 400 MB in one page took longer than two minutes (one trial of 221 at full
length); it is refused within seconds.
"""
MOST_MEMORY = 4 << 30
READ, DIFFERS, BAD_INPUT = 0, 1, 3
Content = bytes | Callable[[Path], object]
_HTML = "<!doctype html><html><body>{}</body></html>"


def _text_files() -> Iterator[tuple[str, Content]]:
    report = LONG.read_text(encoding="utf-8")
    yield "empty", b""
    yield "nothing but blank lines", b"\n" * 1_000_000
    yield "nothing but zero bytes", bytes(100_000)
    yield "zero bytes in a report", report.replace("e", "\0").encode()
    yield "every byte there is", bytes(range(256)) * 1000
    yield "UTF-16", report.encode("utf-16")
    yield "Latin-1", report.encode("latin-1", "replace") + b"\xe9\xff"
    yield "a mark of byte order in every line", report.replace("\n", "\n\ufeff").encode()
    yield "halves of characters", report.encode() + b"\xed\xa0\x80\xc3\n"
    yield "line breaks of old Macs", report.replace("\n", "\r").encode()
    yield "line breaks of Unicode", report.replace("\n", "\u2028").encode()
    yield "form feeds", report.replace("\n", "\f").encode()
    yield "2 MB in one line", b"53% of 79 cases " * 125_000
    yield "2 MB in one word", b"x" * 2_000_000
    yield "5,000 numbers in one line", " ".join(map(str, range(5000))).encode()
    yield (
        "20,000 wrapped lines",
        b"the quality of work to keep people safe was not good enough in most of the\n" * 20_000,
    )
    yield "20,000 questions", b"Does assessment focus sufficiently on engaging?\t53%\n" * 20_000
    yield "20,000 headings", b"2.2. Assessment\n\nGood\n\n" * 20_000
    yield "50,000 tabs in a line", b"\t" * 50_000
    yield "a number of 5,000 digits", report.replace("53%", "9" * 5000 + "%").encode()
    yield "a score of 5,000 digits", report.replace("Score ", "Score " + "9" * 5000, 1).encode()
    yield "negative and broken numbers", report.replace("%", "-%").replace("1", "1.1.1").encode()
    yield "numbers in other scripts", report.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")).encode()
    yield "text that runs the other way", report.replace("\n", "\n\u202e").encode()
    yield "letters that cannot be seen", report.replace("e", "e\u200b\u3164\u034f").encode()
    yield "a hundred marks on a letter", report.replace("a", "a" + "\u0301" * 100).encode()
    yield "escape sequences", report.replace("Good", "\x1b]0;owned\x07\x1b[2JGood").encode()
    yield "formulas", report.replace("\t", "\t=HYPERLINK(1)+").encode()
    yield "templates", report.replace("\t", "\t{{ env_var('HOME') }} ${HOME} $(id) ").encode()
    yield "SQL", report.replace("Ashmere", "'; drop table ratings; --").encode()
    yield "ten contents lists", (report[: report.index("Foreword")] * 10 + report).encode()
    yield "a report within a report", (report + report).encode()
    yield "brackets", b"(" * 200_000
    yield "stars", b"*" * 200_000
    yield "pipes", (b"|" * 1000 + b"\n") * 500
    yield "unclosed tags", b"<sup>" * 50_000
    yield "footnotes that lead to each other", "".join(f"{n} see note {n + 1}\n" for n in range(20_000)).encode()
    yield "words for numbers", b"one hundred and " * 50_000
    yield "fractions", b"one of two of three of " * 30_000
    yield "dashes", "–".encode() * 100_000
    yield "a title of 1 MB", ("An inspection of probation services in " + "A" * 1_000_000 + " PDU\n" + report).encode()


def _special_files() -> Iterator[tuple[str, Content]]:
    yield "a folder", lambda path: path.mkdir()
    yield "a pipe", os.mkfifo
    yield "a link to an endless device", lambda path: path.symlink_to("/dev/zero")
    yield "a link to a random device", lambda path: path.symlink_to("/dev/urandom")
    yield "a link to a terminal", lambda path: path.symlink_to("/dev/tty")
    yield "a link to nothing", lambda path: path.symlink_to("gone.txt")
    yield "a link to itself", lambda path: path.symlink_to(path.name)
    yield "a link to the file of the process", lambda path: path.symlink_to("/proc/self/mem")
    yield "a link to a folder", lambda path: path.symlink_to("/")
    yield "a file with a hole of 5 GB", _with_hole
    yield "a missing file", lambda path: None


def _with_hole(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(5 << 30)


def _named_files() -> Iterator[str]:
    yield from (
        "line\nbreak.txt", "\x1b[31mred.txt", "-dash.txt", "--replace.txt", "a b.txt", "quote'quote\".txt", "é.txt",
        "\u202etxt.exe.txt", "$(id).txt", "%s%n.txt", ";.txt", "tab\t.txt", "x" * 200 + ".txt", ".txt", "..txt",
        "*.txt", "back\\slash.txt", "nul\u3164.txt", "report", "report.exe", "report.pdf.txt", "REPORT.TXT",
    )  # fmt: skip


def _entities() -> str:
    """Each entity is ten of the one before: e9 is a billion."""
    return "".join(f'<!ENTITY e{n} "{ten}">' for n, ten in ((n, f"&e{n - 1};" * 10) for n in range(1, 10)))


def _html_files() -> Iterator[tuple[str, Content]]:
    page = _HTML.format("<h1>An inspection of probation services in Ashmere PDU</h1><p>Score 5/27</p>")
    entities = _entities()
    bodies = {
        "nothing": "",
        "100,000 divs in each other": "<div>" * 100_000,
        "10,000 tables in each other": "<table><tr><td>" * 10_000,
        "100,000 cells": "<table><tr>" + "<td>53%</td>" * 100_000 + "</tr></table>",
        "a cell over a billion columns": "<table><tr><td colspan=1000000000 rowspan=1000000000>53%</td></tr></table>",
        "a cell over minus one columns": "<table><tr><td colspan=-1 rowspan=0>53%</td></tr></table>",
        "an attribute of 5 MB": f'<p title="{"x" * 5_000_000}">53%</p>',
        "an unclosed comment": "<!-- 53%",
        "an unclosed script": "<script>while(1){}</script><script>",
        "a script that writes": "<script>document.write('<td>63%</td>')</script>",
        "frames of files": '<iframe src="file:///etc/passwd"></iframe><object data="file:///etc/passwd"></object>',
        "pictures from elsewhere": '<img src="http://127.0.0.1:9/x.png">' * 1000,
        "styles that hide": '<style>td{display:none}</style><table><tr><td>63%</td></tr></table>',
        "numbers of no character": "&#0;&#x110000;&#xD800;&#99999999999;",
        "100,000 entities": "&amp;" * 100_000,
        "drawings": "<svg><foreignObject><table><tr><td>63%</td></tr></table></foreignObject></svg>",
        "formulas of mathematics": "<math><mtext><table><mglyph><style><!--</style>53%</table>",
        "forms in tables in forms": "<form><table><form><tr><form><td>53%" * 1000,
        "1,000 attributes": "<p " + " ".join(f"a{n}=1" for n in range(1000)) + ">53%</p>",
        "a base elsewhere": '<base href="http://127.0.0.1:9/"><a href="x">53%</a>',
        "a page that goes elsewhere": '<meta http-equiv="refresh" content="0;url=file:///etc/passwd">',
    }  # fmt: skip
    for name, body in bodies.items():
        yield name, _HTML.format(body).encode()
    yield "a billion laughs", f'<!DOCTYPE html [<!ENTITY e0 "ha">{entities}]><html><p>&e9;</p></html>'.encode()
    yield "an entity of a file", b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>'
    yield "a charset that lies", page.replace("<body>", '<meta charset="utf-16"><body>').encode()
    yield "a charset of seven bits", page.replace("<body>", '<meta charset="utf-7"><body>+ADw-b+AD4-').encode()
    yield "cut short in a tag", page.encode()[: page.index("</h1>") + 3]
    yield "zero bytes", page.replace(">", ">\0").encode()
    yield "no page at all", zlib.compress(page.encode())


def _later(make: Callable[[], bytes]) -> Content:
    """Content that takes long to make, made when it is needed."""
    return lambda path: path.write_bytes(make())


def _zipped(**files: bytes | str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return file.getvalue()


def _container_files(parts: dict[str, bytes], main_part: str) -> Iterator[tuple[str, Content]]:
    """Harm done to any file that is a ZIP archive of XML parts."""
    whole = _zipped(**parts)
    document = parts[main_part].decode("utf-8", "replace")
    root = document.index("<", document.index("?>") + 2 if "?>" in document else 0)
    laughs = _entities()
    yield "no archive", b"PK\x03\x04" + bytes(1000)
    yield "an empty archive", _zipped()
    yield "cut short", whole[: len(whole) // 2]
    yield "without its end", whole[:-30]
    yield "a bit flipped", whole[: len(whole) // 3] + bytes([whole[len(whole) // 3] ^ 8]) + whole[len(whole) // 3 + 1 :]
    yield "without its main part", _zipped(**{name: part for name, part in parts.items() if name != main_part})
    yield "a main part that is no XML", _zipped(**{**parts, main_part: b"53%"})
    yield "a main part cut short", _zipped(**{**parts, main_part: parts[main_part][: len(parts[main_part]) // 2]})
    yield "a main part of 1 GB of spaces", _later(lambda: _zipped(**{**parts, main_part: b" " * (1 << 30)}))
    yield "a main part nested 200,000 deep", _zipped(**{**parts, main_part: b"<a>" * 200_000})
    for name, doctype in (
        ("a billion laughs", f'<!DOCTYPE x [<!ENTITY e0 "ha">{laughs}]>'),
        ("an entity of a file", '<!DOCTYPE x [<!ENTITY e9 SYSTEM "file:///etc/passwd">]>'),
        ("an entity from elsewhere", '<!DOCTYPE x [<!ENTITY e9 SYSTEM "http://127.0.0.1:9/x">]>'),
        ("a definition from elsewhere", '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'),
    ):
        changed = (document[:root] + doctype + document[root:]).replace("53%", "&e9;")
        yield name, _zipped(**{**parts, main_part: changed.encode()})
    yield "paths that lead out", _zipped(**{**parts, "../../escaped.txt": b"x", "/etc/escaped": b"x"})
    yield "20,000 parts", _zipped(**parts, **{f"part{n}": b"" for n in range(20_000)})
    twice = BytesIO(whole)
    with zipfile.ZipFile(twice, "a") as archive:
        archive.writestr(main_part, b"<a>63%</a>")
    yield "a main part twice", twice.getvalue()
    yield (
        "said to be encrypted",
        whole.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
    )


def _parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _docx() -> dict[str, bytes]:
    rows = "".join(
        f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>"
        for line in ("An inspection of probation services in Ashmere PDU", "Score 5/27", "Does it?\t53%")
    )
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ' \
        'ContentType="application/xml"/></Types>'  # fmt: skip
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = f'<?xml version="1.0"?><w:document xmlns:w="{name}"><w:body>{rows}</w:body></w:document>'
    return {
        "[Content_Types].xml": types.encode(),
        "word/document.xml": document.encode(),
    }  # fmt: skip


def _workbook_files() -> Iterator[tuple[str, Content]]:
    good = xlsx(sheets_of(LONG.read_text(encoding="utf-8")))
    yield from _container_files(_parts(good), "xl/workbook.xml")
    parts = _parts(good)
    sheet = next(name for name in parts if name.startswith("xl/worksheets/sheet"))
    yield (
        "a sheet said to hold every cell",
        _zipped(**{**parts, sheet: parts[sheet].replace(b'<dimension ref="', b'<dimension ref="A1:XFD1048576" x="')}),
    )
    yield "texts that are not there", _zipped(**{**parts, "xl/sharedStrings.xml": b"<sst/>"})

    def workbook(change: Callable[[Workbook], object]) -> bytes:
        made = Workbook()
        change(made)
        return saved(made)

    def fill(rows: int, columns: int = 2) -> Callable[[Workbook], object]:
        return lambda made: [made.active.append([f"r{row}"] + ["53%"] * (columns - 1)) for row in range(rows)]

    yield "200,001 rows", _later(lambda: workbook(fill(200_001)))
    yield "5,000 columns", _later(lambda: workbook(fill(20, 5000)))
    yield "300 sheets", _later(lambda: workbook(lambda made: [made.create_sheet(f"s{n}") for n in range(300)]))
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    yield "every cell merged", _zipped(**{**parts, sheet: parts[sheet].replace(b"</sheetData>", merged)})
    yield "a last cell far away", workbook(lambda made: made.active.cell(1_048_576, 16_384, "53%"))
    for name, value in (
        ("a formula that calls a program", "=cmd|'/c calc'!A1"), ("a formula of another file", "='file:///etc/[p]x'!A1"),
        ("a number beyond all", 1e308), ("a text of 32,000 characters", "x" * 32_000), ("a share below nought", -0.5),
    ):  # fmt: skip
        yield name, workbook(lambda made, value=value: [made.active.append(["Vacancy rate", value]) for _ in range(50)])


def _open_document_files() -> Iterator[tuple[str, Content]]:
    sheets = sheets_of(LONG.read_text(encoding="utf-8"))
    yield from _container_files(_parts(ods(sheets)), "content.xml")

    def table(rows: str) -> bytes:
        content = f'<office:body><office:spreadsheet><table:table table:name="x">{rows}</table:table>'
        return ods({}, content + "</office:spreadsheet></office:body>")

    cell = '<table:table-cell office:value-type="string"><text:p>53%</text:p></table:table-cell>'
    row = "<table:table-row>{}</table:table-row>"
    repeated = 'table:number-columns-repeated="1000000000"'
    yield (
        "a cell a billion times",
        table(row.format(cell.replace("office:value-type", f"{repeated} office:value-type"))),
    )
    yield (
        "a row a billion times",
        table(
            row.format(cell).replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1000000000">')
        ),
    )
    for name, number in (("minus one times", "-1"), ("no number of times", "x")):
        counted = cell.replace("<table:table-cell", f'<table:table-cell table:number-columns-repeated="{number}"')
        yield f"a cell {name}", table(row.format(counted))
    yield "a space a billion times", table(row.format(cell.replace("53%", '53%<text:s text:c="1000000000"/>')))


def _pdf_files() -> Iterator[tuple[str, Content]]:
    whole = make_pdf(SHORT.read_text(encoding="utf-8"), LAYOUTS[0])
    yield "its head alone", b"%PDF-1.7\n"
    yield "noise", b"%PDF-1.7\n" + bytes(range(256)) * 400
    for share in (0.1, 0.5, 0.9, 0.99):
        yield f"cut to {share:.0%}", whole[: int(len(whole) * share)]
    for place in range(1, 10):
        at = len(whole) * place // 10
        yield f"bytes lost at {place * 10}%", whole[:at] + whole[at + 200 :]
    bomb = zlib.compress(bytes(400 << 20), 1)
    yield "a bomb", page_with(bomb)
    yield "a bomb in a bomb", page_with(zlib.compress(bomb), b"/Filter [/FlateDecode /FlateDecode]")
    yield "2,000,000 states", page_with(zlib.compress(b"q " * 2_000_000))
    yield "2,000,000 glyphs", page_with(zlib.compress(b"BT /F1 9 Tf " + b"(53%) Tj " * 500_000 + b"ET"))
    yield "500,000 lines", page_with(zlib.compress(b"0 0 m 9 9 l S " * 500_000))
    yield "50 filters", page_with(b"53%", b"/Filter [" + b"/ASCIIHexDecode " * 50 + b"]")
    yield "an unknown filter", page_with(b"53%", b"/Filter /Nonsense")
    yield (
        "a predictor of a billion columns",
        page_with(
            zlib.compress(bytes(1000)), b"/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 1000000000 >>"
        ),
    )
    yield "runs of bytes", page_with(b"\x81A" * 1_000_000, b"/Filter /RunLengthDecode")
    yield "a length that lies", raw_pdf(CATALOG, PAGES, PAGE, b"<< /Length 99999999 >>\nstream\nq\nendstream")
    yield "a length below nought", raw_pdf(CATALOG, PAGES, PAGE, b"<< /Length -1 >>\nstream\nq\nendstream")
    yield "pages in a ring", raw_pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>")
    yield "a billion pages", raw_pdf(CATALOG, b"<< /Type /Pages /Kids [] /Count 999999999 >>")
    yield "100,000 brackets", raw_pdf(b"[" * 100_000 + b"]" * 100_000)
    yield "100,000 dictionaries", raw_pdf(b"<< /A " * 100_000)
    yield "references in a ring", b"%PDF-1.7\n" + b"trailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF"
    yield "an object that is itself", raw_pdf(CATALOG, b"2 0 R", b"3 0 R")
    yield "no catalog", raw_pdf(b"<< /Type /Nothing >>")
    boxes = {"huge": b"0 0 1e30 1e30", "of no size": b"0 0 0 0", "of no number": b"a b c d", "turned": b"9 9 0 0"}
    for name, box in boxes.items():
        yield f"a page {name}", page_with(zlib.compress(b"q"), page=PAGE.replace(b"0 0 595 842", box))
    yield "a form within itself", raw_pdf(
        CATALOG, PAGES,
        PAGE.replace(b"/Contents", b"/Resources << /XObject << /X 5 0 R >> >> /Contents"),
        stream(zlib.compress(b"/X Do")),
        stream(zlib.compress(b"/X Do /X Do"), b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
               b"/Resources << /XObject << /X 5 0 R >> >> /Filter /FlateDecode"),
    )  # fmt: skip
    for name, action in (
        ("a script", b"/S /JavaScript /JS (app.alert\\(1\\))"), ("a program", b"/S /Launch /F (/bin/sh)"),
        ("an address", b"/S /URI /URI (http://127.0.0.1:9/)"),
    ):  # fmt: skip
        catalog = CATALOG.replace(b">>", b"/OpenAction << " + action + b" >> >>")
        yield f"opens {name}", raw_pdf(catalog, PAGES, PAGE, stream(zlib.compress(b"q")))
    yield "a password", whole.replace(b"/Root", b"/Encrypt << /Filter /Standard /V 2 /R 3 /P -1 /O (x) /U (x) >> /Root")
    yield "a version to come", whole.replace(b"%PDF-1.", b"%PDF-9.", 1)


def _files() -> Iterator[tuple[str, str, str, Content]]:
    """Kind of file, what is wrong with it, its name and its content."""
    kinds: tuple[tuple[str, str, Callable[[], Iterator[tuple[str, Content]]]], ...] = (
        ("text", "txt", _text_files),
        ("no regular file", "txt", _special_files),
        ("web page", "html", _html_files),
        ("DOCX", "docx", lambda: _container_files(_docx(), "word/document.xml")),
        ("XLSX", "xlsx", _workbook_files),
        ("ODS", "ods", _open_document_files),
        ("PDF", "pdf", _pdf_files),
    )
    for kind, suffix, files in kinds:
        for name, content in files():
            yield kind, name, f"hostile.{suffix}", content
    good = SHORT.read_bytes()
    for name in _named_files():
        yield "name of a file", ascii(name), name, good
    for suffix in ("pdf", "xlsx", "ods", "docx", "html"):
        yield "name of another kind", suffix, f"hostile.{suffix}", good


def cases(directory: Path) -> list[Case]:
    """Every hostile file, read beside a good report."""
    project = write_project(directory / "project")
    return [
        Case(kind, what, partial(_judge, project, directory / str(number), name, content))
        for number, (kind, what, name, content) in enumerate(_files())
    ]


def _judge(project: Path, folder: Path, name: str, content: Content) -> str | None:
    folder.mkdir()
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        content(path)
    ended = run_command(
        [*PDU, "read", "--dry-run", "--", path, LONG],
        project,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY)),
    )
    if broken := ended.broken_promise(READ, DIFFERS, BAD_INPUT):
        return broken
    if any(ord(sign) < 32 and sign not in "\n\t" for sign in ended.output):
        return "control characters are printed"
    if LONG.name not in ended.output and LONG.stem not in ended.output:
        return f"the good report was not read: {ended.last_line}"
    if (
        ended.exit_code == BAD_INPUT
        and path.stem[:20] not in ended.output
        and ascii(path.stem)[1:10] not in ended.output
    ):
        return f"the file is not named: {ended.last_line}"
    return None
