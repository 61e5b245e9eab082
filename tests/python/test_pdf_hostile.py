"""A hostile file is refused with one message, soon, and harms nothing: neither the project nor other files."""

from __future__ import annotations

import os
import time
import zlib
from pathlib import Path

import pytest

from pdu_inspections.errors import InputError
from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.formats.records import document_from
from pdu_inspections.reader.sandbox import Limits, parent, run
from tests.support.pdf_layouts.layouts import LAYOUTS, make_pdf
from tests.support.raw_pdf import CATALOG, page_with, raw_pdf

pytestmark = pytest.mark.slow

TESTS = Path(__file__).parents[2]
SMALL = TESTS / "tests" / "support" / "small_reports" / "ashby_pdu_2023.txt"
QUICK = Limits(wall_seconds=8, cpu_seconds=2, memory_bytes=200 << 20, output_bytes=1 << 20)


@pytest.fixture
def job_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file to run jobs of the tests on; the child finds their module."""
    start = parent._START.replace("import sys; ", f"import sys; sys.path.append({str(TESTS)!r}); ")
    monkeypatch.setattr(parent, "_START", start)
    path = tmp_path / "input.pdf"
    path.write_text(str(tmp_path / "victim.txt"))
    return path


def refusal(path: Path, job: str, limits: Limits = QUICK) -> str:
    with pytest.raises(InputError) as refused:
        run(path, f"tests.support.pdf_layouts.jobs:{job}", "a file", limits)
    assert len(refused.value.problems) == 1
    assert refused.value.problems[0].file == str(path)
    return str(refused.value)


def test_the_child_has_no_environment_and_gets_the_file_on_standard_input(
    job_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "of no concern to a parser")
    outcome = run(job_file, "tests.support.pdf_layouts.jobs:tell", "a file", QUICK)
    told = outcome.records[0]
    assert set(told["environment"]) <= {"LC_CTYPE"}
    assert told["directory"] == "/"
    assert told["pages"] == QUICK.pages
    assert told["content"] == job_file.read_text()


def test_the_child_cannot_write_files(job_file: Path) -> None:
    victim = Path(job_file.read_text())
    refusal(job_file, "write")
    assert not victim.exists() or victim.stat().st_size == 0


@pytest.mark.parametrize(
    ("job", "said"),
    [
        ("spin", "took too long"),
        ("hoard", "more memory"),
        ("flood", "more text"),
        ("crash", "SIGABRT"),
        ("leave", "breaks off"),
        ("nest", "nested too deeply"),
        ("missing", "malformed"),
    ],
)
def test_a_job_that_misbehaves_ends_in_one_message(job_file: Path, job: str, said: str) -> None:
    assert said in refusal(job_file, job)


def test_a_job_that_hangs_is_ended_at_the_deadline(job_file: Path) -> None:
    began = time.monotonic()
    message = refusal(job_file, "sleep", Limits(wall_seconds=1))
    assert "took too long" in message
    assert time.monotonic() - began < 6


def test_what_the_child_says_is_checked(job_file: Path) -> None:
    outcome = run(job_file, "tests.support.pdf_layouts.jobs:forge", "a file", QUICK)
    with pytest.raises(InputError, match="not what it should be"):
        document_from(job_file, "pdf", outcome)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        open_report(tmp_path / "none.pdf")


def test_a_directory_and_a_pipe_are_no_files(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.pdf"
    os.mkfifo(pipe)
    for path in (tmp_path, pipe):
        with pytest.raises(InputError, match=r"regular file|cannot be read"):
            open_report(path)


def test_an_empty_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    path.touch()
    with pytest.raises(InputError, match="is empty"):
        open_report(path)


def test_a_file_beyond_the_limit_is_not_opened_by_the_parser(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(Limits().file_bytes + 1)
    with pytest.raises(InputError, match="too large"):
        open_report(path)


def test_more_pages_than_a_report_has_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.pdf"
    path.write_bytes(make_pdf(SMALL.read_text(), LAYOUTS[0]))
    with pytest.raises(InputError, match="too many pages"):
        open_report(path, Limits(pages=1))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(page_with(zlib.compress(b"\0" * (400 << 20), 9)), id="bomb"),
        pytest.param(page_with(zlib.compress(b"q " * 2_000_000)), id="endless states"),
        pytest.param(raw_pdf(CATALOG, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"), id="page tree in a ring"),
        pytest.param(raw_pdf(CATALOG, b"<< /Type /Pages /Kids [] /Count 999999999 >>"), id="no pages"),
        pytest.param(raw_pdf(b"[" * 100_000 + b"]" * 100_000), id="nested"),
        pytest.param(b"%PDF-1.7\n" + b"trailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF", id="references in a ring"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 200, id="noise"),
    ],
)
def test_a_hostile_pdf_is_refused_soon(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "hostile.pdf"
    path.write_bytes(content)
    began = time.monotonic()
    with pytest.raises(InputError) as refused:
        open_report(path, Limits(cpu_seconds=6, wall_seconds=20, memory_bytes=400 << 20))
    assert len(refused.value.problems) == 1
    assert time.monotonic() - began < 25


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_pdf_cut_short_is_read_whole_or_refused(share: float, tmp_path: Path) -> None:
    whole = make_pdf(SMALL.read_text(), LAYOUTS[0])
    path = tmp_path / "cut.pdf"
    path.write_bytes(whole)
    lines = [line.text for line in open_report(path).lines]
    path.write_bytes(whole[: int(len(whole) * share)])
    try:
        cut = [line.text for line in open_report(path).lines]
    except InputError:
        return
    assert cut == lines
