"""Rows of tables as other reports print them."""

from __future__ import annotations

import random
import re

from tests.support.print_styles.registry import (
    change_rows,
    change_shares,
    print_style,
    split_contents,
)


@print_style
def spaced_tabs(text: str, chance: random.Random) -> str:
    return text.replace("\t", chance.choice([" \t", "\t ", " \t "]))


@print_style
def spaces_for_tabs(text: str, chance: random.Random) -> str:
    gap = " " * chance.choice([2, 3, 5, 12])
    return change_rows(text, lambda label, value: f"{label}{gap}{value}")


@print_style
def one_space_for_tab(text: str, chance: random.Random) -> str:
    return change_rows(text, lambda label, value: f"{label} {value}")


@print_style
def dots_for_tabs(text: str, chance: random.Random) -> str:
    return change_rows(text, lambda label, value: f"{label} {'.' * chance.randint(5, 30)} {value}")


@print_style
def markdown_tables(text: str, chance: random.Random) -> str:
    """Tables as pandoc writes them, with a rule below the head."""
    head, body = split_contents(text)
    done, before = [], False
    for line in body.split("\n"):
        is_row = "\t" in line
        done.append(f"| {' | '.join(cell.strip() for cell in line.split(chr(9)))} |" if is_row else line)
        if is_row and not before:
            done.append("|" + "---|" * (line.count("\t") + 1))
        before = is_row
    return head + "\n".join(done)


@print_style
def html_tables(text: str, chance: random.Random) -> str:
    head, body = split_contents(text)
    done, inside = [], False
    for line in body.split("\n"):
        is_row = "\t" in line
        if is_row != inside:
            done.append("<table>" if is_row else "</table>")
            inside = is_row
        cells = "".join(f"<td>{cell.strip()}</td>" for cell in line.split("\t"))
        done.append(f"<tr>{cells}</tr>" if is_row else line)
    return head + "\n".join(done)


@print_style
def html_cells_on_lines(text: str, chance: random.Random) -> str:
    head, body = split_contents(text)
    done, inside = [], False
    for line in body.split("\n"):
        is_row = "\t" in line
        if is_row != inside:
            done.append("<table>" if is_row else "</table>")
            inside = is_row
        done += ["<tr>", *(f"  <td>{cell.strip()}</td>" for cell in line.split("\t")), "</tr>"] if is_row else [line]
    return head + "\n".join(done)


@print_style
def values_on_the_next_line(text: str, chance: random.Random) -> str:
    gap = chance.choice(["\n", "\n\n"])
    return change_rows(text, lambda label, value: f"{label}{gap}{value}")


@print_style
def blank_lines_between_rows(text: str, chance: random.Random) -> str:
    return change_rows(text, lambda label, value: f"{label}\t{value}\n")


@print_style
def shuffled_rows(text: str, chance: random.Random) -> str:
    head, body = split_contents(text)

    def shuffled(found: re.Match[str]) -> str:
        rows = found.group().splitlines(keepends=True)
        chance.shuffle(rows)
        return "".join(rows)

    return head + re.sub(r"(?m)(?:^[^\t\n]+\t[^\t\n]*\d[^\t\n]*\n){2,}", shuffled, body)


@print_style
def wrapped_labels(text: str, chance: random.Random) -> str:
    where = chance.choice(["first", "last", "middle"])
    width = chance.choice([40, 55, 70])

    def wrapped(label: str, value: str) -> str:
        lines = re.sub(rf"(.{{1,{width}}}) ", r"\1\n", label).split("\n") if len(label) > width else [label]
        at = {"first": 0, "last": len(lines) - 1, "middle": len(lines) // 2}[where]
        lines[at] += f"\t{value}"
        return "\n".join(lines)

    return change_rows(text, wrapped)


@print_style
def a_column_of_counts_before(text: str, chance: random.Random) -> str:
    return change_shares(text, lambda label, value: f"{label}\t{chance.randint(1, 99)}\t{value}")


@print_style
def a_column_of_counts_after(text: str, chance: random.Random) -> str:
    return change_shares(text, lambda label, value: f"{label}\t{value}\t{chance.randint(1, 99)}")


@print_style
def a_second_column_of_shares(text: str, chance: random.Random) -> str:
    """The region's share beside the body's own."""
    return change_shares(text, lambda label, value: f"{label}\t{value}\t{chance.randint(1, 99)}%")


@print_style
def bullets_before_labels(text: str, chance: random.Random) -> str:
    sign = chance.choice(["• ", "- ", "a) ", "▪ "])
    return change_rows(text, lambda label, value: f"{sign}{label}\t{value}")


@print_style
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


@print_style
def captions(text: str, chance: random.Random) -> str:
    head, body = split_contents(text)
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


@print_style
def other_column_heads(text: str, chance: random.Random) -> str:
    new = chance.choice(["% yes", "Percentage of cases 'Yes'", "% 'Yes'", "Percentage rated sufficient", "Yes (%)"])
    return text.replace("Percentage 'Yes'", new).replace("Rating/% yes", new)


@print_style
def no_column_heads(text: str, chance: random.Random) -> str:
    return re.sub(r"(?m)^.*\t(?:Percentage 'Yes'|Rating/% yes)\n", "", text)
