"""How much of what is printed comes out: right, lost, or wrong, with and without a warning."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pdu_inspections.reader.reading import Reading
from tests.campaigns.reader.truth import TABLES, Key, figure_key, plain_value


@dataclass
class Score:
    """Figures of one or several readings."""

    figures: int = 0
    right: int = 0
    lost: list[Key] = field(default_factory=list)
    lost_in_silence: list[Key] = field(default_factory=list)
    wrong: list[tuple[Key, str, str]] = field(default_factory=list)
    wrong_in_silence: list[tuple[Key, str, str]] = field(default_factory=list)
    refused: int = 0
    misfiled: int = 0
    """Reports read under another framework than their own."""

    def __iadd__(self, other: Score) -> Score:
        self.figures += other.figures
        self.right += other.right
        self.lost += other.lost
        self.lost_in_silence += other.lost_in_silence
        self.wrong += other.wrong
        self.wrong_in_silence += other.wrong_in_silence
        self.refused += other.refused
        self.misfiled += other.misfiled
        return self


def score(reading: Reading, figures: Mapping[Key, str]) -> Score:
    """Compares a reading with what is printed."""
    own = reading.rows["inspections"][0]["inspection_id"]
    found: dict[Key, tuple[str, int]] = {}
    for table in TABLES:
        for row in reading.rows.get(table, []):
            found[figure_key(table, row, own)] = plain_value(table, row), int(row["line_number"])
    noticed_lines = {notice.line for notice in reading.notices}
    messages = " ".join(notice.message for notice in reading.notices)
    warnings = len(reading.proposals) + sum(unplaced.has_figure for unplaced in reading.unplaced_lines)
    result = Score(len(figures))
    for key, value in figures.items():
        if key not in found:
            result.lost.append(key)
            is_noticed = any(part in messages for part in key[2:] if "." in part) or _standard(key) in messages
            if not is_noticed:
                if warnings:
                    warnings -= 1
                else:
                    result.lost_in_silence.append(key)
        elif found[key][0] != value:
            wrong = key, value, found[key][0]
            result.wrong.append(wrong)
            if found[key][1] not in noticed_lines and not any(part in messages for part in key[2:] if "." in part):
                result.wrong_in_silence.append(wrong)
        else:
            result.right += 1
    for key in found.keys() - figures.keys():
        invented = key, "", found[key][0]
        result.wrong.append(invented)
        if found[key][1] not in noticed_lines:
            result.wrong_in_silence.append(invented)
    return result


def _standard(key: Key) -> str:
    code = key[3] if key[0] == "ratings" else ""
    return f"{code.rpartition('2021.')[2].rpartition('2018.')[2]} " if code != "overall" and code else "overall rating"
