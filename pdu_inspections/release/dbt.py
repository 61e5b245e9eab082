"""dbt as a command: `dbt build` started as a child process, its results read from the artefacts that it writes.

Works with dbt 1.12 and with dbt 2, which share the artefacts run_results.json and manifest.json. What dbt prints is
kept in a file; only a progress count and the explanation of a failure are taken from it, where they are there.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import duckdb

from pdu_inspections.environment import child_environment
from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.project import Project
from pdu_inspections.release.errors import BuildError
from pdu_inspections.release.progress import Progress

DBT_VARIABLE = "PDU_DBT"
DATABASE_VARIABLE = "PDU_DATABASE_PATH"

_LIBRARY_VARIABLES = ("LD_LIBRARY_PATH", "LD_PRELOAD")
_WAIT_SECONDS = 0.1
_FAILING_ROWS_SHOWN = 5
_FAILURES_SHOWN = 10
_BREACHES = "every_breach_is_accounted_for"
UNEXPLAINED = "unexplained_findings.csv"
"""What the test of breaches found, in dbt's target directory: `pdu review REPORT --findings` opens it."""
_OUTPUT_LINES_SHOWN = 20
_LONGEST_OUTPUT = 1 << 20
_TEST_TYPES = {"test": "data", "unit_test": "unit"}
_PASSED = {"pass", "success"}
_NODE_DONE = re.compile(r"\b(\d+) of (\d+) (?!START)[A-Z]+ (.*?)(?: \.{2,}|$)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


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
    """What dbt reports of a finished build. references: what the columns of each table refer to, as its tests hold."""

    tests: list[TestResult]
    models_n: int
    references: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True)
class DbtRun:
    """What dbt is to do: the project, the database to make, its own folder for artefacts, whether its code is new.

    Only new code is parsed from the beginning, and has its unit tests run: they see no data but their own.
    """

    project: Project
    database: Path
    target: Path
    is_new_code: bool = True


class DbtProcess:
    """A running `dbt build`: started at once, waited for later, ended when the context is left.

    inherited: the descriptor of the build's lock, so that the lock is held until dbt is gone too.
    """

    def __init__(self, run: DbtRun, inherited: int) -> None:
        self._run = run
        run.target.mkdir(parents=True, exist_ok=True)
        # dbt's partial parsing has left a metric unresolved after several YAML files had changed.
        for name in (
            "run_results.json",
            "manifest.json",
            UNEXPLAINED,
            *(["partial_parse.msgpack"] if run.is_new_code else []),
        ):
            (run.target / name).unlink(missing_ok=True)
        self._output = run.target / "output.log"
        command = os.environ.get(DBT_VARIABLE) or str(Path(sys.executable).with_name("dbt"))
        try:
            with self._output.open("wb") as output:
                self._process = subprocess.Popen(
                    [command, "build", *self._options()],
                    cwd=run.project.root,
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    start_new_session=True,
                    pass_fds=(inherited,),
                )
        except OSError as error:
            raise BuildError(
                ExitCode.BUILD_FAILED, f"dbt cannot be started: {error}; {DBT_VARIABLE} may name another dbt command"
            ) from None

    def __enter__(self) -> DbtProcess:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def wait(self, progress: Progress) -> DbtResults:
        """Wait for its end. Raises BuildError where dbt or any of its tests fails."""
        with self._output.open(encoding="utf-8", errors="replace") as output:
            while True:
                try:
                    code = self._process.wait(_WAIT_SECONDS)
                except subprocess.TimeoutExpired:
                    _report_nodes(output, progress)
                    continue
                _report_nodes(output, progress)
                break
        if code != 0:
            raise BuildError(ExitCode.BUILD_FAILED, self._explain_failure(code))
        return self._read_results()

    def _options(self) -> list[str]:
        run = self._run
        options = {
            "--project-dir": run.project.root,
            "--profiles-dir": run.project.profiles,
            "--target-path": run.target,
            "--log-path": run.target / "logs",
            "--log-level-file": "none",
        }
        unit_tests = [] if run.is_new_code else ["--exclude-resource-type", "unit_test"]
        return [*(str(word) for option in options.items() for word in option), *unit_tests]

    def _environment(self) -> dict[str, str]:
        """Only what this project chose: a DBT_ variable of the caller's is an option that would change the release.

        Another dbt may need libraries of its own, so the variables that name their place are passed on with it.
        """
        home = self._run.target / "home"
        home.mkdir(exist_ok=True)
        variables = {
            DATABASE_VARIABLE: str(self._run.database),
            "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
            "DO_NOT_TRACK": "1",
            "NO_COLOR": "1",
        }
        if DBT_VARIABLE in os.environ:
            variables |= {name: os.environ[name] for name in _LIBRARY_VARIABLES if name in os.environ}
        return child_environment(home, **variables)

    def _explain_failure(self, code: int) -> str:
        results = self._read_artefact("run_results.json", required=False).get("results", [])
        failed = [entry for entry in results if entry.get("status") not in {*_PASSED, "warn", "skipped", "no-op"}]
        if not failed:
            return "\n".join([f"dbt ended with exit code {code}", *self._last_output()])
        nodes = self._read_nodes()
        lines = [f"{len(failed)} of {len(results)} dbt nodes failed"]
        for entry in failed[:_FAILURES_SHOWN]:
            lines += self._explain_node(entry, nodes.get(entry["unique_id"], {}))
        if len(failed) > _FAILURES_SHOWN:
            lines.append(f"… and {len(failed) - _FAILURES_SHOWN} more")
        return "\n".join(lines)

    def _explain_node(self, entry: dict[str, Any], node: dict[str, Any]) -> Iterator[str]:
        yield f"{node.get('name', entry['unique_id'])}: {(entry.get('message') or entry['status']).strip()}"
        if node.get("description"):
            yield f"  {' '.join(node['description'].split())}"
        if node.get("original_file_path"):
            yield f"  in {node['original_file_path']}"
        if entry["status"] == "fail" and node.get("resource_type") == "test" and entry.get("compiled_code"):
            if node.get("name") == _BREACHES:
                _keep_rows(self._run.database, entry["compiled_code"], self._run.target / UNEXPLAINED)
            yield from _failing_rows(self._run.database, entry["compiled_code"])

    def _last_output(self) -> list[str]:
        """The end of what dbt printed, from the first line that speaks of an error."""
        size = self._output.stat().st_size
        with self._output.open("rb") as file:
            file.seek(max(0, size - _LONGEST_OUTPUT))
            text = _COLOUR.sub("", file.read().decode("utf-8", "replace"))
        lines = [line.rstrip() for line in text.splitlines() if line.strip()]
        first = next((number for number, line in enumerate(lines) if "error" in line.lower()), len(lines))
        return lines[first:][:_OUTPUT_LINES_SHOWN] or lines[-_OUTPUT_LINES_SHOWN:]

    def _read_nodes(self) -> dict[str, dict[str, Any]]:
        manifest = self._read_artefact("manifest.json")
        return {**manifest["nodes"], **(manifest.get("unit_tests") or {} if self._run.is_new_code else {})}

    def _read_results(self) -> DbtResults:
        """The results, checked against the manifest: every test that is switched on must have run.

        Exposures are in the results too, though nothing runs for them.
        """
        nodes = self._read_nodes()
        results = self._read_artefact("run_results.json")["results"]
        entries = {entry["unique_id"]: entry for entry in results if entry["unique_id"] in nodes}
        tests = [
            _test_result(entry, nodes[unique_id])
            for unique_id, entry in entries.items()
            if nodes[unique_id]["resource_type"] in _TEST_TYPES
        ]
        not_run = [name for name, node in nodes.items() if _must_run(node) and name not in entries]
        not_passed = [test.test_name for test in tests if test.status not in {"pass", "warn"}]
        if not_run or not_passed:
            names = ", ".join([*not_run, *not_passed][:_FAILURES_SHOWN])
            raise BuildError(
                ExitCode.BUILD_FAILED, f"{len(not_run) + len(not_passed)} nodes did not run to a result: {names}"
            )
        if not self._run.database.is_file():
            raise BuildError(ExitCode.BUILD_FAILED, "dbt ended well, but made no database")
        models_n = sum(nodes[unique_id]["resource_type"] == "model" for unique_id in entries)
        return DbtResults(tests, models_n, read_references(nodes.values()))

    def _read_artefact(self, name: str, *, required: bool = True) -> dict[str, Any]:
        try:
            content = json.loads((self._run.target / name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            if not required:
                return {}
            raise BuildError(
                ExitCode.BUILD_FAILED,
                "\n".join([f"dbt left no {name} that can be read: {error}", *self._last_output()]),
            ) from None
        return dict(content)


def read_references(nodes: Iterable[dict[str, Any]]) -> dict[str, dict[str, tuple[str, str]]]:
    """By table and column, the table and column that the foreign keys of the models' YAML say it refers to."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for node in nodes:
        if node["resource_type"] != "model":
            continue
        for name, column in node["columns"].items():
            for constraint in column.get("constraints") or ():
                if constraint["type"] == "foreign_key":
                    found.setdefault(node["name"], {})[name] = _referenced_column(constraint)
    return found


def _referenced_column(foreign_key: dict[str, Any]) -> tuple[str, str]:
    """Table and column of a foreign key: ref('table') or the relation that became of it, or schema.table (column)."""
    if foreign_key.get("to"):
        relation, column = foreign_key["to"], foreign_key["to_columns"][0]
    else:
        relation, column = foreign_key["expression"].rstrip(")").split(" (")
    return re.findall(r"\w+", relation)[-1], column


def _must_run(node: dict[str, Any]) -> bool:
    kind = node["resource_type"]
    if kind in _TEST_TYPES:
        return True
    return kind in {"model", "seed", "snapshot"} and node.get("config", {}).get("materialized") != "ephemeral"


def _report_nodes(output: IO[str], progress: Progress) -> None:
    """Report the nodes that dbt has finished since the last call, where it prints their number."""
    for line in output.readlines(_LONGEST_OUTPUT):
        match = _NODE_DONE.search(_COLOUR.sub("", line))
        if match is not None:
            progress.emit("node", line.strip(), node=match[3][:100], index=int(match[1]), total=int(match[2]))


def _test_result(entry: dict[str, Any], node: dict[str, Any]) -> TestResult:
    return TestResult(
        test_id=entry["unique_id"],
        test_name=node["name"],
        test_type=_TEST_TYPES[node["resource_type"]],
        description=" ".join((node.get("description") or "").split()),
        status="pass" if entry["status"] in _PASSED else entry["status"],
        failures_n=entry.get("failures"),
        duration_s=round(entry.get("execution_time") or 0.0, 3),
    )


def _keep_rows(database: Path, sql: str, path: Path) -> None:
    """Keep every row of a failed test as CSV; the message shows the first."""
    with suppress(duckdb.Error), duckdb.connect(str(database), read_only=True) as connection:
        connection.sql(sql).write_csv(str(path))


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
