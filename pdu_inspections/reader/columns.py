"""What the columns of a table hold, settled once per table from its own head.

A column's head says whose figure it holds (the inspected body, or somebody it is compared with) and what kind of figure
(a share, a number of cases, a base). Where the head does not say which column is the body's own, none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pdu_inspections.reader.text import normalise

OWN = "own"
PREVIOUS = "previous_inspection"
_LONGEST_HEAD = 120
_MOST_WORDS = 8


class Quantity(StrEnum):
    """What kind of figure a column holds."""

    VALUE = "value"
    SHARE = "share"
    COUNT = "count"
    BASE = "base"
    OTHER = "other"
    LABEL = "label"
    RATING = "rating"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its place in the grid from 0, its head, whose figure it holds, and what kind of figure.

    party: `own`, the id of a comparator, or empty where the head does not say. year: the one year that the head names.
    """

    index: int
    head: str
    party: str = ""
    quantity: Quantity = Quantity.UNKNOWN
    year: int | None = None


@dataclass(frozen=True, slots=True)
class SettledColumns:
    """The columns of a table once they are settled.

    labels: columns of words. own: the column of the body's own figure; own_counts: of its numbers of cases, beside or
    instead. comparators: columns of others' figures. problem: why no column is taken for the body's own, in words.
    is_by_sign: the table has no head, and its shares are known by their per cent signs beside counts. unread: columns
    of figures of which the head does not say whose they are, beside the body's own.
    """

    labels: tuple[int, ...] = (0,)
    own: int | None = None
    own_counts: int | None = None
    comparators: Mapping[int, str] = field(default_factory=dict)
    heads: Mapping[int, str] = field(default_factory=dict)
    problem: str = ""
    is_by_sign: bool = False
    unread: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """The inspected body as heads of tables may name it: its kind (pdu, crc, region, nps_division, nation), its names,
    and the year of its fieldwork."""

    kind: str = "pdu"
    names: tuple[str, ...] = ()
    year: int | None = None


_COMPARATORS = tuple(
    (identifier, re.compile(pattern))
    for identifier, pattern in (
        ("target", r"\btargets?\b|\bbenchmark|\bexpected\b|\bexpectation\b|\bthreshold\b|\bgoal\b"),
        (
            PREVIOUS,
            r"\b(?:previous|last|prior|earlier|original|first) (?:\w+ )?(?:inspection|report|round|year|figure)s?\b"
            r"|^(?:previous|previously|last year|year before|earlier|prior)\b",
        ),
        (
            "england_and_wales",
            r"\bengland\b|\bnational(?:ly)?\b|\bcountry\b|\bwales\b|^e w$|\ball (?:the )?probation\b|\ball areas\b"
            r"|\bprobation service(?: average| total| overall)?$",
        ),
        (
            "all_pdus",
            r"\b(?:all|others?|average|mean|total|every|across|these|inspected)\b.*\bpdus?\b|\bpdus\b|\bpdu average\b"
            r"|\bprobation delivery units\b",
        ),
        (
            "all_crcs",
            r"\b(?:all|other|average|mean|total|across)\b.*\bcrcs?\b|\bcrcs\b|\bcommunity rehabilitation companies\b",
        ),
        ("all_regions", r"\b(?:all|other|average of|mean of|across)\b.*\bregions?\b|\bregions\b|\bdivisions\b"),
        ("region", r"\bregion(?:al|s|wide)?\b"),
        (
            "all_inspected",
            r"^(?:all|overall|average|mean|median)\b|\ball inspect(?:ed|ions)\b|\binspected to date\b|\baverage$",
        ),
        ("other_bodies", r"^(?:others?|comparators?|comparison|comparative|programme)\b"),
    )
)
_ALL_OF_THE_KIND = {"pdu": "all_pdus", "crc": "all_crcs", "region": "all_regions", "nps_division": "all_regions"}
_OWN = re.compile(
    r"\b(?:this|our|own|current|present|latest|new)\b|\bfollow up\b|\bnow$|^inspected cases$"
    r"|^(?:the )?(?:pdu|region|crc|division|area|body|unit|local)\b(?! average)"
)
_AFTER_NAME = (
    r"(?: (?:pdu|probation delivery unit|crc|community rehabilitation company|region|division|percentage|%|n|number|yes"
    r"|score|value|this inspection|(?:19|20)\d\d))*"
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_OTHER = re.compile(
    r"\b(?:change|difference|variance|gap|trend|direction|rank(?:ing)?|movement|diff)\b"
    r"|\b(?:comments?|notes?|sources?|footnotes?|commentary|explanation|evidence|(?<!delivery )units?)\b"
    r"|^(?:period|date)\b"
    r"|^(?:percentage |% |number )?(?:of )?"
    r"(?:no|not applicable|n a|na|not relevant|unclear|partly|partial|dont know|missing)\b(?: %| number| n)?$"
)
_RATING = re.compile(r"^(?:overall )?(?:rating|ratings|judgement|judgment|grade|rag)(?: rating| standard)?$")
_SHARE = re.compile(r"%|\b(?:per ?cent|percent|percentage|proportion|share|rate|pct)\b")
_YES = re.compile(r"\byes\b")
_BASE = re.compile(
    r"\b(?:base|denominator|sample size|relevant cases|cases inspected|applicable|out of|total cases|total number"
    r"|number of (?:relevant |applicable |inspected )?cases|cases assessed|cases judged)\b|^(?:total|totals|sample|of)$"
)
_COUNT = re.compile(r"\b(?:number|numbers|count|counts|cases|headcount|frequency)\b|\bn$|^(?:no|nos)$")
_VALUE = re.compile(
    r"\b(?:sufficient|met|positive|results?|score|figures?|values?|data|finding|achieved|actual|performance|outturn)\b"
)
_LABEL = re.compile(
    r"\b(?:questions?|prompts?|measures?|indicators?|standards?|criteri(?:on|a)|description|characteristics?|item|label"
    r"|category|key data|staffing data|topic|metric|outcomes?)\b|^(?:code|ref|reference|key|no|number)$"
)


def read_head(index: int, text: str, body: Body) -> TableColumn:
    """What a column's head says, read without regard to the other columns."""
    key = normalise(text)
    years = set(_YEAR.findall(key))
    if not key or len(text) > _LONGEST_HEAD or _OTHER.search(key):
        is_own = _OWN.search(key) is not None
        return TableColumn(index, text, OWN * is_own, Quantity.OTHER if key else Quantity.UNKNOWN)
    quantity = _quantity(" ".join(_YEAR.sub(" ", key).split()), bool(years))
    return TableColumn(index, text, _party(key, body), quantity, int(years.pop()) if len(years) == 1 else None)


def is_head_text(text: str, body: Body) -> bool:
    """Whether a cell reads like the head of a column of figures."""
    column = read_head(0, text, body)
    is_short = 0 < len(text.split()) <= _MOST_WORDS and len(text) <= _LONGEST_HEAD
    return is_short and (bool(column.party) or column.quantity not in (Quantity.UNKNOWN, Quantity.LABEL))


def is_label_head(text: str) -> bool:
    """Whether a cell reads like the head of a column of labels: Key question, Measure, Standard."""
    return len(text.split()) <= _MOST_WORDS and _LABEL.search(normalise(text)) is not None


def _party(key: str, body: Body) -> str:
    if any(re.fullmatch(rf"(?:the )?{re.escape(normalise(name))}{_AFTER_NAME}", key) for name in body.names):
        return OWN
    is_of_region = body.kind in ("region", "nps_division")
    if _OWN.search(key) and not re.match(r"(?:all|other)\b", key) and (is_of_region or "region" not in key):
        return OWN
    found = next((identifier for identifier, pattern in _COMPARATORS if pattern.search(key)), "")
    if found == "region" and is_of_region:
        return "all_regions" if "average" in key else OWN
    return _ALL_OF_THE_KIND.get(body.kind, found) if found == "all_inspected" else found


def _quantity(key: str, has_year: bool) -> Quantity:
    if _RATING.match(key):
        return Quantity.RATING
    if _SHARE.search(key) or (_YES.search(key) and not _COUNT.search(key)):
        return Quantity.SHARE
    for pattern, quantity in (
        (_BASE, Quantity.BASE),
        (_COUNT, Quantity.COUNT),
        (_LABEL, Quantity.LABEL),
        (_VALUE, Quantity.VALUE),
    ):
        if pattern.search(key):
            return quantity
    return Quantity.VALUE if has_year else Quantity.UNKNOWN


def settle_columns(
    heads: Mapping[int, str], figures: Collection[int], labels: Sequence[int], body: Body
) -> SettledColumns:
    """The columns of a table.

    heads: head text by column, empty where the table has none. figures: columns with a figure or a word of status in
    some row. labels: columns of words, in order.
    """
    columns = _with_years([read_head(i, heads.get(i, ""), body) for i in sorted(figures) if i not in labels], body)
    if any(_SHARE.search(normalise(column.head)) for column in columns):
        # Beside a column of shares, one headed "Yes" alone holds the numbers of cases.
        columns = [replace(c, quantity=Quantity.COUNT) if normalise(c.head) == "yes" else c for c in columns]
    others = {column.index: column.party for column in columns if column.party not in ("", OWN)}
    comparators = {column.index: column.party for column in columns if column.index in others and _is_readable(column)}
    own, own_counts, problem = _own([column for column in columns if column.index not in others], bool(others))
    texts = {column.index: column.head for column in columns}
    unread = (
        tuple(c.index for c in columns if not c.party and c.index != own and _is_readable(c)) if own is not None else ()
    )
    return SettledColumns(tuple(labels) or (0,), own, own_counts, comparators, texts, problem, unread=unread)


def _with_years(columns: Sequence[TableColumn], body: Body) -> list[TableColumn]:
    """Columns headed by years: the year of the fieldwork, or of the report after it, is the body's own; beside it an
    earlier year is that of a previous inspection."""
    year = body.year
    if year is None:
        return list(columns)
    is_own = [column.party == OWN or (not column.party and column.year in (year, year + 1)) for column in columns]
    done = []
    for column, own in zip(columns, is_own, strict=True):
        is_earlier = column.year is not None and column.year < year and column.party in ("", OWN)
        if is_earlier and len(columns) > 1 and any(is_own):
            done.append(replace(column, party=PREVIOUS))
        else:
            done.append(replace(column, party=OWN) if own else column)
    return done


def _is_readable(column: TableColumn) -> bool:
    return column.quantity in (Quantity.SHARE, Quantity.VALUE, Quantity.UNKNOWN, Quantity.LABEL)


def _own(columns: Sequence[TableColumn], has_others: bool) -> tuple[int | None, int | None, str]:
    """The column of the body's own figure, that of its counts, and the problem where neither is settled.

    columns: those that no head gives to somebody else. has_others: whether there are such columns beside them.
    """
    counts = [column for column in columns if column.quantity is Quantity.COUNT]
    own_counts = next((column.index for column in counts if column.party == OWN or len(counts) == 1), None)
    readable = [column for column in columns if _is_readable(column)]
    named = [column for column in readable if column.party == OWN]
    stated = [column for column in named or readable if column.quantity in (Quantity.SHARE, Quantity.VALUE)]
    shares = [column for column in stated if column.quantity is Quantity.SHARE]
    unsaid = [column for column in readable if column.head.strip() and column not in stated]
    if len(named) == 1:
        return named[0].index, own_counts, ""
    if named and len(shares) == 1:
        return shares[0].index, own_counts, ""
    is_own_elsewhere = any(column.party == OWN for column in columns)
    if not named and len(stated) == 1 and not unsaid and not is_own_elsewhere:
        return stated[0].index, own_counts, ""
    if not has_others and len(readable) == 1:
        return readable[0].index, own_counts, ""
    if not readable:
        is_somebody_elses = has_others and own_counts is None
        return None, own_counts, "every column is headed as somebody else's figure" if is_somebody_elses else ""
    heads = [column.head for column in readable if column.head.strip()]
    if not heads:
        return None, own_counts, "no head of this table says which column is the inspected body's"
    return None, own_counts, f"the heads {', '.join(map(repr, heads))} do not say which column is the inspected body's"
