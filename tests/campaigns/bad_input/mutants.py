"""Ways to spoil a CSV: bytes, encodings, columns, rows, values. Each takes the file's bytes and gives others."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

Spoil = Callable[[bytes, random.Random], bytes]
Rows = list[list[str]]

VALUES = (
    "",
    "NULL",
    "null",
    "N/A",
    "nan",
    "-",
    "0",
    "-1",
    "101",
    "99999999999999999999",
    "1e3",
    "0x10",
    "007",
    "1,000",
    "1 000",
    "3.25.1",
    "12.",
    ".5",
    "50%",
    "٥٠",
    "５０",
    "½",
    "true",
    "yes",
    "2022-02-30",
    "2022-13-01",
    "30/06/2022",
    "June 2022",
    "overall",
    "Overall",
    "OVERALL",
    "nobody",
    "pdu_2021.9.9",
    "'; drop table main.fct_rating; --",
    "\"); copy (select 1) to 'x.csv'; --",
    "{{ env_var('HOME') }}",
    "{% raw %}",
    "{{ 7 * 7 }}",
    "${HOME}",
    "$(id)",
    "../../../etc/passwd",
    "file:///etc/passwd",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '=HYPERLINK("http://example.org","x")',
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "＝1+1",
    "\tx",
    " x",
    "x ",
    "x  y",
    "a\nb",
    "a\r\nb",
    'say "x"',
    "it's",
    "x" * 20_000,
    "e\u0301",
    "x\u200bx",
    "\u202ex",
    "x\u00a0x",
    "x\u0000x",
    "x\ufeffx",
    "\ufffd",
    "\U0001f600",
)


@dataclass(frozen=True)
class Mutant:
    """A spoilt file: how it was spoilt, and its bytes."""

    kind: str
    way: str
    content: bytes


def mutant(content: bytes, rng: random.Random) -> Mutant:
    """Spoil a file in one way, chosen at random."""
    kind = rng.choice(sorted(WAYS))
    way = rng.choice(sorted(WAYS[kind]))
    return Mutant(kind, way, WAYS[kind][way](content, rng))


def _table(change: Callable[[Rows, random.Random], None]) -> Spoil:
    """A change of parsed records, written again as well-formed CSV."""

    def spoil(content: bytes, rng: random.Random) -> bytes:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
        change(rows, rng)
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        return out.getvalue().encode("utf-8", "surrogatepass")

    return spoil


def _text(change: Callable[[str], str], encoding: str = "utf-8") -> Spoil:
    return lambda content, rng: change(content.decode("utf-8")).encode(encoding, "replace")


def _flip_bit(content: bytes, rng: random.Random) -> bytes:
    spoilt = bytearray(content)
    spoilt[rng.randrange(len(spoilt))] ^= 1 << rng.randrange(8)
    return bytes(spoilt)


def _insert_byte(content: bytes, rng: random.Random) -> bytes:
    position = rng.randrange(len(content) + 1)
    return content[:position] + bytes([rng.randrange(256)]) + content[position:]


def _delete_byte(content: bytes, rng: random.Random) -> bytes:
    position = rng.randrange(len(content))
    return content[:position] + content[position + 1 :]


def _delete_chunk(content: bytes, rng: random.Random) -> bytes:
    position = rng.randrange(len(content))
    return content[:position] + content[position + rng.randrange(1, 200) :]


def _repeat_chunk(content: bytes, rng: random.Random) -> bytes:
    position = rng.randrange(len(content))
    chunk = content[position : position + rng.randrange(1, 200)]
    return content[:position] + chunk + content[position:]


def _insert(*what: bytes) -> Spoil:
    def spoil(content: bytes, rng: random.Random) -> bytes:
        position = rng.randrange(len(content) + 1)
        return content[:position] + rng.choice(what) + content[position:]

    return spoil


def _cell(change: Callable[[str, random.Random], str]) -> Spoil:
    """A change of one value."""

    def spoil(rows: Rows, rng: random.Random) -> None:
        row = rng.randrange(1, len(rows)) if len(rows) > 1 else 0
        column = rng.randrange(len(rows[row]))
        rows[row][column] = change(rows[row][column], rng)

    return _table(spoil)


def _other_row(rows: Rows, rng: random.Random) -> None:
    column = rng.randrange(len(rows[0]))
    rows[-1][column] = rows[rng.randrange(1, len(rows))][column] if len(rows) > 1 else "x"


def _tweak_digit(value: str, rng: random.Random) -> str:
    digits = [index for index, character in enumerate(value) if character.isdigit()]
    if not digits:
        return value + "x"
    index = rng.choice(digits)
    return value[:index] + rng.choice("0123456789") + value[index + 1 :]


def _swap_headers(rows: Rows, rng: random.Random) -> None:
    first, second = rng.sample(range(len(rows[0])), 2) if len(rows[0]) > 1 else (0, 0)
    rows[0][first], rows[0][second] = rows[0][second], rows[0][first]


def _swap_columns(rows: Rows, rng: random.Random, header: bool) -> None:
    first, second = rng.sample(range(len(rows[0])), 2) if len(rows[0]) > 1 else (0, 0)
    for row in rows[0 if header else 1 :]:
        row[first], row[second] = row[second], row[first]


def _drop_column(rows: Rows, rng: random.Random) -> None:
    column = rng.randrange(len(rows[0]))
    for row in rows:
        del row[column]


def _double_column(rows: Rows, rng: random.Random) -> None:
    column = rng.randrange(len(rows[0]))
    for row in rows:
        row.insert(column, row[column])


def _add_column(rows: Rows, rng: random.Random) -> None:
    for number, row in enumerate(rows):
        row.append("x" if number else "extra")


def _rename(rows: Rows, rng: random.Random) -> None:
    column = rng.randrange(len(rows[0]))
    name = rows[0][column]
    rows[0][column] = rng.choice([name.upper(), name + " ", name[:-1], "", "x"])


def _drop_row(rows: Rows, rng: random.Random) -> None:
    if len(rows) > 1:
        del rows[rng.randrange(1, len(rows))]


def _double_row(rows: Rows, rng: random.Random) -> None:
    rows.append(list(rng.choice(rows[1:] or rows)))


def _swap_rows(rows: Rows, rng: random.Random) -> None:
    if len(rows) > 2:
        first, second = rng.sample(range(1, len(rows)), 2)
        rows[first], rows[second] = rows[second], rows[first]


def _drop_field(rows: Rows, rng: random.Random) -> None:
    rng.choice(rows).pop()


def _add_field(rows: Rows, rng: random.Random) -> None:
    rng.choice(rows).append("x")


def _second_header(rows: Rows, rng: random.Random) -> None:
    rows.insert(rng.randrange(1, len(rows) + 1), list(rows[0]))


def _header_only(rows: Rows, rng: random.Random) -> None:
    del rows[1:]


WAYS: dict[str, dict[str, Spoil]] = {
    "bytes": {
        "flip a bit": _flip_bit,
        "insert a byte": _insert_byte,
        "delete a byte": _delete_byte,
        "delete a chunk": _delete_chunk,
        "repeat a chunk": _repeat_chunk,
        "cut short": lambda content, rng: content[: rng.randrange(len(content))],
        "insert NUL": _insert(b"\0"),
        "insert a control character": _insert(b"\x07", b"\x1b[2J", b"\x7f", b"\x08"),
        "insert a quotation mark": _insert(b'"', b"'", b'""', b'\\"'),
        "insert a separator": _insert(b",", b";", b"\t", b"|"),
        "insert a line end": _insert(b"\n", b"\r", b"\r\n", b"\x0b", b"\xe2\x80\xa8", b"\xc2\x85"),
        "insert invalid UTF-8": _insert(b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82"),
    },
    "encoding": {
        "byte order mark": lambda content, rng: b"\xef\xbb\xbf" + content,
        "UTF-16": _text(str, "utf-16"),
        "UTF-16 without mark": _text(str, "utf-16-le"),
        "UTF-32": _text(str, "utf-32"),
        "Latin-1": _text(lambda text: text.replace("e", "é", 5), "latin-1"),
        "Windows-1252": _text(lambda text: text.replace("'", "’", 5) + "’\n", "cp1252"),
        "EBCDIC": _text(str, "cp500"),
        "decomposed accents": _text(lambda text: unicodedata.normalize("NFD", text.replace("e", "é", 3))),
        "CRLF": _text(lambda text: text.replace("\n", "\r\n")),
        "CR": _text(lambda text: text.replace("\n", "\r")),
        "no last line end": _text(lambda text: text.rstrip("\n")),
        "blank lines at the end": _text(lambda text: text + "\n\n"),
        "semicolons": _text(lambda text: text.replace(",", ";")),
        "tabs": _text(lambda text: text.replace(",", "\t")),
        "every field quoted": _text(
            lambda text: "".join(
                ",".join(f'"{field}"' for field in row) + "\n" for row in csv.reader(io.StringIO(text, newline=""))
            )
        ),
        "empty": lambda content, rng: b"",
        "a comment line": _text(lambda text: "# exported\n" + text),
        "sep= line": _text(lambda text: "sep=,\n" + text),
    },
    "columns": {
        "swap two names": _table(_swap_headers),
        "swap two columns": _table(lambda rows, rng: _swap_columns(rows, rng, True)),
        "drop one": _table(_drop_column),
        "double one": _table(_double_column),
        "add one": _table(_add_column),
        "rename one": _table(_rename),
        "swap the values of two": _table(lambda rows, rng: _swap_columns(rows, rng, False)),
    },
    "rows": {
        "drop one": _table(_drop_row),
        "double one": _table(_double_row),
        "swap two": _table(_swap_rows),
        "drop a field": _table(_drop_field),
        "add a field": _table(_add_field),
        "header again": _table(_second_header),
        "header only": _table(_header_only),
    },
    "values": {
        "something else": _cell(lambda value, rng: rng.choice(VALUES)),
        "something before": _cell(lambda value, rng: rng.choice(VALUES) + value),
        "something after": _cell(lambda value, rng: value + rng.choice(VALUES)),
        "another digit": _cell(_tweak_digit),
        "other case": _cell(lambda value, rng: value.swapcase()),
        "emptied": _cell(lambda value, rng: ""),
        "of another row": _table(_other_row),
        "a character less": _cell(lambda value, rng: value[:-1]),
        "a character twice": _cell(lambda value, rng: value + value[-1:]),
    },
}
