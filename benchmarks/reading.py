"""What reading reports costs, each time beside something that anybody would have to do.

    .venv/bin/python -m benchmarks.reading REPORT.txt ...

- `pdu read --dry-run` of all reports beside `dbt parse` of the project, both as commands with their start-up;
- a text form, file to rows, beside one pass of one regular expression that finds numbers in digits and in words;
- a PDF made of the shortest report, file to lines with places, beside pdfplumber's extraction of its words;
- a web page and a DOCX made of it, file to lines, beside a bare parse by lxml and by python-docx.

Medians by turns, in processor seconds. Written to benchmarks/results/reading.md.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import docx
import pdfplumber
from lxml import html

from benchmarks.measure import measure
from pdu_inspections.reader.figures import NUMBER
from pdu_inspections.reader.formats.docx.job import lines as docx_lines
from pdu_inspections.reader.formats.html.job import lines as page_lines
from pdu_inspections.reader.formats.pdf.job import lines
from pdu_inspections.reader.formats.text_form import read_text
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.vocabulary import Vocabulary
from tests.support import structured_reports
from tests.support.pdf_layouts.layouts import LAYOUTS, make_pdf

ROOT = Path(__file__).parents[1]
DBT = str(Path(sys.executable).with_name("dbt"))
NUMBERS = re.compile(NUMBER, re.IGNORECASE)
MOST_PAGES = 500
ROUNDS = 3


def main(reports: list[Path]) -> None:
    text = "\n".join(page(reports)) + "\n"
    (ROOT / "benchmarks" / "results" / "reading.md").write_text(text, encoding="utf-8")
    print(text)


def page(reports: list[Path]) -> Iterator[str]:
    """Lines of the page: a row for each pair of jobs."""
    vocabulary = Vocabulary(ROOT)
    yield "# What reading costs\n"
    yield f"Written by `python -m benchmarks.reading`: processor seconds, medians of {ROUNDS} turns in one run.\n"
    yield "| reading | s | beside | s | times |"
    yield "|---|---:|---|---:|---:|"
    read = [sys.executable, "-m", "pdu_inspections", "read", "--dry-run", *map(str, reports)]
    parse = [DBT, "--quiet", "--no-partial-parse", "parse", "--profiles-dir", "profiles"]
    commands = [lambda command=command: measure(command, ROOT).processor_s for command in (read, parse)]
    yield row(f"`pdu read --dry-run` of {len(reports)} reports", "`dbt parse` without partial parsing", *commands)
    for path in reports:
        text_lines = read_text(path).lines
        yield row(
            path.stem,
            "one regular expression",
            timed(lambda path=path: read_report(read_text(path), vocabulary)),
            timed(lambda found=text_lines: [list(NUMBERS.finditer(line.text)) for line in found]),
        )
    shortest = min(reports, key=lambda path: path.stat().st_size)
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(make_pdf(shortest.read_text(encoding="utf-8"), LAYOUTS[0]))
        file.flush()
        yield row(
            f"{shortest.stem} as PDF",
            "pdfplumber's words",
            timed(lambda: sum(1 for _ in lines(file, MOST_PAGES))),
            timed(lambda: extract_words(Path(file.name))),
        )
    text = shortest.read_text(encoding="utf-8")
    saved, written = structured_reports.page(text), structured_reports.document(text)
    yield row(
        f"{shortest.stem} as web page",
        "lxml",
        timed(lambda: sum(1 for _ in page_lines(BytesIO(saved), 0))),
        timed(lambda: html.document_fromstring(saved)),
    )
    yield row(
        f"{shortest.stem} as DOCX",
        "python-docx",
        timed(lambda: sum(1 for _ in docx_lines(zipfile.ZipFile(BytesIO(written))))),
        timed(lambda: docx.Document(BytesIO(written))),
    )


def row(name: str, other_name: str, job: Callable[[], float], other: Callable[[], float]) -> str:
    """Run two jobs by turns, after one of each to warm up."""
    turns = [(job(), other()) for _ in range(ROUNDS + 1)][1:]
    seconds, other_seconds = (statistics.median(times) for times in zip(*turns, strict=True))
    return f"| {name} | {seconds:.3f} | {other_name} | {other_seconds:.3f} | {seconds / other_seconds:.2f} |"


def timed(job: Callable[[], object]) -> Callable[[], float]:
    """The job as one that gives the processor seconds it took."""

    def run() -> float:
        began = time.process_time()
        job()
        return time.process_time() - began

    return run


def extract_words(path: Path) -> None:
    with pdfplumber.open(path) as document:
        for pdf_page in document.pages:
            pdf_page.extract_words()
            pdf_page.close()


if __name__ == "__main__":
    main([Path(report).resolve() for report in sys.argv[1:]])
