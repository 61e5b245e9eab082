"""Pages from templates: every value escaped, every address relative to the page, every figure linked to its print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from pdu_inspections.site.charts import shares

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"

MISSING = {
    "not_provided": "not provided",
    "not_available": "not available",
    "not_printed": "not printed",
    "not_applicable": "does not apply",
}
"""Words in the place of a figure that is not there, by its status."""

_SUFFIXES = {
    "per_cent": "%",
    "per_cent_of_capacity": "% of capacity",
    "days_per_person": " days",
    "cases_per_officer": " cases",
    "people_fte": " FTE",
}
_CITATION = re.compile(r"(?P<document>[a-z0-9_]+):L(?P<line>\d+):C(?P<column>\d+)")


def environment() -> Environment:
    """Templates that escape what they show, and fail where a name is unknown."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "cite": cite,
        "anchor": anchor,
        "number": number,
        "measured": measured,
        "pct": pct,
        "bounds": bounds,
        "dated": dated,
        "pages": pages,
        "words": words,
        "page_id": page_id,
        "marked_up": marked_up,
        "difference": shares.difference,
        "listed": listed,
        "referring": referring,
        "sentence": sentence,
        "divided": lambda text, longest=240: divided(escape(text), longest),
    }
    made.globals |= {"missing": MISSING, "link": Markup('<a href="{}">{}</a>').format}
    return made


def anchor(citation_id: str) -> str:
    """Name of a citation's place on the page of its report's figures."""
    match = _CITATION.fullmatch(citation_id)
    return citation_id.partition(":")[2] if match is None else f"L{match['line']}-C{match['column']}"


@pass_context
def cite(context: Context, shown: object, citation_id: str | None) -> str | Markup:
    """What is shown, as a link to where the report prints it."""
    return figure_link(context, shown, citation_id)


def figure_link(context: Context, shown: object, citation_id: str | None) -> str | Markup:
    """The same for a page's context; it shows the passage on hover where a copy of the report is at hand."""
    if citation_id is None:
        return str(shown)
    document = citation_id.partition(":")[0]
    passage = context["passage"](citation_id)
    title = Markup(' title="{}"').format(passage) if passage else ""
    return Markup('<a class="figure" href="{}figures/{}.html#{}"{}>{}</a>').format(
        context["root"], document, anchor(citation_id), title, shown
    )


LONGEST_ANSWER = 450
"""Characters of an answer that are shown before the rest is folded away."""
_BREAKS = (r"(?<=[.;])\s", r"(?<=,)\s|\s(?=and\s)")


@pass_context
def sentence(context: Context, answer: Any) -> tuple[Markup, Markup]:
    """The sentence that answers a question, its figures linked; of a long one the beginning, and the rest."""
    text = answer.sentence(lambda shown, citation_id: figure_link(context, shown, citation_id))
    return divided(Markup(text), LONGEST_ANSWER)


def divided(text: Markup, longest: int) -> tuple[Markup, Markup]:
    """Text as it is; or of a longer one the beginning, as far as a full stop, semicolon or comma, and the rest."""
    if len(text.striptags()) <= longest * 1.25:
        return text, Markup()
    for breaks in _BREAKS:
        places = [one.start() for one in re.finditer(breaks, text) if len(text[: one.start()].striptags()) <= longest]
        if places and len(text[: places[-1]].striptags()) > longest / 4:
            return text[: places[-1]], text[places[-1] :].lstrip()
    return text, Markup()


@pass_context
def referring(context: Context, text: str, addresses: Mapping[str, str]) -> Markup:
    """Text in which every mention of another question, as "question 101", is a link to it."""
    return Markup(
        re.sub(
            r"question (\d{3})",
            lambda match: (
                f'question <a href="{context["root"]}{addresses[match[1]]}">{match[1]}</a>'
                if match[1] in addresses
                else match[0]
            ),
            str(escape(text)),
        )
    )


def listed(values: Iterable[object], most: int | None = None) -> str:
    """Values as a sentence lists them: a, b and c; with semicolons where commas would leave it open what a value is.

    most: of many the first few are named, a, b and 7 more.
    """
    texts = [str(value) for value in values]
    unclear = len(texts) > 1 and any(", " in text or (" and " in text and len(texts) > 2) for text in texts)
    comma, last = ("; ", "; and ") if unclear else (", ", " and ")
    if most is not None and len(texts) > most + 1:
        texts = [*texts[:most], f"{len(texts) - most} more"]
    return last.join(filter(None, (comma.join(texts[:-1]), texts[-1]))) if texts else "none"


def number(value: object) -> str:
    """A number as people read it: thousands apart, no idle zeros."""
    if isinstance(value, (Decimal, float)):
        text = f"{value:z,.2f}".rstrip("0").rstrip(".")
        return text.replace("-", "−")
    return f"{value:,}".replace("-", "−") if isinstance(value, int) else str(value)


def measured(value: object, unit: str | None) -> str:
    """A number with its unit."""
    return number(value) + _SUFFIXES.get(unit or "", "")


def pct(value: object) -> str:
    """A percentage; in words where the report prints none."""
    return "no figure" if value is None else f"{number(value)}%"


def bounds(row: Mapping[str, Any], name: str = "yes_pct", confidence: int = 95) -> str:
    """An interval in whole per cent: 23 to 55; a dash where the base is unknown."""
    low, high = row[f"{name}_low_{confidence}"], row[f"{name}_high_{confidence}"]
    return "–" if low is None else f"{low:.0f} to {high:.0f}"


def dated(value: date | datetime | None, precision: str = "month") -> str:
    """A date as exactly as it is known: to the day, month or year, or in one of two years."""
    match precision:
        case _ if value is None:
            return "not printed"
        case "day":
            return f"{value.day} {value:%B %Y}"
        case "month":
            return f"{value:%B %Y}"
        case "two_years":
            return f"{value:%Y} or {value.year + 1}"
        case _:
            return f"{value:%Y}"


def pages(row: Mapping[str, Any]) -> str:
    """The page that prints a figure, or where only that is known, the pages of its section."""
    if row["page_number"] is not None:
        return f"page {row['page_number']}"
    if row["page_from"] is None:
        return "page not known"
    if row["page_to"] in {None, row["page_from"]}:
        return f"page {row['page_from']}"
    return f"on one of pages {row['page_from']} to {row['page_to']}"


def page_id(identifier: str) -> str:
    """An id as the name of a place on a page."""
    return re.sub(r"[^a-z0-9_-]+", "-", identifier.lower())


def marked_up(text: str) -> Markup:
    """Markdown of one line: code as code, of links their words."""
    plain = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(plain))))


def words(identifier: str) -> str:
    """An id as words: case_inspection becomes case inspection."""
    return identifier.replace("_", " ")
