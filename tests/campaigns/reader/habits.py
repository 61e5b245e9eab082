"""How other reports print the same: names, marks, spaces, headings, labels, tables, lists of contents."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Habit = Callable[[str, random.Random], str]

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ROW = re.compile(r"^(?P<label>[^\t]*[^\t\s][^\t]*)\t(?P<value>[^\t]+)$")
_FIGURE = re.compile(r"(?:\d[\d,.]*\s?(?:%|per cent)?|not \w+|n/a|data not provided)$", re.I)
_RATING = r"(?:Outstanding|Good|Requires improvement|Inadequate)"
_LONGEST_QUESTION = 300
_NAMES = {
    "Leicester, Leicestershire and Rutland": "Hull, Holderness and Selby",
    "Staffordshire and Stoke": "Dunford and the Vale",
    "Warwickshire and West Mercia": "Northmoor and East Fenland",
    "WARWICKSHIRE": "NORTHMOOR",
    "Warwickshire": "Northmoor",
    "Staffordshire": "Dunford",
    "West Mercia": "East Fenland",
    "West Midlands": "Lake Counties",
    "East Midlands": "Border Counties",
    "Leicestershire": "Holderness",
    "Leicester": "Hull",
}
HABITS: dict[str, Habit] = {}
UNCLEAR = ("html_cells_on_lines", "values_on_the_line_before", "labels_then_values", "a_second_column_of_shares")
"""Habits that leave it open which label or column a figure belongs to: such figures are to be told, not read."""


def habit(change: Habit) -> Habit:
    """Puts a change among the habits."""
    HABITS[change.__name__] = change
    return change


def _lines(text: str, change: Callable[[str], str]) -> str:
    return "\n".join(map(change, text.split("\n")))


def _rows(text: str, change: Callable[[str, str], str]) -> str:
    """Rows with a label and a figure, changed; the contents list is left alone."""
    head, body = _parted(text)

    def changed(line: str) -> str:
        row = _ROW.match(line)
        return change(row["label"], row["value"]) if row and _FIGURE.match(_bare(row["value"])) else line

    return head + _lines(body, changed)


def _shares(text: str, change: Callable[[str, str], str]) -> str:
    """Rows with a percentage, changed."""
    return _rows(text, lambda label, value: change(label, value) if "%" in value else f"{label}\t{value}")


def _bare(value: str) -> str:
    return re.sub(r"<[^>]*>|[*]", "", value).strip()


def _parted(text: str) -> tuple[str, str]:
    """A text up to the end of its contents list, and the rest."""
    at = text.find("Acknowledgements")
    if at < 0:
        at = text.find("\nGLOSSARY\n") + 1 or -1
    if at < 0:
        at = text.find("## Foreword")
    return text[:at], text[at:]


def other_names(text: str) -> str:
    """The text with other places in it."""
    for old, new in _NAMES.items():
        text = text.replace(old, new)
    return text


# ---------------------------------------------------------------------- signs


@habit
def curly_quotes(text: str, chance: random.Random) -> str:
    return re.sub(r"'(\w[^'\n]{0,60}\w)'", r"‘\1’", text).replace("'", "’")


@habit
def other_dashes(text: str, chance: random.Random) -> str:
    return text.replace(" – ", chance.choice([" - ", " — ", ": "])).replace("-", "‑")


@habit
def hard_spaces(text: str, chance: random.Random) -> str:
    return re.sub(r"(?<=[a-z]) (?=of|the|in\b|\()", "\u00a0", text)


@habit
def per_cent_in_words(text: str, chance: random.Random) -> str:
    form = chance.choice([r"\1 per cent", r"\1 %", r"\1 percent", "\\1\u00a0%"])
    return _rows(text, lambda label, value: f"{label}\t{re.sub(r'^([0-9.]+)%', form, value)}")


@habit
def no_per_cent_sign(text: str, chance: random.Random) -> str:
    return _rows(text, lambda label, value: f"{label}\t{value.replace('%', '')}")


@habit
def bold_values(text: str, chance: random.Random) -> str:
    left, right = chance.choice([("**", "**"), ("<b>", "</b>"), ("<strong>", "</strong>"), ("__", "__")])
    return _rows(text, lambda label, value: f"{label}\t{left}{value}{right}")


@habit
def marks_on_figures(text: str, chance: random.Random) -> str:
    def marked(label: str, value: str) -> str:
        number = str(chance.randint(1, 40))
        mark = chance.choice([number.translate(_SUPERSCRIPTS), f"<sup>{number}</sup>", f"[{number}]", f"^{number}^"])
        return f"{label}\t{value}{mark if chance.random() < 0.3 else ''}"

    return _rows(text, marked)


@habit
def marks_on_labels(text: str, chance: random.Random) -> str:
    def marked(label: str, value: str) -> str:
        number = str(chance.randint(1, 40))
        raised = number.translate(_SUPERSCRIPTS)
        mark = chance.choice([raised, f"<sup>{number}</sup>", f"[{number}]", f" {raised}"])
        return f"{label}{mark if chance.random() < 0.3 else ''}\t{value}"

    return _rows(text, marked)


@habit
def sunken_marks(text: str, chance: random.Random) -> str:
    """Footnote marks that lost their raised type."""

    def marked(label: str, value: str) -> str:
        if chance.random() < 0.3 and label.rstrip()[-1:] in "?)":
            label += str(chance.randint(1, 40))
        if chance.random() < 0.3 and value.endswith("%"):
            value += str(chance.randint(1, 40))
        return f"{label}\t{value}"

    return _rows(text, marked)


@habit
def html_marks(text: str, chance: random.Random) -> str:
    def tagged(found: re.Match[str]) -> str:
        return f"<sup>{''.join(str('⁰¹²³⁴⁵⁶⁷⁸⁹'.index(sign)) for sign in found.group())}</sup>"

    return re.sub("[⁰¹²³⁴⁵⁶⁷⁸⁹]+", tagged, text)


# ---------------------------------------------------------------------- rows


@habit
def spaced_tabs(text: str, chance: random.Random) -> str:
    return text.replace("\t", chance.choice([" \t", "\t ", " \t "]))


@habit
def spaces_for_tabs(text: str, chance: random.Random) -> str:
    gap = " " * chance.choice([2, 3, 5, 12])
    return _rows(text, lambda label, value: f"{label}{gap}{value}")


@habit
def one_space_for_tab(text: str, chance: random.Random) -> str:
    return _rows(text, lambda label, value: f"{label} {value}")


@habit
def dots_for_tabs(text: str, chance: random.Random) -> str:
    return _rows(text, lambda label, value: f"{label} {'.' * chance.randint(5, 30)} {value}")


@habit
def markdown_tables(text: str, chance: random.Random) -> str:
    """Tables as pandoc writes them, with a rule below the head."""
    head, body = _parted(text)
    done, before = [], False
    for line in body.split("\n"):
        is_row = "\t" in line
        done.append(f"| {' | '.join(cell.strip() for cell in line.split(chr(9)))} |" if is_row else line)
        if is_row and not before:
            done.append("|" + "---|" * (line.count("\t") + 1))
        before = is_row
    return head + "\n".join(done)


@habit
def html_tables(text: str, chance: random.Random) -> str:
    head, body = _parted(text)
    done, inside = [], False
    for line in body.split("\n"):
        is_row = "\t" in line
        if is_row != inside:
            done.append("<table>" if is_row else "</table>")
            inside = is_row
        cells = "".join(f"<td>{cell.strip()}</td>" for cell in line.split("\t"))
        done.append(f"<tr>{cells}</tr>" if is_row else line)
    return head + "\n".join(done)


@habit
def html_cells_on_lines(text: str, chance: random.Random) -> str:
    head, body = _parted(text)
    done, inside = [], False
    for line in body.split("\n"):
        is_row = "\t" in line
        if is_row != inside:
            done.append("<table>" if is_row else "</table>")
            inside = is_row
        done += ["<tr>", *(f"  <td>{cell.strip()}</td>" for cell in line.split("\t")), "</tr>"] if is_row else [line]
    return head + "\n".join(done)


@habit
def values_on_the_next_line(text: str, chance: random.Random) -> str:
    gap = chance.choice(["\n", "\n\n"])
    return _rows(text, lambda label, value: f"{label}{gap}{value}")


@habit
def blank_lines_between_rows(text: str, chance: random.Random) -> str:
    return _rows(text, lambda label, value: f"{label}\t{value}\n")


@habit
def shuffled_rows(text: str, chance: random.Random) -> str:
    head, body = _parted(text)

    def shuffled(found: re.Match[str]) -> str:
        rows = found.group().splitlines(keepends=True)
        chance.shuffle(rows)
        return "".join(rows)

    return head + re.sub(r"(?m)(?:^[^\t\n]+\t[^\t\n]*\d[^\t\n]*\n){2,}", shuffled, body)


@habit
def wrapped_labels(text: str, chance: random.Random) -> str:
    where = chance.choice(["first", "last", "middle"])
    width = chance.choice([40, 55, 70])

    def wrapped(label: str, value: str) -> str:
        lines = re.sub(rf"(.{{1,{width}}}) ", r"\1\n", label).split("\n") if len(label) > width else [label]
        at = {"first": 0, "last": len(lines) - 1, "middle": len(lines) // 2}[where]
        lines[at] += f"\t{value}"
        return "\n".join(lines)

    return _rows(text, wrapped)


@habit
def a_column_of_counts_before(text: str, chance: random.Random) -> str:
    return _shares(text, lambda label, value: f"{label}\t{chance.randint(1, 99)}\t{value}")


@habit
def a_column_of_counts_after(text: str, chance: random.Random) -> str:
    return _shares(text, lambda label, value: f"{label}\t{value}\t{chance.randint(1, 99)}")


@habit
def a_second_column_of_shares(text: str, chance: random.Random) -> str:
    """The region's share beside the body's own."""
    return _shares(text, lambda label, value: f"{label}\t{value}\t{chance.randint(1, 99)}%")


@habit
def bullets_before_labels(text: str, chance: random.Random) -> str:
    sign = chance.choice(["• ", "- ", "a) ", "▪ "])
    return _rows(text, lambda label, value: f"{sign}{label}\t{value}")


@habit
def numbered_questions(text: str, chance: random.Random) -> str:
    """Key questions with their number, 2.2.1, in every table under a standard's heading."""
    done, code, number = [], "", 0
    for line in text.split("\n"):
        heading = re.match(r"^\W*(\d\.\d)\.?\s", line)
        code, number = (heading[1], 0) if heading else (code, number)
        is_question = code and re.match(r"(?:Does|Is|Do|Are) .*\?\t\d", line)
        number += bool(is_question)
        done.append(f"{code}.{number}{chance.choice(['', '.'])} {line}" if is_question else line)
    return "\n".join(done)


@habit
def captions(text: str, chance: random.Random) -> str:
    head, body = _parted(text)
    done, before, number = [], False, 0
    for line in body.split("\n"):
        is_row = "\t" in line
        if is_row and not before:
            number += 1
            forms = (f"Table {number}: figures of this inspection", f"Figure {number}", f"**Table {number}**")
            done.append(chance.choice(forms))
        done.append(line)
        before = is_row
    return head + "\n".join(done)


@habit
def other_column_heads(text: str, chance: random.Random) -> str:
    new = chance.choice(["% yes", "Percentage of cases 'Yes'", "% 'Yes'", "Percentage rated sufficient", "Yes (%)"])
    return text.replace("Percentage 'Yes'", new).replace("Rating/% yes", new)


@habit
def no_column_heads(text: str, chance: random.Random) -> str:
    return re.sub(r"(?m)^.*\t(?:Percentage 'Yes'|Rating/% yes)\n", "", text)


# ---------------------------------------------------------------------- headings


@habit
def headings_in_capitals(text: str, chance: random.Random) -> str:
    return re.sub(r"(?m)^(\d\.\d\.? )([A-Z][a-z ]+)$", lambda m: m[1] + m[2].upper(), text)


@habit
def other_numbering(text: str, chance: random.Random) -> str:
    form = chance.choice([r"\1 ", r"\1. ", r"\1: ", r"\1 – ", r"\1\t", "\\1.\u2003", "Standard \\1 "])
    head, body = _parted(text)
    return head + re.sub(r"(?m)^(\d\.\d)\.? (?=[A-Z][A-Za-z ]+$)", form, body)


@habit
def marked_up_headings(text: str, chance: random.Random) -> str:
    form = chance.choice([r"### \g<0>", r"**\g<0>**", r"<h3>\g<0></h3>", r"## **\g<0>**", r"<b>\g<0></b>"])
    head, body = _parted(text)
    return head + re.sub(r"(?m)^\d\.\d\.? [A-Z][A-Za-z ]+$", form, body)


@habit
def annexes_by_other_names(text: str, chance: random.Random) -> str:
    form = chance.choice(["Annex 0: ", "Annexe 0 – ", "Annex 0. ", "Appendix 0: ", "ANNEXE 0 - "])
    words = {"one": "1", "two": "2", "three": "3", "four": "4"}
    return re.sub(r"(?m)^(.{0,5})Annexe (one|two|three|four) – ", lambda m: m[1] + form.replace("0", words[m[2]]), text)


@habit
def contents_with_dots(text: str, chance: random.Random) -> str:
    head, body = _parted(text)
    return re.sub(r"(?m)^(.*\S)\t(\d+)$", lambda m: f"{m[1]} {'.' * chance.randint(3, 40)} {m[2]}", head) + body


@habit
def contents_as_a_markdown_table(text: str, chance: random.Random) -> str:
    head, body = _parted(text)
    return re.sub(r"(?m)^(.*\S)\t(\d+)$", r"| \1 | \2 |", head) + body


@habit
def contents_as_links(text: str, chance: random.Random) -> str:
    head, body = _parted(text)
    return re.sub(r"(?m)^(.*\S)\t(\d+)$", r"[\1](#page\2) \2", head) + body


@habit
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

    head, body = _parted(text)
    return re.sub(r"(?m)^(\d\. .*\S)\t(\d+)$", deeper, head) + body


@habit
def no_contents(text: str, chance: random.Random) -> str:
    head, body = _parted(text)
    at = head.lower().rfind("contents")
    return head[: head.rfind("\n", 0, at)] + "\n\n" + body


@habit
def running_heads(text: str, chance: random.Random) -> str:
    lines = text.split("\n")
    form = chance.choice(
        ["Inspection of probation services: Northmoor {0}", "{0}", "HM Inspectorate of Probation | {0}", "Page {0}"]
    )
    pages = ["\n".join(lines[at : at + 40]) for at in range(0, len(lines), 40)]
    return "".join(f"{page}\n{form.format(number)}\n" for number, page in enumerate(pages, 1))


@habit
def windows_file(text: str, chance: random.Random) -> str:
    return "\ufeff" + text.replace("\n", "\r\n")


@habit
def double_line_breaks(text: str, chance: random.Random) -> str:
    return text.replace("\n", "\n\n")


# ---------------------------------------------------------------------- ratings


@habit
def ratings_in_other_letters(text: str, chance: random.Random) -> str:
    form = chance.choice(["{0}", "{1}", "**{2}**", "'{2}'", "{2}."])

    def changed(found: re.Match[str]) -> str:
        return found[1] + form.format(found[2].upper(), found[2].title(), found[2])

    return re.sub(rf"(?m)^(\W*)({_RATING})(?=\W*$)", changed, text)


@habit
def ratings_beside_headings(text: str, chance: random.Random) -> str:
    sign = chance.choice(["\t", "   ", " – ", ": ", " | "])
    return re.sub(rf"(?m)^(\d\.\d\.? [A-Z][A-Za-z ]+)\n\n({_RATING})$", lambda m: f"{m[1]}{sign}{m[2]}", text)


@habit
def ratings_after_a_word(text: str, chance: random.Random) -> str:
    word = chance.choice(["Rating: ", "Rated ", "Rating\t", "☆ ", "Rating – "])
    return re.sub(rf"(?m)^(?={_RATING}$)", word, text)


@habit
def ratings_in_sentences(text: str, chance: random.Random) -> str:
    form = chance.choice(
        ["This standard is rated as '{0}'.", "Our rating for this standard: {0}", "The rating is {0}."]
    )
    return re.sub(rf"(?m)^(\d\.\d\.? [A-Z][A-Za-z ]+\n\n)({_RATING})$", lambda m: m[1] + form.format(m[2]), text)


@habit
def summary_as_a_table(text: str, chance: random.Random) -> str:
    return re.sub(rf"(?m)^(\d\.\d)\.? ([A-Z][A-Za-z ]+)\n\n({_RATING})$", r"\1\t\2\t\3", text)


@habit
def score_in_words(text: str, chance: random.Random) -> str:
    form = chance.choice([r"Score \1/\2", r"Score: \1 out of \2", r"Overall score\t\1/\2"])
    return re.sub(r"Score \*\*(\d+)/(\d+)\*\*", form, text)


# ---------------------------------------------------------------------- words

_LABELS = (
    ("Proportion of", "Percentage of"),
    ("full-time equivalent", "FTE"),
    ("describing workload as unmanageable", "who described their workload as unmanageable"),
    ("Workload management tool (WMT)", "Workload measurement tool (WMT)"),
    ("black, Asian or minority ethnic", "from an ethnic minority background"),
    ("who are female", "who are women"),
    ("with a disability", "with a disability or long-term health condition"),
    (" (total number of unfilled posts as a percentage of total staff headcount)", ""),
    (
        "Sickness absence rate (average days lost in previous 12 months for all staff)",
        "Sickness absence (average working days lost in the last 12 months, all staff)",
    ),
    ("Staff attrition", "Attrition rate"),
    ("Total number of", "Number of"),
    ("Average caseload per", "Average number of cases per"),
    ("individuals convicted of", "people convicted of"),
    ("grade only", "grade"),
    ("probation services officers", "probation service officers"),
    ("identified drug misuse problems", "identified issues with drug misuse"),
)


@habit
def other_measure_labels(text: str, chance: random.Random) -> str:
    head, body = _parted(text)
    for old, new in _LABELS:
        if chance.random() < 0.4:
            body = "\n".join(line.replace(old, new) if "\t" in line else line for line in body.split("\n"))
    return head + body


_QUESTIONS = (
    ("the person on probation", "people on probation"),
    ("keeping other people safe", "keeping others safe"),
    ("focus sufficiently on", "sufficiently focus on"),
    ("the service user", "the individual"),
    ("sufficiently analytical and personalised", "sufficiently analytical, accurate and personalised"),
    ("factors linked to offending and desistance", "factors related to offending and desistance"),
    (
        "Does the implementation and delivery of services effectively support",
        "Do the services delivered effectively support",
    ),
    ("sentence or post-custody period implemented effectively", "sentence or licence implemented effectively"),
    ("Is there sufficient", "Was there sufficient"),
    ("wherever possible", "where possible"),
    ("actual and potential victims", "victims and potential victims"),
)


@habit
def other_question_wordings(text: str, chance: random.Random) -> str:
    for old, new in _QUESTIONS:
        if chance.random() < 0.4:
            text = _lines(text, lambda line, old=old, new=new: _reworded(line, old, new))
    return text


def _reworded(line: str, old: str, new: str) -> str:
    return line.replace(old, new) if "?" in line and len(line) < _LONGEST_QUESTION else line


@habit
def questions_without_marks(text: str, chance: random.Random) -> str:
    return _rows(text, lambda label, value: f"{label.replace('?', '')}\t{value}")


@habit
def other_spelling_of_names(text: str, chance: random.Random) -> str:
    text = text.replace(" PDU\n", " Probation Delivery Unit\n")
    return text.replace("PDU is rated", "Probation Delivery Unit is rated")


@habit
def addressees_otherwise(text: str, chance: random.Random) -> str:
    form = chance.choice([r"\1 should ensure that:", r"### \1 should", r"**\1** should:"])
    text = re.sub(r"(?m)^(.*PDU) should:$", form, text)
    return re.sub(r"(?m)^(\d)\. ", chance.choice([r"\1) ", r"\1. ", r"\1.\t"]), text)


@habit
def a_lost_section(text: str, chance: random.Random) -> str:
    """The annexe on progress, or the list of recommendations, is not there."""
    title = chance.choice(["Annexe one", "Recommendations"])
    head, body = _parted(text)
    found = re.search(rf"(?m)^{title}.*\n(?:.*\n)*?(?=^(?:Annexe two|Background))", body)
    return head + (body.replace(found.group(), "", 1) if found else body)


@habit
def values_on_the_line_before(text: str, chance: random.Random) -> str:
    return _rows(text, lambda label, value: f"{value}\n{label}")


@habit
def labels_then_values(text: str, chance: random.Random) -> str:
    """Tables column by column: all labels, then all values."""
    head, body = _parted(text)
    done: list[str] = []
    values: list[str] = []
    for line in [*body.split("\n"), ""]:
        row = _ROW.match(line)
        if row and _FIGURE.match(_bare(row["value"])):
            done.append(row["label"])
            values.append(row["value"])
        else:
            done += [*values, line]
            values = []
    return head + "\n".join(done)
