"""Named layouts, and any number of others by seed."""

from __future__ import annotations

import random

from tests.support.pdf_layouts.blocks import blocks
from tests.support.pdf_layouts.pages import Pages
from tests.support.pdf_layouts.style import COURIER, HELVETICA, TIMES, VERA, Layout, TableStyle
from tests.support.pdf_layouts.typeset import Typesetter

LAYOUTS = (
    Layout(
        "ruled",
        running_head="title",
        rating="right",
        table=TableStyle("grid", "centre", "middle", 0.8, padding=(6, 4)),
    ),
    Layout(
        "unruled",
        fonts=TIMES,
        heading_fonts=TIMES,
        size=12,
        justify=True,
        page_number="of",
        leaders=False,
        table=TableStyle("none", "right", "bottom", 0.72, padding=(4, 2), size=11, repeats_head=True, gap_before=2),
        bullet="-",
        facts="side",
    ),
    Layout(
        "magazine",
        page=(612, 792),
        fonts=VERA,
        heading_fonts=VERA,
        size=8.5,
        leading=1.35,
        hyphenate=True,
        justify=True,
        columns=2,
        running_head="alternate",
        page_number="outer",
        rating="wrapped",
        table=TableStyle("bands", "left", "top", 0.76, size=8, padding=(5, 3), repeats_head=True),
        note_rule=False,
        bullet="•",
    ),
    Layout(
        "dense",
        fonts=HELVETICA,
        heading_fonts=TIMES,
        size=9.5,
        leading=1.15,
        paragraph_gap=0,
        first_line_indent=14,
        page_number="centre",
        table=TableStyle(
            "head",
            "right",
            "top",
            0.62,
            share=0.9,
            padding=(3, 0),
            size=9.5,
            leading=1.15,
            splits_rows=True,
            bold_groups=False,
        ),
        order="shuffled",
        new_page_per_chapter=False,
    ),
    Layout(
        "typewriter",
        fonts=COURIER,
        heading_fonts=COURIER,
        size=10,
        page_number="dash",
        running_head="title",
        rating="right",
        centre_headings=True,
        table=TableStyle("rows", "left", "bottom", 0.7, padding=(2, 2), size=9, splits_rows=True),
        order="overprinted",
        bullet="o",
    ),
)


def random_layout(seed: int) -> Layout:
    """A layout put together by chance; the same seed gives the same layout."""
    chance = random.Random(seed)
    pick = chance.choice
    fonts = pick((HELVETICA, TIMES, VERA))
    size = pick((9, 10, 10.5, 11, 12)) - (1.5 if fonts is VERA else 0)
    columns = pick((1, 1, 1, 2))
    rules = pick(("none", "head", "rows", "grid", "bands"))
    return Layout(
        f"random {seed}",
        page=pick(((595.3, 841.9), (612, 792))),
        margins=(chance.uniform(45, 80), chance.uniform(45, 80), chance.uniform(60, 80), chance.uniform(55, 75)),
        fonts=fonts,
        heading_fonts=pick((HELVETICA, TIMES)),
        size=size,
        leading=chance.uniform(1.12, 1.45),
        justify=chance.random() < 0.5,
        hyphenate=chance.random() < 0.3,
        columns=columns,
        gutter=chance.uniform(16, 30),
        paragraph_gap=chance.uniform(4, 10),
        running_head=pick(("", "title", "alternate")),
        page_number=pick(("right", "centre", "of", "outer", "dash", "none")),
        table=TableStyle(
            rules,
            pick(("left", "right", "centre")),
            pick(("top", "middle", "bottom")),
            chance.uniform(0.6, 0.85) if columns == 1 else chance.uniform(0.6, 0.72),
            chance.uniform(0.85, 1),
            (
                chance.uniform(3, 7),
                chance.uniform(0, 5) if rules in ("grid", "rows", "bands") else chance.uniform(1.5, 5),
            ),
            size - pick((0, 1)),
            chance.uniform(1.12, 1.3),
            chance.random() < 0.5,
            chance.random() < 0.3,
            chance.random() < 0.7,
        ),
        rating=pick(("below", "right", "wrapped")),
        bullet=pick(("•", "-", "–", "o")),
        note_rule=chance.random() < 0.6,
        leaders=chance.random() < 0.5,
        facts=pick(("stack", "side")),
        order=pick(("reading", "shuffled", "overprinted")),
        centre_headings=chance.random() < 0.2,
        new_page_per_chapter=chance.random() < 0.7,
    )


def make_pdf(text: str, layout: Layout, title: str = "Inspection report") -> bytes:
    """The PDF of a report given in its text form."""
    setter = Typesetter(layout, title)
    return Pages(setter, *setter.set_blocks(blocks(text))).pdf()
