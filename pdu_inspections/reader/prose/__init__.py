"""Figures in running text: candidate rows of reported_figures for a person to accept.

`find_figures` reads a report whose tables have been read; `candidate_rows` gives the candidates as rows; `figure_lines`
lists the lines of prose that hold a number which nothing accounts for.
"""

from pdu_inspections.reader.prose.proposals import candidate_rows
from pdu_inspections.reader.prose.reading import find_figures, read_prose
from pdu_inspections.reader.prose.results import (
    TABLE,
    Candidate,
    ProseReading,
    UnusedNumber,
    figure_lines,
    filter_new_candidates,
)

__all__ = [
    "TABLE",
    "Candidate",
    "ProseReading",
    "UnusedNumber",
    "candidate_rows",
    "figure_lines",
    "filter_new_candidates",
    "find_figures",
    "read_prose",
]
