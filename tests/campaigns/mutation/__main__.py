"""``python -m tests.campaigns.mutation [--model NAME]``: runs the mutants and writes docs/campaigns/mutation.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.campaigns.mutation.report import write
from tests.campaigns.mutation.run import TARGET, run


def main() -> int:
    """Exit code 0 where at least TARGET of the mutants that change anything are caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.mutation", description=__doc__)
    parser.add_argument("--model", help="this model alone; prints its survivors and writes nothing")
    parser.add_argument("--project", type=Path, default=Path(__file__).resolve().parents[3])
    options = parser.parse_args()
    results = run(options.project, options.model)
    if options.model:
        for result in results:
            for mutant in result.survivors:
                print(mutant.key)
        print("\n".join(f"{result.model}: {result.caught} of {result.mutants} caught" for result in results))
    else:
        path = options.project / "docs" / "campaigns" / "mutation.md"
        write(path, results)
        print(path.read_text(encoding="utf-8").split("\n## ")[0].strip())
    score = sum(result.caught for result in results) / sum(result.mutants - result.equivalent for result in results)
    return 0 if score >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
