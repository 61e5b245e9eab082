"""An OpenDocument spreadsheet, written cell by cell: headings, marked-up tables, links, fixed header rows.

No library: the kept ones make an object of every cell, and take longer for one release than a build may.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_CM_PER_CHARACTER = 0.24
_NARROWEST, _WIDEST, _COVER = 10, 60, 100
_GROUPED_FROM = 1000


@dataclass(frozen=True)
class Link:
    """A cell that leads elsewhere: to a web address, or to a sheet by its name."""

    text: str
    address: str | None = None
    sheet: str | None = None

    @property
    def target(self) -> str:
        """The link's target as the format has it."""
        return f"#{self.sheet}.A1" if self.address is None else self.address


Value = str | int | float | Decimal | date | Link


@dataclass(frozen=True)
class Line:
    """A row of column A outside a table: plain text, or a heading of level 1 or 2."""

    text: str | Link
    level: int = 0


@dataclass(frozen=True)
class Column:
    """A column of a table. is_number: digits that name rather than count, such as years, are not grouped."""

    heading: str
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """A table: named, with one header row, every cell filled."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]


@dataclass(frozen=True)
class Sheet:
    """A worksheet: lines in column A, the first of them its title, then at most one table. No row is blank."""

    name: str
    lines: tuple[Line, ...]
    table: Table | None = None

    @property
    def header_row(self) -> int:
        """Row of the table's header, from 1."""
        return len(self.lines) + 1


@dataclass(frozen=True)
class Properties:
    """What the document says of itself. created: UTC, ISO 8601."""

    title: str
    author: str
    description: str
    keywords: tuple[str, ...]
    created: str


def write(path: Path, sheets: Sequence[Sheet], properties: Properties) -> None:
    """Write the document; the same sheets and properties give the same bytes."""
    parts = {
        "mimetype": MIMETYPE,
        "META-INF/manifest.xml": _MANIFEST,
        "meta.xml": _meta(properties),
        "settings.xml": _settings(sheets),
        "styles.xml": _STYLES,
        "content.xml": "".join(_content(sheets)),
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.encode())


def _content(sheets: Sequence[Sheet]) -> Iterator[str]:
    yield _opened("document-content")
    widths = {sheet.name: _widths(sheet) for sheet in sheets}
    yield "<office:automatic-styles>"
    for width in sorted({width for columns in widths.values() for width in columns}):
        yield (
            f'<style:style style:name="w{width}" style:family="table-column"><style:table-column-properties '
            f'style:column-width="{width * _CM_PER_CHARACTER:.2f}cm"/></style:style>'
        )
    yield (
        '<style:style style:name="row" style:family="table-row"><style:table-row-properties '
        'style:use-optimal-row-height="true"/></style:style></office:automatic-styles>'
        "<office:body><office:spreadsheet>"
    )
    for sheet in sheets:
        yield from _sheet(sheet, widths[sheet.name])
    yield "<table:database-ranges>"
    for sheet in sheets:
        if sheet.table is not None:
            yield _range(sheet, sheet.table)
    yield "</table:database-ranges></office:spreadsheet></office:body></office:document-content>"


def _widths(sheet: Sheet) -> list[int]:
    """Width of every column, in characters: that of its longest word or a comfortable line of its longest value."""
    if sheet.table is None:
        return [_COVER]
    widths = []
    for index, column in enumerate(sheet.table.columns):
        longest = max((len(_shown(row[index])) for row in sheet.table.rows), default=0)
        word = max(len(word) for word in column.heading.split())
        widths.append(min(_WIDEST, max(_NARROWEST, word + 2, longest + 2)))
    return widths


def _sheet(sheet: Sheet, widths: list[int]) -> Iterator[str]:
    yield f"<table:table table:name={quoteattr(sheet.name)}>"
    style = "Line" if sheet.table is None else "Data"
    for width in widths:
        yield f'<table:table-column table:style-name="w{width}" table:default-cell-style-name="{style}"/>'
    for line in sheet.lines:
        yield _row(_line(line, wraps=sheet.table is None))
    if sheet.table is not None:
        header = "".join(_cell(column.heading, "Header") for column in sheet.table.columns)
        yield f"<table:table-header-rows>{_row(header)}</table:table-header-rows>"
        numbers = [column.is_number for column in sheet.table.columns]
        for row in sheet.table.rows:
            yield _row("".join(_data(value, number) for value, number in zip(row, numbers, strict=True)))
    yield "</table:table>"


def _row(cells: str) -> str:
    return f'<table:table-row table:style-name="row">{cells}</table:table-row>'


def _line(line: Line, wraps: bool) -> str:
    return _cell(line.text, f"Heading_20_{line.level}" if line.level else "Line" if wraps else "Note")


def _data(value: Value, is_number: bool) -> str:
    """A cell of a table, in its column's style unless its kind asks for another."""
    if isinstance(value, str | Link):
        return _cell(value, "Link" if isinstance(value, Link) else None)
    if isinstance(value, date):
        return _typed("date", f' office:date-value="{value.isoformat()}"', _shown(value), "Date")
    is_grouped = not is_number and float(value).is_integer() and abs(float(value)) >= _GROUPED_FROM
    return _typed("float", f' office:value="{value}"', _shown(value), "Count" if is_grouped else None)


def _cell(text: str | Link, style: str | None) -> str:
    if isinstance(text, Link):
        inner = f'<text:a xlink:type="simple" xlink:href={quoteattr(text.target)}>{escape(text.text)}</text:a>'
        return _typed("string", "", inner, style, is_markup=True)
    return _typed("string", "", text, style)


def _typed(kind: str, attribute: str, text: str, style: str | None, is_markup: bool = False) -> str:
    named = f' table:style-name="{style}"' if style else ""
    inner = text if is_markup else escape(text).replace("\n", "</text:p><text:p>")
    return (
        f'<table:table-cell{named} office:value-type="{kind}" {attribute}><text:p>{inner}</text:p></table:table-cell>'
    )


def _shown(value: Value) -> str:
    """A value as a reader sees it."""
    if isinstance(value, Link):
        return value.text
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _range(sheet: Sheet, table: Table) -> str:
    """The table's mark-up: its name, where it is, and that its first row is its header."""
    last = f"{_letters(len(table.columns))}{sheet.header_row + len(table.rows)}"
    address = quoteattr(f"{sheet.name}.A{sheet.header_row}:{sheet.name}.{last}")
    return (
        f"<table:database-range table:name={quoteattr(table.name)} table:target-range-address={address} "
        'table:contains-header="true" table:display-filter-buttons="false"/>'
    )


def _letters(number: int) -> str:
    """A column's letters: A for 1, AA for 27."""
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def _meta(properties: Properties) -> str:
    keywords = "".join(f"<meta:keyword>{escape(word)}</meta:keyword>" for word in properties.keywords)
    return (
        f"{_opened('document-meta')}<office:meta><dc:title>{escape(properties.title)}</dc:title>"
        f"<dc:description>{escape(properties.description)}</dc:description><dc:language>en-GB</dc:language>"
        f"<meta:initial-creator>{escape(properties.author)}</meta:initial-creator>"
        f"<dc:creator>{escape(properties.author)}</dc:creator>{keywords}"
        f"<meta:creation-date>{properties.created}</meta:creation-date><dc:date>{properties.created}</dc:date>"
        "</office:meta></office:document-meta>"
    )


def _settings(sheets: Sequence[Sheet]) -> str:
    """Opens on cell A1 of the first sheet; header rows stay in view."""
    views = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>{_view(sheet)}"
        "</config:config-item-map-entry>"
        for sheet in sheets
    )
    return (
        f"{_opened('document-settings')}<office:settings>"
        '<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">'
        '<config:config-item-map-entry><config:config-item config:name="ViewId" config:type="string">view1'
        f'</config:config-item><config:config-item-map-named config:name="Tables">{views}'
        "</config:config-item-map-named>"
        f'<config:config-item config:name="ActiveTable" config:type="string">{escape(sheets[0].name)}'
        "</config:config-item></config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


_SHORT = {"VerticalSplitMode", "ActiveSplitRange"}


def _view(sheet: Sheet) -> str:
    items = {"CursorPositionX": 0, "CursorPositionY": 0}
    if sheet.table is not None:
        items |= {"VerticalSplitMode": 2, "VerticalSplitPosition": sheet.header_row, "ActiveSplitRange": 2}
        items |= {"PositionBottom": sheet.header_row}
    return "".join(
        f'<config:config-item config:name="{name}" config:type="{"short" if name in _SHORT else "int"}">'
        f"{value}</config:config-item>"
        for name, value in items.items()
    )


_NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "config": "urn:oasis:names:tc:opendocument:xmlns:config:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "ooo": "http://openoffice.org/2004/office",
}


def _opened(name: str) -> str:
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<office:{name} {spaces} office:version="1.3">'


def _cell_style(name: str, text: str = "", cell: str = "", data: str = "") -> str:
    shown = name.replace("_20_", " ")
    return (
        f'<style:style style:name="{name}" style:display-name="{shown}" style:family="table-cell" '
        f'style:parent-style-name="Default"{data}><style:table-cell-properties style:vertical-align="top" {cell}/>'
        f"<style:text-properties {text}/></style:style>"
    )


_WRAPPED = 'fo:wrap-option="wrap"'
_BOLD = 'fo:font-weight="bold"'

_STYLES = (
    _opened("document-styles") + '<office:font-face-decls><style:font-face style:name="Arial" svg:font-family="Arial" '
    'style:font-family-generic="swiss"/></office:font-face-decls><office:styles>'
    '<style:default-style style:family="table-cell"><style:text-properties style:font-name="Arial" '
    'fo:font-size="12pt" fo:language="en" fo:country="GB"/></style:default-style>'
    '<number:date-style style:name="date" number:language="en" number:country="GB"><number:day/>'
    "<number:text> </number:text>"
    '<number:month number:style="long" number:textual="true"/><number:text> </number:text>'
    '<number:year number:style="long"/></number:date-style>'
    '<number:number-style style:name="count"><number:number number:decimal-places="0" number:min-integer-digits="1" '
    'number:grouping="true"/></number:number-style>'
    '<style:style style:name="Default" style:family="table-cell"/>'
    + _cell_style("Data", cell=_WRAPPED)
    + _cell_style("Date", cell=_WRAPPED, data=' style:data-style-name="date"')
    + _cell_style("Count", cell=_WRAPPED, data=' style:data-style-name="count"')
    + _cell_style("Header", _BOLD, _WRAPPED)
    + _cell_style("Link", 'style:text-underline-style="solid"', _WRAPPED)
    + _cell_style("Line", cell=_WRAPPED)
    + _cell_style("Note")
    + _cell_style("Heading_20_1", f'{_BOLD} fo:font-size="16pt"')
    + _cell_style("Heading_20_2", f'{_BOLD} fo:font-size="14pt"')
    + "</office:styles></office:document-styles>"
)

_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIMETYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in ("content", "styles", "meta", "settings")
    )
    + "</manifest:manifest>"
)
