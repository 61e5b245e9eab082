"""Where a figure stands: the words around it, its sentence and paragraph, the headings above it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Cue:
    """An id of a vocabulary and the wording that tells it."""

    identifier: str
    pattern: re.Pattern[str]


Cues = tuple[Cue, ...]
"""The first whose wording is found counts."""


def cue(identifier: str, pattern: str) -> Cue:
    """A wording that tells an id."""
    return Cue(identifier, re.compile(pattern))


def first(known: Cues, text: str) -> str:
    """Id of the first wording found anywhere in a text, or an empty string."""
    return next((one.identifier for one in known if one.pattern.search(text)), "")


def first_at_start(known: Cues, text: str) -> str:
    """Id of the first wording a text begins with, or an empty string."""
    return next((one.identifier for one in known if one.pattern.match(text)), "")


@dataclass
class Surroundings:
    """Where the figures of a sentence stand, all in lower case: paragraph, sentence, headings, section.

    population, measure, grade: of the last figure of the paragraph, for those that name none. asked: of the last survey
    or interview under the heading. sizes: how many cases, reports and people the inspection looked at, by population.
    """

    paragraph: str
    sentence: str
    heading: str
    chapter: str
    section: str
    population: str = ""
    measure: str = ""
    grade: str = ""
    asked: str = ""
    sizes: Mapping[str, int] = field(default_factory=dict)

    def first(self, known: Cues) -> str:
        """Id of the first wording found in the sentence."""
        return first(known, self.sentence)


@dataclass(frozen=True, slots=True)
class WordsAround:
    """The words around a figure, all in lower case: before it and after it in its sentence, and as far as the figures
    beside it."""

    before: str
    after: str
    near_before: str
    printed: str
    near_after: str

    @property
    def near(self) -> str:
        """The figure and the words between it and the figures beside it."""
        return f"{self.near_before}{self.printed}{self.near_after}"
