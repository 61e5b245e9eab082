"""What no report is: endless files, lines of thousands of numbers, numbers of thousands of digits, names that lie."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pdu_inspections.errors import InputError
from pdu_inspections.reader.command import read
from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.formats.text_form import file_bytes
from pdu_inspections.reader.time_limit import limit_time
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support.reader_help import LONG, SHORT, read_lines, seed, write_project

only_posix = pytest.mark.skipif(sys.platform == "win32", reason="devices, pipes and timers as Unix has them")
START, END = (part.strip("\n") for part in LONG.read_text(encoding="utf-8").split("\nForeword\n", 1))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    directory = write_project(tmp_path / "project")
    monkeypatch.chdir(directory)
    return directory


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    return Vocabulary(write_project(tmp_path_factory.mktemp("vocabulary")))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(read, [str(argument) for argument in arguments], catch_exceptions=False)


# ---------------------------------------------------------------------- kinds of files


def make_pipe(path: Path) -> None:
    """A pipe that nobody writes to."""
    os.mkfifo(path)


@only_posix
@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (lambda path: path.symlink_to("/dev/zero"), "a device"),
        (lambda path: path.symlink_to("/dev/urandom"), "a device"),
        (make_pipe, "a pipe"),
        (lambda path: path.mkdir(), "a folder"),
    ],
    ids=["zeros", "random bytes", "pipe", "folder"],
)
def test_what_is_no_regular_file_is_refused_at_once(
    project: Path, tmp_path: Path, make: Callable[[Path], object], kind: str
) -> None:
    path = tmp_path / "endless.txt"
    make(path)
    result = run(path, SHORT)

    assert result.exit_code == 3
    assert f"{path}: is not a regular file\n  found:    {kind!r}" in result.stderr
    assert [row["document_id"] for row in seed(project, "documents")] == [SHORT.stem]


def test_random_bytes_are_refused_with_their_line(project: Path, tmp_path: Path) -> None:
    path = tmp_path / "noise.txt"
    path.write_bytes(b"one line\n" + bytes(range(255, 0, -1)) * 1000)
    result = run(path, SHORT)

    assert result.exit_code == 3
    assert f"{path}:2: is not UTF-8 text" in result.stderr
    assert [row["document_id"] for row in seed(project, "documents")] == [SHORT.stem]


def test_at_most_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(b"x" * 11)

    assert file_bytes(path, most=11) == b"x" * 11
    with pytest.raises(InputError, match="is too large for a report"):
        file_bytes(path, most=10)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="a file without a size, as Linux has them")
def test_a_file_that_holds_more_than_it_says_is_read_to_the_limit() -> None:
    with pytest.raises(InputError, match=r"found: +'more than 10 bytes'"):
        file_bytes(Path("/proc/self/status"), most=10)


def test_a_name_that_no_file_can_have_is_told() -> None:
    with pytest.raises(InputError, match="has a name that no file can have"):
        open_report(Path("zero\0.txt"))


# ---------------------------------------------------------------------- names


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
@pytest.mark.parametrize("name", ["\x1b[31mred.txt", "line\nbreak.txt", "\u202etxt.exe.txt"])
def test_names_are_printed_escaped(project: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    result = run(tmp_path / name, SHORT)
    shown = name.encode("unicode_escape").decode()

    assert result.exit_code == 3
    assert f"{tmp_path}/{shown}: is empty" in result.stderr
    assert f"1 could not be read: {tmp_path}/{shown}" in result.stdout
    assert name not in result.output


def test_characters_that_nobody_can_see_are_printed_escaped(project: Path, tmp_path: Path) -> None:
    text = LONG.read_text(encoding="utf-8")
    copy = tmp_path / LONG.name
    copy.write_text(text.replace("WMT average per PSO\t97", "Biscuits\u202e per meeting\t97"), encoding="utf-8")
    result = run(copy)

    assert "Biscuits\\u202e per meeting\t97" in result.stdout


# ---------------------------------------------------------------------- growth


@pytest.mark.parametrize(
    "line",
    [
        " ".join(map(str, range(16_000))),
        "53% of 79 cases, " * 16_000,
        "twenty-one of " * 16_000,
        "x" * 1_000_000 + " 53% of 79 cases",
    ],
    ids=["numbers", "percentages", "words for numbers", "letters"],
)
def test_a_line_that_nobody_wrote_is_told_and_takes_no_time(vocabulary: Vocabulary, line: str) -> None:
    whole = read_lines(f"{START}\n\nForeword\n{END}", vocabulary)
    began = time.process_time()
    reading = read_lines(f"{START}\n\nForeword\n\nHere: {line}\n\n{END}", vocabulary)

    assert time.process_time() - began < 10
    number = START.count("\n") + 5
    told = [notice.message for notice in reading.notices if notice.line == number]
    assert len(told) == 1
    assert "its figures were not read" in told[0]
    assert not [row for row in reading.candidates if row["line_number"] == str(number)]
    assert reading.counts() == whole.counts()
    assert len(reading.candidates) == len(whole.candidates)


def test_thousands_of_footnotes_take_no_time(vocabulary: Vocabulary) -> None:
    notes = "".join(f"{number} See note {number + 1}, of 53% of 79 cases.\n" for number in range(8_000))
    whole = read_lines(f"{START}\n\nForeword\n{END}", vocabulary)
    began = time.process_time()
    reading = read_lines(f"{START}\n\nForeword\n{END}\n\n{notes}", vocabulary)

    assert time.process_time() - began < 20
    assert reading.counts() == whole.counts()


@pytest.mark.parametrize("old", ["53%", "Score ", "79", "2023"])
def test_a_number_of_thousands_of_digits_is_no_figure(vocabulary: Vocabulary, old: str) -> None:
    text = LONG.read_text(encoding="utf-8")
    digits = "9" * 5_000
    assert old in text
    at = text.index(old)
    try:
        reading = read_lines(f"{text[:at]}{digits}{text[at:]}", vocabulary)
    except InputError as error:
        assert error.problems[0].file == "report.txt"
    else:
        assert not [row for rows in reading.rows.values() for row in rows if row["as_printed"].startswith(digits)]


# ---------------------------------------------------------------------- time


@only_posix
def test_a_file_that_takes_too_long_is_ended_and_named() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    began = time.process_time()
    with pytest.raises(InputError, match=r"slow.txt: took too long to read"), limit_time(Path("slow.txt"), 0.05):
        while time.process_time() - began < 30:
            pass

    assert time.process_time() - began < 10
    assert signal.getsignal(signal.SIGVTALRM) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL) == (0.0, 0.0)
