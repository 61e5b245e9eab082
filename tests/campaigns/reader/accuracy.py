"""Reads invented reports of every framework in every form, and compares what comes out with what was printed."""

from __future__ import annotations

import random
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from pdu_inspections.errors import InputError
from pdu_inspections.reader.document import Document
from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.text import normalise
from pdu_inspections.reader.vocabulary import SeedRow, Vocabulary
from tests.campaigns.reader import forms
from tests.campaigns.reader.invented import Invented, invented_reports
from tests.campaigns.reader.score import Score
from tests.campaigns.reader.truth import Key, figure_key, plain_value

_TABLES = ("ratings", "key_questions", "prompts", "staffing", "case_characteristics", "comparators")
_PLACES = ("summary", "chapter", "results")
_AROUND = 2
_LABEL = 40
Make = Callable[[], bytes]
PROGRAMS = ("soffice", "chromium", "pdftotext", "pandoc")
"""Programs that some forms are made with; forms of programs that are not here are left out."""


def read_forms(vocabulary: Vocabulary, rounds: int) -> Iterator[tuple[str, str, Score]]:
    """Form, framework and score of every report in every form; a report that is refused loses all its figures."""
    with tempfile.TemporaryDirectory() as directory:
        for report in invented_reports(vocabulary, rounds):
            for form, (ending, make) in _forms(report).items():
                path = Path(directory) / f"{report.name}.{ending}"
                path.write_bytes(make())
                try:
                    document = open_report(path)
                    reading = read_report(document, vocabulary)
                except InputError:
                    yield form, report.framework_id, Score(len(report.figures), lost=list(report.figures), refused=1)
                    continue
                score = _score(report, document, reading)
                score.misfiled = reading.rows["inspections"][0]["framework_id"] != report.framework_id
                yield form, report.framework_id, score


def _forms(report: Invented) -> dict[str, tuple[str, Make]]:
    """Every form of a report: the ending of its file, and what makes it. Styles take turns where making one is slow."""

    def chance(form: str) -> random.Random:
        return random.Random(f"{report.name} {form}")

    turn = int(report.name.rpartition("_")[2])
    made: dict[str, tuple[str, Make]] = {}
    for name, parted_by in (("tabs", "\t"), ("spaces", " "), ("bars", "|")):
        made[f"text, {name}"] = "txt", lambda p=parted_by, n=name: forms.text(report, chance(n), p).encode()
    for style in forms.PAGE_STYLES:
        made[f"page, {style}"] = "html", lambda s=style: forms.page(report, chance(s), s).encode()
    for style in forms.DOCX_STYLES:
        made[f"DOCX, {style}"] = "docx", lambda s=style: forms.document(report, chance(s), s)
    for style in ("plain", "hidden"):
        made[f"workbook, {style}"] = "xlsx", lambda s=style: forms.workbook(report, chance(s), s)
    for style in forms.PDF_STYLES:
        made[f"Word PDF, {style}"] = "pdf", lambda s=style: forms.flowed_pdf(report, chance(s), s)
    page = forms.page(report, chance("page"), forms.PAGE_STYLES[turn % len(forms.PAGE_STYLES)])
    document = forms.document(report, chance("document"))
    pdf_style = forms.PDF_STYLES[turn % len(forms.PDF_STYLES)]
    if shutil.which("soffice"):
        made["Word PDF, by LibreOffice"] = "pdf", lambda: forms.word_pdf(document)
    if shutil.which("chromium"):
        opened = page.replace("<details>", "<details open>")
        made["browser PDF"] = "pdf", lambda: forms.browser_pdf(opened)
    if shutil.which("pdftotext"):
        flowed = forms.flowed_pdf(report, chance("flowed"), pdf_style)
        made["text, pdftotext -layout"] = "txt", lambda: forms.layout_text(flowed).encode()
    if shutil.which("pandoc"):
        for to, form, content in (
            ("plain", "docx", document),
            ("gfm", "docx", document),
            ("plain", "html", page.encode()),
            ("markdown", "html", page.encode()),
        ):
            made[f"text, pandoc {to} of {form}"] = (
                "txt",
                lambda c=content, f=form, t=to: forms.pandoc_text(c, f, t).encode(),
            )
    return made


def _score(report: Invented, document: Document, reading: Reading) -> Score:
    own = reading.rows["inspections"][0]["inspection_id"]
    is_workbook = bool(document.sheets)

    def key_of(key: Key) -> Key:
        """A workbook has no chapters: the place of a figure is left out."""
        return tuple("" if part in _PLACES else part for part in key) if is_workbook else key

    found = {
        key_of(figure_key(table, row, own)): (_value(table, row), int(row["line_number"]))
        for table in _TABLES
        for row in reading.rows.get(table, [])
    }
    noticed = {notice.line for notice in reading.notices}
    figures = {key_of(key): value for key, value in report.figures.items()}
    labels = {key_of(key): label for key, label in report.labels.items()}
    messages = " ".join(notice.message for notice in reading.notices)
    shown = _shown(document, reading)
    score = Score(len(figures))
    for key, value in figures.items():
        if key not in found:
            score.lost.append(key)
            label = labels[key]
            is_told = normalise(label)[:_LABEL] in shown or any(p in messages for p in (*key[2:], label) if "." in p)
            if not is_told and not (key[0] == "ratings" and label in messages):
                score.lost_in_silence.append(key)
        elif found[key][0] != _plain(value):
            score.wrong.append((key, value, found[key][0]))
            if found[key][1] not in noticed:
                score.wrong_in_silence.append((key, value, found[key][0]))
        else:
            score.right += 1
    for key in found.keys() - figures.keys():
        score.wrong.append((key, "", found[key][0]))
        if found[key][1] not in noticed:
            score.wrong_in_silence.append((key, "", found[key][0]))
    return score


def _shown(document: Document, reading: Reading) -> str:
    """All that a person is shown: messages, proposals, lines that went nowhere, and the lines beside these."""
    lines = [
        *(notice.line for notice in reading.notices if notice.line),
        *(proposal.line for proposal in reading.proposals),
        *(line.line for line in reading.unplaced_lines),
    ]
    texts = [notice.message for notice in reading.notices] + [proposal.wording for proposal in reading.proposals]
    for line in lines:
        texts += [one.text for one in document.lines[max(line - 1 - _AROUND, 0) : line + _AROUND]]
    return " ".join(map(normalise, texts))


def _value(table: str, row: SeedRow) -> str:
    if row.get("value_status", "reported") != "reported":
        return row["value_status"]
    return _plain(row["value"]) if table == "comparators" else plain_value(table, row)


def _plain(value: str) -> str:
    return f"{float(value):g}" if value.replace(".", "", 1).isdigit() else value
