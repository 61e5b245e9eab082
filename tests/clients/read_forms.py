"""Read the other forms of the current release with other tools, and judge its descriptions with their own.

    PYTHON tests/clients/read_forms.py

Runs every Python example of docs/loading.md: all must give the same answer. Fails where one does not, or where the data
package is not valid.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from frictionless import validate

ROOT = Path(__file__).parents[2]
RELEASE = ROOT / "warehouse" / "current"


def main() -> int:
    answers = dict(examples((ROOT / "docs" / "loading.md").read_text(encoding="utf-8")))
    first = next(iter(answers.values()))
    problems = [f"{tool} answers {answer}, expected {first}" for tool, answer in answers.items() if answer != first]
    problems += data_package(RELEASE / "datapackage.json")
    print(f"{', '.join(answers)}: {len(first)} rows each; data package judged; {len(problems)} problems")
    for problem in problems:
        print(f"  {problem}")
    return 1 if problems or not first else 0


def examples(page: str) -> Iterator[tuple[str, list[tuple[str, float]]]]:
    """Each Python example's tool and answer; the first block, which finds the release, runs before each."""
    begin, *blocks = re.findall(r"^```python\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    for block in blocks:
        names: dict[str, Any] = {}
        exec(begin + block, names)
        yield re.search(r"import (\w+)", block)[1], rows(names["safety"])


def rows(frame: Any) -> list[tuple[str, float]]:
    """An answer, whichever library's table holds it."""
    columns = [list(frame[name]) for name in ("question_id", "pooled_pct")]
    return [(question, float(share)) for question, share in zip(*columns, strict=True)]


def data_package(path: Path) -> list[str]:
    """What Frictionless finds wrong with the package and its CSVs: form, types, keys, references."""
    report = validate(str(path))
    return [f"{error.title}: {error.message}" for task in report.tasks for error in task.errors] + [
        str(error.message) for error in report.errors
    ]


if __name__ == "__main__":
    sys.exit(main())
