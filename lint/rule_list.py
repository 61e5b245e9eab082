"""The list of rules in int_discrepancies__found is that of consistency_rules.csv, and every rule has its model.

    python -m lint.rule_list            says what differs, and ends with exit code 1
    python -m lint.rule_list --write    writes the list

dbt must be told by name what a model refers to before it has read a row; the list is derived here, so that a new rule
costs a row of consistency_rules.csv, a model and its YAML.
"""

from __future__ import annotations

import csv
import re
import sys
from pathlib import Path

RULES = Path("seeds/reference/consistency_rules.csv")
MODELS = Path("models/intermediate/rules")
UNION = Path("models/intermediate/discrepancies/int_discrepancies__found.sql")
LIST = re.compile(r"(?<=\{%- set rules = \[\n).*?(?=\] -%\})", re.DOTALL)


def main(arguments: list[str], root: Path = Path()) -> int:
    """Check or write the list of the project at root."""
    with (root / RULES).open(encoding="utf-8", newline="") as file:
        rules = [row["rule_id"] for row in csv.DictReader(file)]
    models = {path.stem.removeprefix("int_rule__") for path in (root / MODELS).glob("int_rule__*.sql")}
    union = (root / UNION).read_text(encoding="utf-8")
    listed = LIST.sub(lambda _: "".join(f"    '{rule}',\n" for rule in rules), union)
    if "--write" in arguments:
        (root / UNION).write_text(listed, encoding="utf-8")
        union = listed
    complaints = [f"{RULES}: {rule} has no model {MODELS}/int_rule__{rule}.sql" for rule in rules if rule not in models]
    complaints += [f"{MODELS}/int_rule__{rule}.sql: no row in {RULES}" for rule in sorted(models - set(rules))]
    if union != listed:
        complaints.append(f"{UNION}: not the rules of {RULES}: run python -m lint.rule_list --write")
    print(*complaints, f"{len(rules)} rules: {len(complaints)} complaints", sep="\n")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
