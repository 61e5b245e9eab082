"""A small project whose invented report waits for review, and a page of it on a port of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from pdu_inspections.reader.formats import open_report
from pdu_inspections.reader.read import read_report
from pdu_inspections.reader.reading import Reading
from pdu_inspections.reader.seeds import changed_tables, load_tables, merge
from pdu_inspections.reader.vocabulary import Vocabulary
from pdu_inspections.review.app import Access, make_app
from pdu_inspections.review.copies import keep_copy
from pdu_inspections.review.store import ReviewStore
from tests.support.reader_help import LONG, write_project

REVIEWER = "A Reviewer"


def project_with_drafts(directory: Path, report: Path = LONG) -> Path:
    """A project that has read one report, its drafts waiting and nothing decided."""
    directory.mkdir(exist_ok=True)
    project = write_project(directory)
    (project / "dbt_project.yml").write_text("name: small\n", encoding="utf-8")
    read_again(project, report)
    return project


def read_again(project: Path, report: Path = LONG) -> Reading:
    """What `pdu read` does to a project."""
    vocabulary = Vocabulary(project)
    document = open_report(report)
    reading = read_report(document, vocabulary)
    tables, files = load_tables(project, vocabulary.contract)
    changes = changed_tables(vocabulary.contract, files, tables, merge(vocabulary.contract, tables, reading).tables)
    keep_copy(project, report, document, reading.document_id)
    ReviewStore(project).record_reading(reading, files=files, changes=changes)
    return reading


@contextmanager
def review_page(project: Path) -> Iterator[tuple[str, str]]:
    """The review page of a project: its address, and the token that opens it once."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        access = Access(listening.getsockname()[1])
        token = access.token
        assert token is not None
        app = make_app(project, REVIEWER, access)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{access.port}", token
        finally:
            server.should_exit = True
            thread.join(10)
