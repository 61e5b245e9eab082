"""Quotes, dashes, spaces, percentages and footnote marks as other reports print them."""

from __future__ import annotations

import random
import re

from tests.support.print_styles.registry import (
    change_rows,
    print_style,
)

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@print_style
def curly_quotes(text: str, chance: random.Random) -> str:
    return re.sub(r"'(\w[^'\n]{0,60}\w)'", r"‘\1’", text).replace("'", "’")


@print_style
def other_dashes(text: str, chance: random.Random) -> str:
    return text.replace(" – ", chance.choice([" - ", " — ", ": "])).replace("-", "‑")


@print_style
def hard_spaces(text: str, chance: random.Random) -> str:
    return re.sub(r"(?<=[a-z]) (?=of|the|in\b|\()", "\u00a0", text)


@print_style
def per_cent_in_words(text: str, chance: random.Random) -> str:
    form = chance.choice([r"\1 per cent", r"\1 %", r"\1 percent", "\\1\u00a0%"])
    return change_rows(text, lambda label, value: f"{label}\t{re.sub(r'^([0-9.]+)%', form, value)}")


@print_style
def no_per_cent_sign(text: str, chance: random.Random) -> str:
    return change_rows(text, lambda label, value: f"{label}\t{value.replace('%', '')}")


@print_style
def bold_values(text: str, chance: random.Random) -> str:
    left, right = chance.choice([("**", "**"), ("<b>", "</b>"), ("<strong>", "</strong>"), ("__", "__")])
    return change_rows(text, lambda label, value: f"{label}\t{left}{value}{right}")


@print_style
def marks_on_figures(text: str, chance: random.Random) -> str:
    def marked(label: str, value: str) -> str:
        number = str(chance.randint(1, 40))
        mark = chance.choice([number.translate(SUPERSCRIPTS), f"<sup>{number}</sup>", f"[{number}]", f"^{number}^"])
        return f"{label}\t{value}{mark if chance.random() < 0.3 else ''}"

    return change_rows(text, marked)


@print_style
def marks_on_labels(text: str, chance: random.Random) -> str:
    def marked(label: str, value: str) -> str:
        number = str(chance.randint(1, 40))
        raised = number.translate(SUPERSCRIPTS)
        mark = chance.choice([raised, f"<sup>{number}</sup>", f"[{number}]", f" {raised}"])
        return f"{label}{mark if chance.random() < 0.3 else ''}\t{value}"

    return change_rows(text, marked)


@print_style
def sunken_marks(text: str, chance: random.Random) -> str:
    """Footnote marks that lost their raised type."""

    def marked(label: str, value: str) -> str:
        if chance.random() < 0.3 and label.rstrip()[-1:] in "?)":
            label += str(chance.randint(1, 40))
        if chance.random() < 0.3 and value.endswith("%"):
            value += str(chance.randint(1, 40))
        return f"{label}\t{value}"

    return change_rows(text, marked)


@print_style
def html_marks(text: str, chance: random.Random) -> str:
    def tagged(found: re.Match[str]) -> str:
        return f"<sup>{''.join(str('⁰¹²³⁴⁵⁶⁷⁸⁹'.index(sign)) for sign in found.group())}</sup>"

    return re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", tagged, text)
