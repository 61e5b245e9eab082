"""What a build says: lines for people, JSON for machines, a log that never stops it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pdu_inspections.output import Output
from pdu_inspections.release.progress import (
    Progress,
    TerminalListener,
    as_json_lines,
    remove_old_logs,
    to_log_file,
)


def nodes(progress: Progress, total: int) -> None:
    for index in range(1, total + 1):
        progress.emit("node", "done", node=f"n{index}", index=index, total=total)


def test_where_nobody_watches_every_tenth_part_is_printed() -> None:
    stream = io.StringIO()
    nodes(Progress(TerminalListener(Output(stream))), 100)
    assert [line.split()[0] for line in stream.getvalue().splitlines()] == [str(n) for n in range(10, 101, 10)]


def test_a_watched_terminal_has_one_line_that_counts_up(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(stream, "isatty", lambda: True)
    progress = Progress(TerminalListener(Output(stream)))
    nodes(progress, 3)
    progress.emit("dbt", "dbt: done")
    assert stream.getvalue().count("\n") == 1
    assert "3 of 3  n3" in stream.getvalue()
    assert stream.getvalue().endswith("\rdbt: done\n")


def test_events_are_json_lines_with_a_time() -> None:
    stream = io.StringIO()
    progress = Progress(as_json_lines(Output(stream)))
    progress.step("swap the pointer")
    progress.emit("gate", "gate: failed", problems=["a\nb", Path("x")])
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (first["event"], first["step"]) == ("step", "swap the pointer")
    assert first["at"].endswith("+00:00")
    assert second["problems"] == ["a\nb", "x"]


def test_a_log_that_cannot_be_written_is_reported_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    progress = Progress(to_log_file(tmp_path / "file" / "log.jsonl"))
    progress.emit("a", "a")
    progress.emit("b", "b")
    assert capsys.readouterr().err.count("log not written") == 1


def test_only_the_newest_logs_are_kept_and_nothing_else_is_deleted(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number:06d}-a.jsonl").touch()
    (tmp_path / "1_others.jsonl").touch()
    remove_old_logs(tmp_path, 2)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["000003-a.jsonl", "000004-a.jsonl", "1_others.jsonl"]
