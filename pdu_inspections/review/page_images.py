"""Images of the pages of a PDF, made in the sandbox of the reader: a report comes from outside."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from pdu_inspections.errors import InputError, Problem
from pdu_inspections.reader.sandbox import Limits, run
from pdu_inspections.reader.sandbox.job import Record

_SCALE = 1.4
"""Pixels of a point: a page of A4 is some 830 pixels wide."""


def page_image(path: Path, page: int) -> bytes:
    """A page of a PDF as PNG. Raises InputError where there is no such page, or the file cannot be rendered."""
    output = run(path, "pdu_inspections.review.page_images:render", "a PDF", Limits(pages=page, cpu_seconds=20))
    if not output.records:
        raise InputError(Problem(path.name, "has no such page", found=str(page)))
    return base64.b64decode(output.records[0]["png"])


def render(file: BufferedReader, page: int) -> Iterator[Record]:
    """The page of that number, from 1, as one record; none where the document is shorter. Runs in the sandbox."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(file.read())
    if 1 <= page <= len(document):
        image = document[page - 1].render(scale=_SCALE).to_pil()
        content = io.BytesIO()
        image.save(content, "PNG")
        yield {"png": base64.b64encode(content.getvalue()).decode()}
