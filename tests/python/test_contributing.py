"""The worked examples of CONTRIBUTING.md, done in a copy of the project as they are written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import duckdb
import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
# A numbered step that begins with a file, and the first block of code in it.
STEP = re.compile(r"^\d\. `([\w/.]+)`(?:(?!^\d\. |^   ```).*\n)+   ```\w+\n((?:(?!^   ```).*\n)+)", flags=re.MULTILINE)

MART = "models/marts/core/fct_key_question"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, without what was built or installed in it."""
    copy = tmp_path_factory.mktemp("contributing") / "project"
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in tracked.rstrip("\0").split("\0"):
        if (ROOT / name).is_file() and not name.startswith(("benchmarks/", "docs/campaigns/", "requirements/")):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    return copy


def steps(title: str) -> dict[str, str]:
    """What an example puts into each file."""
    chapter = PAGE.partition(f"## {title}\n")[2].partition("\n## ")[0]
    return {path: textwrap.dedent(text) for path, text in STEP.findall(chapter)}


def append(project: Path, rows: dict[str, str]) -> None:
    for path, text in rows.items():
        with (project / path).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)


def insert_before(path: Path, start: str, text: str) -> None:
    """Put a text before the first line that begins so, indented as that is."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    place = next(number for number, found in enumerate(lines) if found.lstrip(" ").startswith(start))
    indent = lines[place].partition(start)[0]
    path.write_text("".join([*lines[:place], textwrap.indent(text, indent), *lines[place:]]), encoding="utf-8")


def run(project: Path, *arguments: str) -> None:
    done = subprocess.run([sys.executable, *arguments], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
def test_every_example_builds(project: Path) -> None:
    column = steps("Add a column")
    for path, line in ((f"{MART}.sql", "key_questions.yes_n_status,\n"), (f"{MART}.yml", "- {name: yes_n_status")):
        insert_before(project / path, line, column[path])
    append(project, steps("Add a measure"))
    rule = steps("Add a rule")
    row = rule.pop("seeds/reference/consistency_rules.csv")
    append(project, {"seeds/reference/consistency_rules.csv": row})
    for path, text in {**rule, **steps("Add a question")}.items():
        (project / path).write_text(text, encoding="utf-8")
    append(project, steps("Add a framework"))

    run(project, "-m", "lint.rule_list", "--write")
    run(project, "-m", "pdu_inspections", "check")
    dbt = [str(Path(sys.executable).with_name("dbt")), "--quiet"]
    run(project, *dbt, "build", "--profiles-dir", "profiles", "--exclude-resource-type", "unit_test")
    run(project, *dbt, "test", "--profiles-dir", "profiles", "-s", "int_rule__published_after_fieldwork")

    with duckdb.connect(str(project / "warehouse/dev/pdu_inspections.duckdb"), read_only=True) as connection:
        for query in (
            (project / "analyses/4_staff/410_officers_in_post.sql").read_text(encoding="utf-8"),
            "from fct_key_question where no_n + yes_n = cases_n",
            "from dim_measure where measure_id = 'agency_staff_fte'",
            "from dim_consistency_rule where rule_id = 'published_after_fieldwork' and findings_n = 0",
            "from dim_standard where standard_id = 'ashmere_2030.2.1'",
        ):
            assert connection.execute(query).fetchall(), query
