"""Headings, lists of contents, page heads and ratings as other reports print them."""

from __future__ import annotations

import random
import re

from tests.support.print_styles.registry import (
    RATING,
    print_style,
    split_contents,
)


@print_style
def headings_in_capitals(text: str, chance: random.Random) -> str:
    return re.sub(r"(?m)^(\d\.\d\.? )([A-Z][a-z ]+)$", lambda m: m[1] + m[2].upper(), text)


@print_style
def other_numbering(text: str, chance: random.Random) -> str:
    form = chance.choice([r"\1 ", r"\1. ", r"\1: ", r"\1 – ", r"\1\t", "\\1.\u2003", "Standard \\1 "])
    head, body = split_contents(text)
    return head + re.sub(r"(?m)^(\d\.\d)\.? (?=[A-Z][A-Za-z ]+$)", form, body)


@print_style
def marked_up_headings(text: str, chance: random.Random) -> str:
    form = chance.choice([r"### \g<0>", r"**\g<0>**", r"<h3>\g<0></h3>", r"## **\g<0>**", r"<b>\g<0></b>"])
    head, body = split_contents(text)
    return head + re.sub(r"(?m)^\d\.\d\.? [A-Z][A-Za-z ]+$", form, body)


@print_style
def annexes_by_other_names(text: str, chance: random.Random) -> str:
    form = chance.choice(["Annex 0: ", "Annexe 0 – ", "Annex 0. ", "Appendix 0: ", "ANNEXE 0 - "])
    words = {"one": "1", "two": "2", "three": "3", "four": "4"}
    return re.sub(r"(?m)^(.{0,5})Annexe (one|two|three|four) – ", lambda m: m[1] + form.replace("0", words[m[2]]), text)


@print_style
def contents_with_dots(text: str, chance: random.Random) -> str:
    head, body = split_contents(text)
    return re.sub(r"(?m)^(.*\S)\t(\d+)$", lambda m: f"{m[1]} {'.' * chance.randint(3, 40)} {m[2]}", head) + body


@print_style
def contents_as_a_markdown_table(text: str, chance: random.Random) -> str:
    head, body = split_contents(text)
    return re.sub(r"(?m)^(.*\S)\t(\d+)$", r"| \1 | \2 |", head) + body


@print_style
def contents_as_links(text: str, chance: random.Random) -> str:
    head, body = split_contents(text)
    return re.sub(r"(?m)^(.*\S)\t(\d+)$", r"[\1](#page\2) \2", head) + body


@print_style
def contents_of_two_levels(text: str, chance: random.Random) -> str:
    def deeper(found: re.Match[str]) -> str:
        page = int(found[2])
        names = (
            ("Leadership", "Staff", "Services", "Information and facilities")
            if found[1][0] == "1"
            else ("Court work", "Assessment", "Planning", "Implementation and delivery", "Reviewing", "Outcomes")
        )
        own = [f"{found[1][0]}.{n} {name}\t{page + n}" for n, name in enumerate(names, 1)]
        return "\n".join([found.group(), *own])

    head, body = split_contents(text)
    return re.sub(r"(?m)^(\d\. .*\S)\t(\d+)$", deeper, head) + body


@print_style
def no_contents(text: str, chance: random.Random) -> str:
    head, body = split_contents(text)
    at = head.lower().rfind("contents")
    return head[: head.rfind("\n", 0, at)] + "\n\n" + body


@print_style
def running_heads(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    form = chance.choice(
        ["Inspection of probation services: Northmoor {0}", "{0}", "HM Inspectorate of Probation | {0}", "Page {0}"]
    )
    pages = ["\n".join(lines[at : at + 40]) for at in range(0, len(lines), 40)]
    return "".join(f"{page}\n{form.format(number)}\n" for number, page in enumerate(pages, 1))


@print_style
def windows_file(text: str, chance: random.Random) -> str:
    return "\ufeff" + text.replace("\n", "\r\n")


@print_style
def double_line_breaks(text: str, chance: random.Random) -> str:
    return text.replace("\n", "\n\n")


@print_style
def ratings_in_other_letters(text: str, chance: random.Random) -> str:
    form = chance.choice(["{0}", "{1}", "**{2}**", "'{2}'", "{2}."])

    def changed(found: re.Match[str]) -> str:
        return found[1] + form.format(found[2].upper(), found[2].title(), found[2])

    return re.sub(rf"(?m)^(\W*)({RATING})(?=\W*$)", changed, text)


@print_style
def ratings_beside_headings(text: str, chance: random.Random) -> str:
    sign = chance.choice(["\t", "   ", " – ", ": ", " | "])
    return re.sub(rf"(?m)^(\d\.\d\.? [A-Z][A-Za-z ]+)\n\n({RATING})$", lambda m: f"{m[1]}{sign}{m[2]}", text)


@print_style
def ratings_after_a_word(text: str, chance: random.Random) -> str:
    word = chance.choice(["Rating: ", "Rated ", "Rating\t", "☆ ", "Rating – "])
    return re.sub(rf"(?m)^(?={RATING}$)", word, text)


@print_style
def ratings_in_sentences(text: str, chance: random.Random) -> str:
    form = chance.choice(
        ["This standard is rated as '{0}'.", "Our rating for this standard: {0}", "The rating is {0}."]
    )
    return re.sub(rf"(?m)^(\d\.\d\.? [A-Z][A-Za-z ]+\n\n)({RATING})$", lambda m: m[1] + form.format(m[2]), text)


@print_style
def summary_as_a_table(text: str, chance: random.Random) -> str:
    return re.sub(rf"(?m)^(\d\.\d)\.? ([A-Z][A-Za-z ]+)\n\n({RATING})$", r"\1\t\2\t\3", text)


@print_style
def score_in_words(text: str, chance: random.Random) -> str:
    form = chance.choice([r"Score \1/\2", r"Score: \1 out of \2", r"Overall score\t\1/\2"])
    return re.sub(r"Score \*\*(\d+)/(\d+)\*\*", form, text)
