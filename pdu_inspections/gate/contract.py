"""The seed contract: which CSVs there are, their columns, and what every value must look like.

It is written by hand in the YAML beside the CSVs (`seeds/**/_*.yml`), where dbt reads it too; what dbt has no key for
stands under `config.meta`. docs/seed-contract.md explains the keys. All values are text, as printed or as a person
wrote them; dbt's staging models cast them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pdu_inspections.errors import InputError, Problem

REPORTS = "reports"
REFERENCE = "reference"
LANDSCAPE = "landscape"
PATTERNS_FILE = "_patterns.yml"

_TABLE_META = frozenset({"key", "key_references"})
_COLUMN_META = frozenset({"pattern", "values", "references", "range", "required"})
_LARGE_INPUT_VARIABLE = "report_tables"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Pattern:
    """What a value must look like: a regular expression for the whole value, and what it stands for in words."""

    regex: str
    description: str


@dataclass(frozen=True)
class SeedColumn:
    """One column of a seed CSV.

    values: the only values there may be. references: the (table, column) that must hold the value. low, high: bounds
    of a number, inclusive. required: an empty value is an error.
    """

    name: str
    description: str = ""
    pattern: Pattern | None = None
    values: tuple[str, ...] = ()
    references: tuple[str, str] | None = None
    low: float | None = None
    high: float | None = None
    required: bool = True

    @property
    def is_free_text(self) -> bool:
        """Whether nothing but a person's eye says which values are right."""
        return self.pattern is None and not self.values and self.references is None


@dataclass(frozen=True)
class SeedTable:
    """One seed CSV, seeds/<folder>/<name>.csv.

    key: the columns that together identify a row. key_references: the table that must have a row of the same key.
    grows: whether reports or published pages add rows, so that the table may come as Parquet instead.
    """

    name: str
    folder: str
    description: str
    columns: tuple[SeedColumn, ...]
    key: tuple[str, ...]
    key_references: str | None = None
    grows: bool = False

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of all columns in file order."""
        return tuple(column.name for column in self.columns)

    @property
    def path(self) -> str:
        """Path of the CSV relative to the project."""
        return f"seeds/{self.folder}/{self.name}.csv"


SeedContract = Mapping[str, SeedTable]
"""All seed tables by name, in the order of their files."""


def read_contract(seeds: Path) -> SeedContract:
    """The contract of the CSVs below a seeds directory. Raises InputError where its YAML is not well formed."""
    files = sorted(seeds.rglob("_*.yml"))
    return _read_contract(seeds, tuple((file, file.stat().st_mtime_ns, file.stat().st_size) for file in files))


@lru_cache(maxsize=4)
def _read_contract(seeds: Path, files: tuple[tuple[Path, int, int], ...]) -> SeedContract:
    patterns = _read_patterns(seeds / PATTERNS_FILE)
    tables: dict[str, SeedTable] = {}
    for file, _, _ in files:
        for entry in _load(file).get("seeds", []):
            table = _Reader(file, file.parent.relative_to(seeds).as_posix(), patterns).table(entry)
            if table.name in tables:
                raise InputError(
                    Problem(_shown(file), "seed is described twice", found=table.name, action="remove one")
                )
            tables[table.name] = table
    _check_references(tables)
    return tables


def _read_patterns(file: Path) -> dict[str, Pattern]:
    named = _load(file).get("anchors", []) if file.is_file() else []
    return {entry["name"]: Pattern(entry["regex"], entry["description"]) for entry in named}


def _load(file: Path) -> dict[str, Any]:
    try:
        return dict(yaml.load(file.read_bytes(), _Loader) or {})
    except yaml.MarkedYAMLError as error:
        line = None if error.problem_mark is None else error.problem_mark.line + 1
        raise InputError(
            Problem(_shown(file), "YAML cannot be read", line, found=error.problem, action="correct it")
        ) from None


@dataclass(frozen=True)
class _Reader:
    """Reads the entries of one YAML file."""

    file: Path
    folder: str
    patterns: Mapping[str, Pattern]

    def table(self, entry: Mapping[str, Any]) -> SeedTable:
        config = entry.get("config", {})
        meta = self._meta(config, _TABLE_META, entry["name"])
        columns = tuple(self._column(column) for column in entry.get("columns", []))
        missing = set(meta.get("key", [])) - {column.name for column in columns}
        if missing or not meta.get("key"):
            raise self._error("key is not made of columns of the seed", entry["name"], found=", ".join(sorted(missing)))
        return SeedTable(
            entry["name"],
            self.folder,
            " ".join(entry.get("description", "").split()),
            columns,
            tuple(meta["key"]),
            meta.get("key_references"),
            self.folder in (REPORTS, LANDSCAPE) or _LARGE_INPUT_VARIABLE in str(config.get("enabled", "")),
        )

    def _column(self, entry: Mapping[str, Any]) -> SeedColumn:
        meta = self._meta(entry.get("config", {}), _COLUMN_META, entry["name"])
        low, high = meta.get("range", (None, None))
        references = tuple(meta["references"].split(".")) if "references" in meta else None
        if references is not None and len(references) != 2:
            raise self._error("references is not table.column", entry["name"], found=meta["references"])
        return SeedColumn(
            entry["name"],
            " ".join(entry.get("description", "").split()),
            self._pattern(meta.get("pattern"), entry["name"]),
            tuple(meta.get("values", ())),
            references,
            low,
            high,
            meta.get("required", True),
        )

    def _pattern(self, written: str | None, column: str) -> Pattern | None:
        if written is None or written in self.patterns:
            return None if written is None else self.patterns[written]
        if not (written.startswith("^") and written.endswith("$")):
            known = ", ".join(self.patterns)
            raise self._error("unknown pattern", column, written, f"^a regular expression$, or one of {known}")
        return Pattern(written[1:-1], f"the form {written[1:-1]}")

    def _meta(self, config: Mapping[str, Any], known: frozenset[str], name: str) -> Mapping[str, Any]:
        meta: Mapping[str, Any] = config.get("meta", {})
        if unknown := sorted(meta.keys() - known):
            raise self._error("unknown key of config.meta", name, ", ".join(unknown), ", ".join(sorted(known)))
        return meta

    def _error(self, message: str, name: str, found: str, expected: str | None = None) -> InputError:
        where = next(self._lines(name), None)
        return InputError(Problem(_shown(self.file), message, where, name, found, expected, "correct the YAML"))

    def _lines(self, name: str) -> Iterator[int]:
        """Lines that introduce a seed or column of this name."""
        for number, line in enumerate(self.file.read_text(encoding="utf-8").splitlines(), 1):
            if re.search(rf"\bname: {re.escape(name)}\b", line):
                yield number


def _check_references(tables: SeedContract) -> None:
    """Every table and column that is referred to must exist."""
    for table in tables.values():
        wanted = [column.references for column in table.columns if column.references is not None]
        wanted += [(table.key_references, name) for name in table.key if table.key_references is not None]
        for seed, name in wanted:
            if seed not in tables or name not in tables[seed].column_names:
                raise InputError(
                    Problem(
                        f"seeds/{table.folder}",
                        f"{table.name} refers to a column that no seed has",
                        found=f"{seed}.{name}",
                        action="correct config.meta in the YAML of the folder",
                    )
                )


def _shown(file: Path) -> str:
    parts = file.parts
    return "/".join(parts[len(parts) - 1 - parts[::-1].index("seeds") :]) if "seeds" in parts else file.name
