"""dbt as a child process: its structured log as progress, its results as records."""

from __future__ import annotations

import json
import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.project import Project
from pdu_inspections.release.errors import BuildError
from pdu_inspections.release.progress import Progress

DATABASE_PATH_VARIABLE = "PDU_DATABASE_PATH"
_GRACE_SECONDS = 10
_FAILING_ROWS_SHOWN = 5
_FAULTS_SHOWN = 10
_TEST_TYPES = {"test": "data", "unit_test": "unit"}
_PASSED = {"pass", "success"}
_RESULT_EVENTS = {"LogModelResult", "LogSeedResult", "LogTestResult", "LogSnapshotResult", "LogNodeResult"}


@dataclass(frozen=True)
class TestResult:
    """A check and how it went. test_type: gate, data or unit; status: pass, warn, fail, error, skipped."""

    test_id: str
    test_name: str
    test_type: str
    description: str
    status: str
    failures_n: int | None
    duration_s: float


@dataclass(frozen=True)
class DbtResults:
    """What dbt reports of a finished build. references: what the columns of each table refer to, as tests hold."""

    tests: list[TestResult]
    models_n: int
    seeds_n: int
    references: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)


def target_path(project: Project) -> Path:
    """dbt's own files of a `pdu build`; apart from those of plain dbt, whose other database would spoil both caches."""
    return project.root / "target" / "pdu"


def dbt_command() -> str:
    """The dbt to run: the one that PDU_DBT names, else the one installed beside this Python."""
    return os.environ.get("PDU_DBT") or str(Path(sys.executable).with_name("dbt"))


class DbtProcess:
    """A running `dbt build`, started at once and killed when left.

    target: where dbt's own files go, else target_path. variables: dbt's. unit_tests: whether to run them.
    """

    def __init__(
        self,
        project: Project,
        database: Path,
        inherited: int,
        *,
        target: Path | None = None,
        variables: Mapping[str, str] | None = None,
        unit_tests: bool = True,
    ) -> None:
        self._project = project
        self._database = database
        self._target = target or target_path(project)
        self._variables = variables or {}
        self._unit_tests = unit_tests
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._noise: list[str] = []
        self._process = subprocess.Popen(
            [dbt_command(), "build", *self._options()],
            cwd=project.root,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
            pass_fds=() if os.name == "nt" else (inherited,),
        )
        threading.Thread(target=self._collect, daemon=True).start()

    def __enter__(self) -> DbtProcess:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def build(self, progress: Progress) -> DbtResults:
        """Wait for it to end. Raises BuildError where dbt or any of its tests fails."""
        for event in self._events():
            _tell(event, progress)
        code = self._process.wait()
        if code != 0:
            raise BuildError(ExitCode.BUILD_FAILED, self._explain(code))
        return self._results()

    def _options(self) -> list[str]:
        return [
            "--profiles-dir",
            str(self._project.profiles),
            "--project-dir",
            str(self._project.root),
            "--target-path",
            str(self._target),
            "--log-path",
            str(self._target / "logs"),
            *(["--vars", json.dumps(dict(self._variables))] if self._variables else []),
            "--log-format",
            "json",
            "--log-level-file",
            "none",
            "--no-use-colors",
            "--no-send-anonymous-usage-stats",
            *([] if self._unit_tests else ["--exclude-resource-type", "unit_test"]),
        ]

    def _environment(self) -> dict[str, str]:
        return {**os.environ, DATABASE_PATH_VARIABLE: str(self._database), "DO_NOT_TRACK": "1"}

    def _collect(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def _events(self) -> Iterator[dict[str, Any]]:
        while (line := self._lines.get()) is not None:
            try:
                event = json.loads(line)
            except ValueError:
                self._noise.append(line.rstrip())
                continue
            if event["info"]["level"] == "error":
                self._noise.append(event["info"]["msg"].strip())
            yield event

    def _explain(self, code: int) -> str:
        results = _read_json(self._target / "run_results.json") if code == 1 else None
        failed = [entry for entry in (results or {}).get("results", []) if entry["status"] in {"fail", "error"}]
        if not failed:
            return "\n".join([f"dbt ended with exit code {code}", *self._noise[-_FAULTS_SHOWN:]])
        nodes = self._nodes()
        lines = [f"{len(failed)} of {len(results['results']) if results else 0} dbt nodes failed"]
        for entry in failed[:_FAULTS_SHOWN]:
            lines += self._explain_node(entry, nodes.get(entry["unique_id"], {}))
        if len(failed) > _FAULTS_SHOWN:
            lines.append(f"… and {len(failed) - _FAULTS_SHOWN} more")
        return "\n".join(lines)

    def _explain_node(self, entry: dict[str, Any], node: dict[str, Any]) -> Iterator[str]:
        yield f"{node.get('name', entry['unique_id'])}: {(entry.get('message') or entry['status']).strip()}"
        if node.get("description"):
            yield f"  {' '.join(node['description'].split())}"
        if node.get("original_file_path"):
            yield f"  in {node['original_file_path']}"
        if entry["status"] == "fail" and node.get("resource_type") == "test" and entry.get("compiled_code"):
            yield from _failing_rows(self._database, entry["compiled_code"])

    def _nodes(self) -> dict[str, dict[str, Any]]:
        manifest = _read_json(self._target / "manifest.json")
        return {**manifest["nodes"], **(manifest.get("unit_tests", {}) if self._unit_tests else {})}

    def _results(self) -> DbtResults:
        """The results file, checked against the manifest: every test that is switched on must have run.

        Exposures are in the results too, though nothing runs for them.
        """
        nodes = self._nodes()
        results = _read_json(self._target / "run_results.json")["results"]
        entries = {entry["unique_id"]: entry for entry in results if entry["unique_id"] in nodes}
        tests = [
            _test_result(entry, nodes[unique_id])
            for unique_id, entry in entries.items()
            if nodes[unique_id]["resource_type"] in _TEST_TYPES
        ]
        idle = [name for name, node in nodes.items() if node["resource_type"] in _TEST_TYPES and name not in entries]
        skipped = [test.test_name for test in tests if test.status not in {"pass", "warn"}]
        if idle or skipped:
            raise BuildError(ExitCode.BUILD_FAILED, f"tests that did not run: {', '.join([*idle, *skipped])}")
        kinds = [nodes[unique_id]["resource_type"] for unique_id in entries]
        return DbtResults(tests, kinds.count("model"), kinds.count("seed"), references(nodes.values()))


def references(nodes: Iterable[dict[str, Any]]) -> dict[str, dict[str, tuple[str, str]]]:
    """By table and column, the table and column that the foreign keys of the models' YAML say it refers to."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for node in nodes:
        if node["resource_type"] != "model":
            continue
        for name, column in node["columns"].items():
            for constraint in column["constraints"]:
                if constraint["type"] == "foreign_key":
                    found.setdefault(node["name"], {})[name] = _target(constraint)
    return found


def _target(foreign_key: dict[str, Any]) -> tuple[str, str]:
    """Table and column of a foreign key: ref('table') or the relation that became of it, or schema.table (column)."""
    if foreign_key["to"]:
        relation, column = foreign_key["to"], foreign_key["to_columns"][0]
    else:
        relation, column = foreign_key["expression"].rstrip(")").split(" (")
    return re.findall(r"\w+", relation)[-1], column


def _tell(event: dict[str, Any], progress: Progress) -> None:
    if event["info"]["name"] not in _RESULT_EVENTS:
        return
    data = event["data"]
    progress.emit(
        "node",
        event["info"]["msg"],
        node=data["node_info"]["node_name"],
        resource_type=data["node_info"]["resource_type"],
        status=data["status"],
        index=data["index"],
        total=data.get("total") or data.get("num_models") or 0,
        duration_s=round(data["execution_time"], 3),
    )


def _test_result(entry: dict[str, Any], node: dict[str, Any]) -> TestResult:
    return TestResult(
        test_id=entry["unique_id"],
        test_name=node["name"],
        test_type=_TEST_TYPES[node["resource_type"]],
        description=" ".join((node.get("description") or "").split()),
        status="pass" if entry["status"] in _PASSED else entry["status"],
        failures_n=entry.get("failures"),
        duration_s=round(entry["execution_time"], 3),
    )


def _failing_rows(database: Path, sql: str) -> Iterator[str]:
    """The first rows a failed test returned, so that the failure can be understood without another build."""
    try:
        with duckdb.connect(str(database), read_only=True) as connection:
            cursor = connection.execute(f"select * from ({sql}) limit {_FAILING_ROWS_SHOWN}")
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                yield "  " + ", ".join(f"{name}: {value}" for name, value in zip(names, row, strict=True))
    except duckdb.Error as error:
        yield f"  rows not shown: {error}"


def _read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
