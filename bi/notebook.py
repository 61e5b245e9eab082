"""A marimo notebook over the current release: which PDU is weakest at keeping other people safe.

Needs marimo and duckdb alone: make notebook. Run as a script it prints the answer.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="full", app_title="Which PDU is weakest at keeping other people safe?")


@app.cell
def _():
    import pathlib

    import duckdb
    import marimo as mo

    return duckdb, mo, pathlib


@app.cell
def _(mo):
    mo.md("""
    # Which PDU is weakest at keeping other people safe, and how sure is that?

    It depends on the stage of casework. *low_95* and *high_95* bound what chance alone leaves open. *lower_than* names
    the other PDUs whose share is higher by more than chance explains; empty means that chance may have made the order.
    """)


@app.cell
def _(mo):
    again = mo.ui.refresh(label="Read the current release again")
    again  # noqa: B018 - shown
    return (again,)


@app.cell
def _(again, duckdb, pathlib):
    again  # noqa: B018 - asks again
    root = pathlib.Path(__file__).resolve().parents[1]
    release = (root / "warehouse" / "current").resolve()
    query = next(root.glob("analyses/*/101_*.sql")).read_text(encoding="utf-8")
    with duckdb.connect(str(release / "pdu_inspections.duckdb"), read_only=True) as connection:
        result = connection.execute(query)
        names = [column[0] for column in result.description]
        answer = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    return answer, release


@app.cell
def _(answer, mo, release):
    mo.vstack(
        [
            mo.ui.table(answer, pagination=False, selection=None, wrapped_columns=["printed"]),
            mo.md(f"Release {release.name}"),
        ]
    )


if __name__ == "__main__":
    _, found = app.run()
    for row in found["answer"]:
        print(*row.values(), sep=" | ")
    print(f"release {found['release'].name}")
