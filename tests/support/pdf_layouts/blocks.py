"""The text form of a report as blocks to be typeset: headings, paragraphs, list items, tables, footnotes, ratings."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

RATINGS = ("Outstanding", "Good", "Requires improvement", "Inadequate")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_INLINE = re.compile(
    r"<sup>\s*(?P<sup>\d+)\s*</sup>|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
    r"|<(?P<tag>/?[bi])>|(?P<strong>\*\*(?=\S)(?:[^*\n]*[^\s*])\*\*)|(?P<emphasis>(?<![\w*])\*(?=[^\s*])[^*\n]*[^\s*]\*(?![\w*]))"
    r"|\[(?P<link>[^\]\n]*)\]\([^)\n]*\)"
)
_PICTURE = re.compile(r"A handwritten signature|The Home Office logo|!\[")
_RULE = re.compile(r"^[\s|:=_*-]*$")


@dataclass(frozen=True)
class Run:
    """Characters in one style; a mark is the number of a footnote, to be raised."""

    text: str
    bold: bool = False
    italic: bool = False
    mark: bool = False


Text = tuple[Run, ...]


@dataclass
class Block:
    """kind: heading, paragraph, line, bullet, number, table, contents, rating, fact, note, rule."""

    kind: str
    text: Text = ()
    level: int = 0
    rows: list[list[Text]] = field(default_factory=list)
    label: str = ""


def plain(text: Text) -> str:
    return "".join(run.text for run in text if not run.mark)


def inline(raw: str) -> Text:
    """Runs of a line of the text form, its markup taken off."""
    runs: list[Run] = []
    bold = italic = False

    def add(text: str, **style: bool) -> None:
        text = html.unescape(re.sub(r"\\([^\w\s])", r"\1", text)).replace("\u00a0", " ")
        if text:
            runs.append(Run(text, **{"bold": bold, "italic": italic, **style}))

    position = 0
    for found in _INLINE.finditer(raw):
        add(raw[position : found.start()])
        position = found.end()
        if found["sup"] or found["raised"]:
            runs.append(Run(found["sup"] or found["raised"].translate(_SUPERSCRIPT), mark=True))
        elif found["tag"]:
            bold = (found["tag"] == "b") if found["tag"].strip("/") == "b" else bold
            italic = (found["tag"] == "i") if found["tag"].strip("/") == "i" else italic
        elif found["strong"]:
            add(found["strong"][2:-2], bold=True)
        elif found["emphasis"]:
            add(found["emphasis"][1:-1], italic=True)
        else:
            add(found["link"])
    add(raw[position:])
    while runs and not runs[0].mark and not runs[0].text.strip():
        del runs[0]
    return tuple(runs)


def blocks(text: str) -> list[Block]:
    """Blocks of a text form, in order."""
    found = list(_pages_of_facts(_ratings(list(_blocks(_whole_lines(text.splitlines()))))))
    return _tables_across_notes(found)


def _whole_lines(lines: list[str]) -> list[str]:
    """Lines, with bold type that runs over a line break put together."""
    whole: list[str] = []
    for line in lines:
        if whole and whole[-1].startswith("**") and whole[-1].count("**") == 1 and line.rstrip().endswith("**"):
            whole[-1] += " " + line
        else:
            whole.append(line)
    return whole


def _blocks(lines: list[str]) -> Iterator[Block]:
    in_contents = False
    previous_blank = True
    for number, raw in enumerate(lines):
        line = raw.rstrip().removesuffix("\\")
        following = lines[number + 1] if number + 1 < len(lines) else ""
        if not line.strip() or _RULE.match(line):
            previous_blank = True
            continue
        if _PICTURE.match(line):
            continue
        text = inline(line.lstrip("# ") if line.startswith("#") else line)
        words = plain(text).strip()
        if "\t" in raw:
            cells = [inline(cell.strip()) for cell in raw.split("\t")]
            if len(cells) > 2 and cells[-2] and not cells[-1]:
                del cells[-1]
            in_contents = in_contents and re.fullmatch(r"\d*|Page", plain(cells[-1])) is not None
            if in_contents:
                first = inline(re.sub(r"[\s.]+$", "", plain(cells[0])))
                yield Block("contents", rows=[[first, cells[-1]]])
            else:
                yield Block("table", rows=[cells])
            previous_blank = False
            continue
        if words.casefold() == "contents":
            in_contents = True
            yield Block("heading", text, 1)
            continue
        in_contents = in_contents and not words.isupper()
        yield _block(line, text, words, previous_blank, not following.strip())
        previous_blank = False


def _block(line: str, text: Text, words: str, after_blank: bool, before_blank: bool) -> Block:
    if text and text[0].mark:
        return Block("note", text[1:], label=text[0].text)
    if re.match(r"\s*[-•]\s", line):
        return Block("bullet", inline(re.sub(r"^\s*[-•]\s+(?:▣\s*)?", "", line)), level=line.startswith(" "))
    numbered = re.match(r"\s*(\d{1,2}\.)\s+(?=[a-z*])", line)
    if numbered:
        return Block("number", inline(line[numbered.end() :]), label=numbered.group(1))
    if words.strip(" .☆*") in RATINGS:
        return Block("rating", text)
    hashes = len(line) - len(line.lstrip("#"))
    if hashes:
        return Block("heading", text, min(hashes, 3))
    alone = after_blank and before_blank
    if alone and len(words) < 130 and words[-1:] not in ".”\"'’" and not re.search(r"[<@]|www\.", words):
        level = (
            1
            if re.match(r"(?:\d\. |Annexe|Annex |Foreword|Ratings|Recommendations$|Background)|[A-Z ]{8,}$", words)
            else 3
        )
        return Block("heading", text, 2 if re.match(r"\d\.\d", words) else level)
    return Block("line" if not alone and len(words) < 70 else "paragraph", text)


def _ratings(found: list[Block]) -> Iterator[Block]:
    """A heading of a standard with its rating right below becomes a rating with a label."""
    for number, block in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        is_label = block.kind == "heading" and following is not None and following.kind == "rating"
        if is_label and re.match(r"\d\.\d|Overall rating", plain(block.text)):
            yield Block("heading", block.text, 2, label="rated")
        else:
            yield block


def _pages_of_facts(found: Iterator[Block]) -> Iterator[Block]:
    """A figure that stands alone becomes a fact with the caption below it."""
    waiting: Block | None = None
    for block in found:
        if waiting is not None:
            yield Block("fact", waiting.text, rows=[[waiting.text, block.text]])
            waiting = None
        elif block.kind in ("heading", "line", "paragraph") and re.fullmatch(r"[\d,.]+%?", plain(block.text).strip()):
            waiting = block
        else:
            yield block


def _tables_across_notes(found: list[Block]) -> list[Block]:
    """Rows of one table put together; a footnote between two of them goes before the table."""
    merged: list[Block] = []
    for block in found:
        last = next((b for b in reversed(merged) if b.kind != "note"), None)
        between = merged[merged.index(last) + 1 :] if last in merged else []
        if block.kind in ("table", "contents") and last is not None and last.kind == block.kind and _same(last, block):
            last.rows += block.rows
            for note in between:
                merged.remove(note)
                merged.insert(merged.index(last), note)
        else:
            merged.append(block)
    return merged


def _same(table: Block, block: Block) -> bool:
    """Whether a row goes on with a table: it has as many cells and heads no table of its own."""
    heads = re.match(r"\W*\d\.\d\.?\s.*", plain(block.rows[0][0])) and is_head(block.rows[0])
    starts = re.match(r"Standard/Key|Services$|Lowest", plain(block.rows[0][0]))
    return block.kind == "contents" or (len(block.rows[0]) == len(table.rows[0]) and not heads and not starts)


def is_head(row: list[Text]) -> bool:
    """Whether a row heads its columns: no cell after the first holds a figure or a rating."""
    rest = [plain(cell).strip() for cell in row[1:]]
    return any(rest) and not any(re.match(r"[\d,.]+\s?%?$|Not ", cell) or cell in RATINGS for cell in rest)
