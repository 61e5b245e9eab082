"""Citations and corrections in pandas, as dim_citation and the marts with corrected figures have them."""

from __future__ import annotations

import pandas as pd

PLACE = ["section", "table_name", "row_number", "line_number", "column_number", "page_from", "page_to"]
PRINT = ["citation_id", "document_id", *PLACE, "as_printed"]
Tables = dict[str, pd.DataFrame]


def citation(table: pd.DataFrame, line: str, column: str) -> pd.Series:
    return table["document_id"] + ":L" + table[line] + ":C" + table[column]


def printed_once(tables: Tables) -> pd.DataFrame:
    """Every printed figure once: the longest print of a place, of a table before running text."""
    isbns = tables["documents"].dropna(subset="isbn")
    isbns = isbns[["document_id"]].assign(
        citation_id=citation(isbns, "isbn_line_number", "isbn_column_number"),
        section="Imprint",
        line_number=isbns["isbn_line_number"],
        column_number=isbns["isbn_column_number"],
        as_printed=isbns["isbn_as_printed"],
    )
    progress = tables["recommendation_progress"]
    sources = progress[["document_id", "section", "page_from", "page_to"]].assign(
        citation_id=citation(progress, "source_line_number", "source_column_number"),
        line_number=progress["source_line_number"],
        column_number=progress["source_column_number"],
        as_printed=progress["source_as_printed"],
    )
    prints = pd.concat([*(table[PRINT] for table in tables.values()), isbns, sources], ignore_index=True)
    rank = {"shortness": -prints["as_printed"].str.len(), "in_text": prints["table_name"].isna()}
    ranked = prints.assign(**rank).sort_values([*rank, "section"])
    return ranked.drop_duplicates("citation_id")[PRINT]


def applied(corrections: pd.DataFrame, prints: pd.DataFrame) -> pd.Series:
    """The corrected number by citation, where what is printed is what the correction says."""
    corrections = corrections.merge(prints[["citation_id", "as_printed"]], on="citation_id")
    corrections = corrections[corrections["as_printed"] == corrections["printed_value"]]
    numbers = pd.to_numeric(corrections["corrected_value"].str.replace("[%,]", "", regex=True), errors="coerce")
    return numbers.astype("float64").set_axis(corrections["citation_id"])


def corrected(table: pd.DataFrame, value: pd.Series, corrections: pd.Series) -> pd.Series:
    return table["citation_id"].map(corrections).fillna(value)


def located(prints: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """Printed figures with the words to find them by."""
    cited = prints.merge(documents[["document_id", "title", "source_format"]], on="document_id")
    first, last = cited["page_from"], cited["page_to"]
    pages = (", pages " + first + " to " + last).case_when(
        [
            (first.isna(), ""),
            (last.isna(), ", from page " + first),
            (first == last, ", page " + first),
        ]
    )
    table = (", table “" + cited["table_name"] + "”").fillna("")
    row = (", row " + cited["row_number"]).fillna("")
    section = cited["title"] + ", section “" + cited["section"] + "”"
    cited = cited.assign(
        citation_kind="printed_figure",
        locator=section + pages + table + row + ": “" + cited["as_printed"] + "”",
        page_number=first.where(cited["source_format"] == "pdf"),
    )
    numbers = ["row_number", "line_number", "column_number", "page_number", "page_from", "page_to"]
    return cited.astype(dict.fromkeys(numbers, "Int32")).drop(columns=["title", "source_format"])
