"""Do engines other than DuckDB read the SQL of models and data tests in the same way?

    python -m lint.check_portable [FILE...]        without files: every model and data test

What a macro renders is not looked at: there, by adapter.dispatch, engines may differ. Three checks: functions that are
not on the list of those every engine knows; syntax that DuckDB has and others have not; and, in a model as rendered,
divisions that other engines would do in whole numbers. Prints file, line, what was found and what to write instead, and
ends with exit code 1.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import sqlglot
from sqlglot import exp

from tests.support.rendering import renderer

# Functions of the same name and meaning in DuckDB, PostgreSQL, Spark, Trino and Athena, but for NULL in concat,
# greatest and least: tests/python/test_portable.py builds every mart as an engine would that does not skip it.
FUNCTIONS = {
    "abs", "avg", "ceil", "coalesce", "concat", "count", "dense_rank", "exp", "extract", "floor", "greatest", "lag",
    "lead", "least", "length", "ln", "lower", "max", "min", "mod", "nullif", "power", "rank", "replace", "row_number",
    "sqrt", "substring", "sum", "trim", "upper",
}  # fmt: skip
# Words and types before a bracket.
WORDS = {
    "all", "and", "any", "as", "between", "by", "case", "cast", "decimal", "distinct", "else", "except", "exists",
    "from", "having", "in", "intersect", "join", "like", "not", "on", "or", "over", "partition", "select", "then",
    "union", "values", "when", "where", "with",
}  # fmt: skip
INSTEAD = {
    "columns": "the columns by name",
    "date_diff": "dbt.datediff",
    "date_trunc": "dbt.date_trunc",
    "filter": "sum(case when … then … end)",
    "generate_series": "dbt.generate_series",
    "rtrim": "number_text of macros/text.sql, or a dispatched macro: Spark takes the arguments the other way round",
    "round": "rounded(…, decimals) of macros/engines.sql",
    "safe_cast": "to_integer, to_number, to_boolean or to_first_day of macros/casting.sql",
    "split_part": "dbt.split_part",
    "string_agg": "dbt.listagg",
    "try_cast": "to_integer, to_number, to_boolean or to_first_day of macros/casting.sql",
}
OTHERWISE = "functions every engine knows, one of dbt's cross-database macros, or a dispatched macro"

# What it looks like, what it is called, what to write instead.
SYNTAX = [
    (re.compile(looks_like, re.IGNORECASE | re.MULTILINE), name, instead)
    for looks_like, name, instead in (
        ("::", "::", "cast(… as …), or a macro of macros/casting.sql"),
        (r"\|\|", "||", "concat(…)"),
        ("//", "//", "floor of a division with percentage or to_double"),
        (r"\bqualify\b", "qualify", "row_number() in one CTE, the condition on it in the next"),
        (r"\bdistinct\s+on\b", "distinct on", "row_number() in one CTE, the condition on it in the next"),
        (r"\bilike\b", "ilike", "lower(…) like …"),
        (r"\bsimilar\s+to\b|\brlike\b|\bglob\b|~", "a pattern other than like", "like, or a dispatched macro"),
        (r"\bby\s+all\b", "by all", "the columns by name"),
        (r"\*\s*(?:exclude|except|replace|rename)\b", "* without some columns", "the columns by name"),
        (r"\b(?:asof|positional|semi|anti|lateral)\b", "a join other engines lack", "exists, or a join on columns"),
        (r"\busing\b", "using", "on, with the columns of both sides"),
        (r"\b(?:un)?pivot\b", "pivot", "max(case when … then … end)"),
        (r"\[", "a list", "rows, joined or generated"),
        (r"\{", "a struct", "columns"),
        ("->", "an arrow", "rows, joined or generated"),
        ('"', "double quotes", "a name that needs none; single quotes around text"),
        (r"\bas\s+(?:double|float\d?|real)\b", "a double", "to_double(…), or cast(… as {{ type_double() }})"),
        (r"\bas\s+(?:varchar|text|string|char)\b", "a text type", "cast(… as {{ dbt.type_string() }})"),
        (r"\blimit\b", "limit", "row_number() in one CTE, the condition on it in the next"),
    )
]  # fmt: skip

FOLDERS = ("models", "tests/consistency", "tests/generic")

EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
BESIDE_SQL = re.compile(r"'(?:[^']|'')*'|\{#.*?#\}|\{%.*?%\}|--[^\n]*|/\*.*?\*/", re.DOTALL)
JINJA_TEXT = re.compile(r"\"[^\"]*\"|'[^']*'")
TEXT = re.compile(r"'(?:[^']|'')*'")
CLAUSE = re.compile(r"[()]|\b(?:select|from|union|intersect|except)\b", re.IGNORECASE)
CALL = re.compile(r"(?<![\w.])([a-z_]\w*)\s*\(", re.IGNORECASE)


def main(arguments: list[str]) -> int:
    """Check the files named, or every model and data test of the project in the current directory."""
    files = [Path(name) for name in arguments] or [file for folder in FOLDERS for file in Path(folder).rglob("*.sql")]
    complaints = []
    for file in sorted(files):
        found = [*check(file.read_text(encoding="utf-8"))]
        if "generic" not in file.parts:
            found += check_divisions(renderer().render(str(file)))
        complaints += [f"{file}:{complaint}" for complaint in found]
    for complaint in complaints:
        print(complaint)
    print(f"{len(files)} files of SQL: {len(complaints)} complaints")
    return 1 if complaints else 0


def check(source: str) -> Iterator[str]:
    """Complaints about a file's own SQL, each with its line; SQL given to a macro as text is looked at too."""
    # Two hyphens inside a text are no comment, so texts are matched too, and stay.
    source = BESIDE_SQL.sub(lambda match: match[0] if match[0].startswith("'") else _blank(match), source)
    yield from _complaints(TEXT.sub(_blank, EXPRESSION.sub(_blank, source)))
    yield from _complaints(TEXT.sub(_blank, _texts_of_expressions(source)))


def check_divisions(sql: str) -> Iterator[str]:
    """Complaints about divisions in rendered SQL of which neither side is a double by its own words."""
    for division in sqlglot.parse_one(sql, read="duckdb").find_all(exp.Div):
        if not any(_is_double(node) for node in division.walk()):
            yield f" {division.sql('duckdb')}: whole numbers elsewhere; write percentage(…) or to_double(…) on one side"


def _is_double(node: exp.Expression) -> bool:
    return isinstance(node, exp.Pow | exp.Sqrt) or (isinstance(node, exp.Cast) and node.is_type("double"))


def _blank(match: re.Match[str]) -> str:
    """As many lines, nothing on them but a name where something stood."""
    return "x" + "\n" * match[0].count("\n") if match[0].startswith(("{{", "'")) else "\n" * match[0].count("\n")


def _texts_of_expressions(source: str) -> str:
    """The texts inside Jinja's expressions where they stand; all else blank."""
    kept = list(re.sub(r"[^\n]", " ", source))
    for expression in EXPRESSION.finditer(source):
        for text in JINJA_TEXT.finditer(source, expression.start(), expression.end()):
            kept[text.start() + 1 : text.end() - 1] = text[0][1:-1]
    return "".join(kept)


def _complaints(sql: str) -> Iterator[str]:
    for looks_like, name, instead in SYNTAX:
        for match in looks_like.finditer(sql):
            yield f"{_line(sql, match.end())}: {name}: write {instead}"
    for position in _froms_before_select(sql):
        yield f"{_line(sql, position)}: from before select: write select … from …"
    for match in CALL.finditer(sql):
        name = match[1].lower()
        if name not in FUNCTIONS and name not in WORDS:
            yield f"{_line(sql, match.start())}: {name}(…): write {INSTEAD.get(name, OTHERWISE)}"


def _froms_before_select(sql: str) -> Iterator[int]:
    """Where a from stands without a select before it, in each bracket and each part of a union by itself."""
    sql = re.sub(r"(?<=\bextract\()(\s*\w+\s+)from\b", r"\1    ", sql, flags=re.IGNORECASE)
    selected = [False]
    for match in CLAUSE.finditer(sql):
        word = match[0].lower()
        if word == "(":
            selected.append(False)
        elif word == ")":
            selected = selected[:-1] or [False]
        elif word == "from" and not selected[-1]:
            yield match.start()
        else:
            selected[-1] = word in {"select", "from"}


def _line(sql: str, position: int) -> int:
    return sql.count("\n", 0, position) + 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
