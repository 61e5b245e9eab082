"""The strict reading of seed CSVs: what is not exactly as agreed is refused, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from pdu_inspections.errors import Problem
from pdu_inspections.gate.contract import SeedColumn, SeedTable
from pdu_inspections.gate.csv_files import Record, find_unknown_files, read_records
from pdu_inspections.gate.frames import find_character_problems, read_table

BODIES = SeedTable(
    "bodies",
    "reference",
    "Inspected bodies.",
    (SeedColumn("body_id"), SeedColumn("body_name"), SeedColumn("note", required=False)),
    ("body_id",),
)
HEADER = b"body_id,body_name,note\n"
GOOD = HEADER + b'ashby,Ashby PDU,\nbirch,"Birch, ""North""",merged\n'


def read(tmp_path: Path, content: bytes) -> tuple[list[Record] | None, list[Problem]]:
    """The records, and the problems of the file's form and of its characters."""
    path = tmp_path / "reference" / "bodies.csv"
    path.parent.mkdir()
    path.write_bytes(content)
    records, problems = read_records(path, BODIES, tmp_path)
    rows, _ = read_table(path, BODIES, tmp_path)
    return records, problems + (list(find_character_problems(rows)) if rows is not None else [])


def test_a_good_file_is_read_with_line_numbers(tmp_path: Path) -> None:
    records, problems = read(tmp_path, GOOD)
    assert problems == []
    assert records == [Record(2, ("ashby", "Ashby PDU", "")), Record(3, ("birch", 'Birch, "North"', "merged"))]


def test_line_numbers_are_the_index_of_the_frame(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    rows, _ = read_table(tmp_path / "reference" / "bodies.csv", BODIES, tmp_path)
    assert rows is not None
    assert rows.frame.loc[2].to_dict() == {"body_id": "ashby", "body_name": "Ashby PDU", "note": None}
    assert rows.place(3) == ("seeds/reference/bodies.csv", 3)
    assert (rows.rows_n, rows.values_n, rows.values("note")) == (2, 5, {"merged"})


@pytest.mark.parametrize(
    ("content", "line", "column", "message"),
    [
        (b"", None, None, "file is empty"),
        (b"\xef\xbb\xbf" + GOOD, 1, None, "byte order mark"),
        (GOOD.decode().encode("utf-16"), 1, None, "UTF-16"),
        (GOOD.replace(b"\n", b"\r\n"), 1, None, "carriage return before every line feed"),
        (GOOD.replace(b"\n", b"\r"), 1, None, "last line is not ended"),
        (GOOD.replace(b"merged", b"mer\rged"), 3, None, "carriage return in 1 of 3 lines"),
        (GOOD.replace(b"Ashby", b"Ash\xe9by"), 2, None, "byte 10 of the line is not UTF-8"),
        (GOOD.replace(b"Ashby", b"Ash\0by"), 2, None, "NUL byte"),
        (GOOD[:-1], 3, None, "last line is not ended"),
        (GOOD.replace(b"body_name", b"note", 1), 1, "note", "column stands 2 times"),
        (GOOD.replace(b"body_name", b"bodyname"), 1, "bodyname", "unknown column"),
        (b"body_id,body_name\nashby,Ashby\n", 1, "note", "missing column"),
        (b"body_name,body_id,note\n", 1, None, "columns in another order"),
        (HEADER + b"ashby,Ashby\n", 2, None, "record has 2 fields"),
        (HEADER + b"ashby,Ashby,a,b\n", 2, None, "record has 4 fields"),
        (HEADER + b"\nashby,Ashby,\n", 2, None, "blank line"),
        (HEADER + b'ashby,Ash"by,\n', 2, None, "not well quoted"),
        (HEADER + b'ashby,"Ashby"x,\n', 2, None, "not well quoted"),
        (HEADER + b'ashby,"Ash\nby",\n', 2, None, "not well quoted"),
        (HEADER + b'ashby,Ashby,""\n', 2, None, "not well quoted"),
        (HEADER + b"ashby, Ashby,\n", 2, "body_name", "space before or after"),
        (
            HEADER + "ashby,Ash\u200bby,\n".encode(),
            2,
            "body_name",
            "invisible or malformed character U+200B ZERO WIDTH SPACE",
        ),
        (HEADER + "ashby,\u202eAshby,\n".encode(), 2, "body_name", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        (HEADER + "ashby,Ash\u00a0by,\n".encode(), 2, "body_name", "U+00A0 NO-BREAK SPACE"),
        (HEADER + "ashby,Ashe\u0301,\n".encode(), 2, "body_name", "letters and accents in separate characters"),
        (HEADER + "ashby,Ash\u3164by,\n".encode(), 2, "body_name", "U+3164 HANGUL FILLER"),
        (HEADER + "ashby,Ash\u2800by,\n".encode(), 2, "body_name", "U+2800 BRAILLE PATTERN BLANK"),
        (HEADER + "ashby,Ash\u034fby,\n".encode(), 2, "body_name", "U+034F COMBINING GRAPHEME JOINER"),
        (HEADER + "ashby,Ash\ufffdby,\n".encode(), 2, "body_name", "U+FFFD REPLACEMENT CHARACTER"),
        (HEADER + "ashby,Ash\u0301\u0302by,\n".encode(), 2, "body_name", "U+0301 COMBINING ACUTE ACCENT"),
        (HEADER + "ashby,\u0410shby,\n".encode(), 2, "body_name", "foreign script U+0410 CYRILLIC CAPITAL LETTER A"),
        (HEADER + b"ashby," + b"x" * 1_000_000 + b",\n", 2, "body_name", "value of 1,000,000 characters"),
        (HEADER + b"ashby,=1+1,\n", 2, "body_name", "run as a formula"),
        (HEADER + b"ashby,@SUM(A1),\n", 2, "body_name", "run as a formula"),
        (HEADER + b"ashby,+cmd,\n", 2, "body_name", "run as a formula"),
        (HEADER + b"ashby,-2+3,\n", 2, "body_name", "run as a formula"),
        (HEADER + "ashby,\uff1d1,\n".encode(), 2, "body_name", "run as a formula"),
    ],
)
def test_what_is_not_as_agreed_is_refused(
    tmp_path: Path, content: bytes, line: int | None, column: str | None, message: str
) -> None:
    _, problems = read(tmp_path, content)
    assert any(message in problem.message for problem in problems), [str(problem) for problem in problems]
    problem = next(problem for problem in problems if message in problem.message)
    assert (problem.file, problem.line, problem.column) == ("seeds/reference/bodies.csv", line, column)
    assert problem.action


@pytest.mark.parametrize("value", ["Café", "Ynys Môn", "10–15 µg", "£5 ½ ± 3’s", "“quoted”", "naïve Łódź"])
def test_letters_and_signs_of_latin_text_pass(tmp_path: Path, value: str) -> None:
    assert read(tmp_path, HEADER + f"ashby,{value},\n".encode())[1] == []


@pytest.mark.parametrize("value", ["-5%", "+3.2", "-1,000", "100%"])
def test_a_signed_number_in_free_text_is_no_formula(tmp_path: Path, value: str) -> None:
    _, problems = read(tmp_path, HEADER + f'ashby,"{value}",\n'.encode())
    assert problems == []


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    _, problems = read(tmp_path, HEADER + b"ashby, Ashby,=1\nbirch\n")
    assert [(problem.line, problem.column) for problem in problems] == [(3, None), (2, "body_name"), (2, "note")]


def test_rows_of_the_wrong_length_do_not_hide_the_others(tmp_path: Path) -> None:
    records, _ = read(tmp_path, HEADER + b"birch\nashby,Ashby,\n")
    assert records is not None
    assert [record.line for record in records] == [3]


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    records, problems = read_records(tmp_path / "reference" / "bodies.csv", BODIES, tmp_path)
    assert records is None
    assert "missing" in problems[0].message


def test_a_link_out_of_the_seeds_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.csv"
    outside.write_bytes(GOOD)
    seeds = tmp_path / "seeds"
    (seeds / "reference").mkdir(parents=True)
    (seeds / "reference" / "bodies.csv").symlink_to(outside)
    records, problems = read_records(seeds / "reference" / "bodies.csv", BODIES, seeds)
    assert records is None
    assert "not a file of the seeds folder" in problems[0].message


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pdu_inspections.gate.csv_files.MAX_BYTES", 10)
    records, problems = read(tmp_path, GOOD)
    assert records is None
    assert "too large" in problems[0].message


def test_csvs_that_the_contract_does_not_know_are_found_at_any_depth(tmp_path: Path) -> None:
    for name in ("reference/bodies.csv", "reference/extra.csv", "other/deep/MORE.CSV", "reference/notes.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    problems = list(find_unknown_files(tmp_path, [BODIES]))
    assert [problem.file for problem in problems] == ["seeds/other/deep/MORE.CSV", "seeds/reference/extra.csv"]
