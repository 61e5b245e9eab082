"""Environments of every kind: what a caller's shell sets never changes what a release holds."""

from __future__ import annotations

import json
import os
import resource
import stat
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from tests.campaigns.cases import PDU, ROOT, Case, Ended, run_command
from tests.support.toy import write_project

HEAD = """# Environments

Written by `python -m pytest -m campaign tests/campaigns -k environments`. Each trial builds a small project, dbt
included, with one setting of the caller's. Promises: either the release holds the same rows as without it, every file
of it can be read by everybody and written by nobody, and exit code and `status` say so; or the build fails with a
message, an exit code from 2 to 6 and no traceback, and nothing is published.

Found by it and mended: time zones that nobody knows broke the Data Docs with a traceback (two trials of 138 at full
length); a module named like a library of the command line came before it (one); a limit on the size of files changed
the exit code (one). Each was tried again after that, and kept its promises.
"""
FAILED = (2, 3, 4, 5, 6)
# The command itself: it starts anew without Python's variables, which the toy's own program does not.
DBT = {
    "DBT_EMPTY": "true", "DBT_SAMPLE": "1 day", "DBT_FULL_REFRESH": "true", "DBT_FAIL_FAST": "true",
    "DBT_WARN_ERROR": "true", "DBT_WARN_ERROR_OPTIONS": '{"include": "all"}', "DBT_LOG_FORMAT": "json",
    "DBT_LOG_FORMAT_FILE": "json", "DBT_LOG_LEVEL": "none", "DBT_LOG_LEVEL_FILE": "none", "DBT_QUIET": "true",
    "DBT_PRINT": "false", "DBT_NO_PRINT": "true", "DBT_DEBUG": "true", "DBT_INDIRECT_SELECTION": "empty",
    "DBT_RESOURCE_TYPES": "seed", "DBT_EXCLUDE_RESOURCE_TYPES": "model", "DBT_EXCLUDE_RESOURCE_TYPE": "model",
    "DBT_DEFER": "true", "DBT_DEFER_STATE": "/nowhere", "DBT_STATE": "/nowhere", "DBT_FAVOR_STATE": "true",
    "DBT_TARGET": "nowhere", "DBT_PROFILE": "nowhere", "DBT_PROFILES_DIR": "/nowhere", "DBT_PROJECT_DIR": "/nowhere",
    "DBT_TARGET_PATH": "/nowhere", "DBT_LOG_PATH": "/nowhere", "DBT_PARTIAL_PARSE": "false",
    "DBT_PARTIAL_PARSE_FILE_PATH": "/nowhere", "DBT_STATIC_PARSER": "false", "DBT_USE_EXPERIMENTAL_PARSER": "true",
    "DBT_CACHE_SELECTED_ONLY": "true", "DBT_POPULATE_CACHE": "false", "DBT_INTROSPECT": "false",
    "DBT_WRITE_JSON": "false", "DBT_STORE_FAILURES": "true", "DBT_SINGLE_THREADED": "true",
    "DBT_USE_COLORS": "true", "DBT_USE_COLORS_FILE": "true", "DBT_PRINTER_WIDTH": "10", "DBT_SHOW": "true",
    "DBT_MACRO_DEBUGGING": "true", "DBT_VERSION_CHECK": "true", "DBT_RECORD_TIMING_INFO": "/nowhere",
    "DBT_RECORDER_MODE": "record", "DBT_EVENT_TIME_START": "2020-01-01", "DBT_EVENT_TIME_END": "2020-01-02",
    "DBT_HOST": "nowhere", "DBT_UPLOAD_TO_ARTIFACTS_INGEST_API": "true", "DBT_INVOCATION_ENV": "nowhere",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "true", "DBT_SELECT": "nothing", "DBT_EXCLUDE": "fct_score",
    "DBT_VARS": "{report_tables: /nowhere}", "DBT_THREADS": "16", "DBT_ENGINE": "nowhere",
}  # fmt: skip
PYTHON = {
    "PYTHONSTARTUP": "/nowhere", "PYTHONOPTIMIZE": "2", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "7",
    "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "PYTHONWARNINGS": "error", "PYTHONINSPECT": "1",
    "PYTHONDEBUG": "1", "PYTHONUNBUFFERED": "1", "PYTHONVERBOSE": "1", "PYTHONNOUSERSITE": "1",
    "PYTHONMALLOC": "debug", "PYTHONDEVMODE": "1", "PYTHONFAULTHANDLER": "1", "PYTHONTRACEMALLOC": "5",
    "PYTHONASYNCIODEBUG": "1", "PYTHONPYCACHEPREFIX": "/nowhere", "PYTHONINTMAXSTRDIGITS": "640",
    "PYTHONBREAKPOINT": "os.abort", "PYTHONCASEOK": "1", "PYTHONTZPATH": "/nowhere", "PYTHONCOERCECLOCALE": "0",
    "PYTHONPROFILEIMPORTTIME": "1", "PYTHONLEGACYWINDOWSSTDIO": "1", "PYTHONUSERBASE": "/nowhere",
}  # fmt: skip
SHELL = {
    "LC_ALL": "C", "LC_ALL ": "tr_TR.UTF-8", "LC_ALL  ": "de_DE.ISO-8859-1", "LC_NUMERIC": "de_DE.UTF-8",
    "LANG": "nonsense", "LANGUAGE": "xx", "TZ": "Pacific/Kiritimati", "TZ ": "nonsense/zone", "TZ  ": "",
    "HOME": "/nowhere", "TMPDIR": "/nowhere", "COLUMNS": "1", "TERM": "dumb", "NO_COLOR": "1", "FORCE_COLOR": "1",
    "PATH": "/nowhere", "GIT_DIR": "/nowhere", "GIT_WORK_TREE": "/nowhere", "GIT_CEILING_DIRECTORIES": "/",
    "PDU_DATABASE_PATH": "/nowhere/x.duckdb", "PDU_TEMP_DIRECTORY": "/nowhere", "PDU_LOG_FORMAT": "json",
    "PDU_WEBHOOK": "", "PDU_ON_SUCCESS": "false", "PDU_REPORTS": "/nowhere", "DO_NOT_TRACK": "0",
    "OMP_NUM_THREADS": "0", "MALLOC_ARENA_MAX": "1", "USER": "", "LOGNAME": "", "XDG_CONFIG_HOME": "/nowhere",
    "XDG_CACHE_HOME": "/nowhere", "PANDAS_COPY_ON_WRITE": "0", "http_proxy": "http://127.0.0.1:9",
}  # fmt: skip
Setup = Callable[[], object]
LIMITS: dict[str, Setup] = {
    "umask 000": lambda: os.umask(0),
    "umask 077": lambda: os.umask(0o077),
    "umask 0777": lambda: os.umask(0o777),
    "32 files": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32)),
    "16 files": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (16, 16)),
    "files of 4 kB": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    "files of 1 MB": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)),
    "512 MB of memory": lambda: resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20)),
    "5 seconds of the processor": lambda: resource.setrlimit(resource.RLIMIT_CPU, (5, 5)),
    "no core files": lambda: resource.setrlimit(resource.RLIMIT_CORE, (0, 0)),
    "the lowest priority": lambda: os.nice(19),
    "standard output closed": lambda: os.close(1),
    "standard error closed": lambda: os.close(2),
    "all three closed": lambda: [os.close(number) for number in range(3)],
}
EVIL_MODULES = ("sitecustomize", "usercustomize", "duckdb", "dbt", "click", "json", "great_expectations")


def cases(directory: Path) -> list[Case]:
    """Variables, modules in the way, limits."""
    expected = _contents(_build(_copy(directory / "expected")))
    found = [
        Case(kind, f"{name.strip()}={value}", partial(_judge, directory, expected, {name.strip(): value}))
        for kind, variables in (("variable of dbt", DBT), ("variable of Python", PYTHON), ("variable", SHELL))
        for name, value in variables.items()
    ]
    found += [
        Case("module in the way", name, partial(_judge_module, directory, expected, name)) for name in EVIL_MODULES
    ]
    found += [Case("limit", name, partial(_judge, directory, expected, {}, limit)) for name, limit in LIMITS.items()]
    return found


def _copy(folder: Path) -> Path:
    return write_project(folder / "toy")


def _build(project: Path, variables: dict[str, str] | None = None, limit: Setup | None = None) -> Path:
    ended = _run(project, variables or {}, limit)
    assert ended.exit_code == 0, ended.output
    return project / "warehouse" / "current"


def _run(project: Path, variables: dict[str, str], limit: Setup | None) -> Ended:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    return run_command([*PDU, "build", "--no-site"], project, environment, preexec_fn=limit)


def _contents(release: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every mart."""
    with duckdb.connect(str((release / "pdu_inspections.duckdb").resolve()), read_only=True) as connection:
        return {name: connection.execute(f"from {name} order by all").fetchall() for name in ("dim_body", "fct_score")}


def _judge_module(directory: Path, expected: dict[str, list[tuple[object, ...]]], name: str) -> str | None:
    """A module of that name in a folder that PYTHONPATH names: it must not change a release."""
    with tempfile.TemporaryDirectory(dir=directory) as folder:
        code = f"open({str(Path(folder) / 'ran')!r}, 'a').write('x')\n"
        if name in ("sitecustomize", "usercustomize"):
            code += "import os\nos.environ['DBT_EMPTY'] = 'true'\n"
        else:
            code += "raise ImportError('in the way')\n"
        (Path(folder) / f"{name}.py").write_text(code, encoding="utf-8")
        return _judge(directory, expected, {"PYTHONPATH": f"{ROOT}:{folder}"})


def _judge(
    directory: Path,
    expected: dict[str, list[tuple[object, ...]]],
    variables: dict[str, str],
    limit: Setup | None = None,
) -> str | None:
    with tempfile.TemporaryDirectory(dir=directory, ignore_cleanup_errors=True) as folder:
        project = _copy(Path(folder))
        ended = _run(project, variables, limit)
        current = project / "warehouse" / "current"
        if broken := ended.broken_promise(0, *FAILED):
            return broken
        if ended.exit_code != 0:
            return "published, but the exit code says otherwise" if current.exists() else None
        if _contents(current) != expected:
            return "other rows were published"
        for path in current.resolve().rglob("*"):
            mode = path.stat().st_mode
            if mode & stat.S_IWOTH or not mode & stat.S_IROTH:
                return f"{path.name} has the mode {stat.filemode(mode)}"
        record = json.loads((current / "build.json").read_text(encoding="utf-8"))
        status = run_command([*PDU, "status"], project, {**os.environ, "PYTHONPATH": str(ROOT)})
        return None if status.exit_code == 0 and record["build_id"] in status.output else f"status: {status.output}"
