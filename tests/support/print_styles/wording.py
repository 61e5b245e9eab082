"""Labels, questions and names as other reports word them."""

from __future__ import annotations

import random
import re

from tests.support.print_styles.registry import (
    FIGURE,
    ROW,
    bare_value,
    change_lines,
    change_rows,
    print_style,
    split_contents,
)

_LONGEST_QUESTION = 300


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


@print_style
def other_measure_labels(text: str, chance: random.Random) -> str:
    head, body = split_contents(text)
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


@print_style
def other_question_wordings(text: str, chance: random.Random) -> str:
    for old, new in _QUESTIONS:
        if chance.random() < 0.4:
            text = change_lines(text, lambda line, old=old, new=new: _reworded(line, old, new))
    return text


def _reworded(line: str, old: str, new: str) -> str:
    return line.replace(old, new) if "?" in line and len(line) < _LONGEST_QUESTION else line


@print_style
def questions_without_marks(text: str, chance: random.Random) -> str:
    return change_rows(text, lambda label, value: f"{label.replace('?', '')}\t{value}")


@print_style
def other_spelling_of_names(text: str, chance: random.Random) -> str:
    text = text.replace(" PDU\n", " Probation Delivery Unit\n")
    return text.replace("PDU is rated", "Probation Delivery Unit is rated")


@print_style
def addressees_otherwise(text: str, chance: random.Random) -> str:
    form = chance.choice([r"\1 should ensure that:", r"### \1 should", r"**\1** should:"])
    text = re.sub(r"(?m)^(.*PDU) should:$", form, text)
    return re.sub(r"(?m)^(\d)\. ", chance.choice([r"\1) ", r"\1. ", r"\1.\t"]), text)


@print_style
def a_lost_section(text: str, chance: random.Random) -> str:
    """The annexe on progress, or the list of recommendations, is not there."""
    title = chance.choice(["Annexe one", "Recommendations"])
    head, body = split_contents(text)
    found = re.search(rf"(?m)^{title}.*\n(?:.*\n)*?(?=^(?:Annexe two|Background))", body)
    return head + (body.replace(found.group(), "", 1) if found else body)


@print_style
def values_on_the_line_before(text: str, chance: random.Random) -> str:
    return change_rows(text, lambda label, value: f"{value}\n{label}")


@print_style
def labels_then_values(text: str, chance: random.Random) -> str:
    """Tables column by column: all labels, then all values."""
    head, body = split_contents(text)
    done: list[str] = []
    values: list[str] = []
    for line in [*body.split("\n"), ""]:
        row = ROW.match(line)
        if row and FIGURE.match(bare_value(row["value"])):
            done.append(row["label"])
            values.append(row["value"])
        else:
            done += [*values, line]
            values = []
    return head + "\n".join(done)


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


def other_names(text: str) -> str:
    """The text with other places in it."""
    for old, new in _NAMES.items():
        text = text.replace(old, new)
    return text
