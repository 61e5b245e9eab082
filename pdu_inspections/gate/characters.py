"""What is wrong with a value whatever its column means: characters nobody can see, spaces, formulas, sheer length."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

MAX_CHARACTERS = 2_000

_WRITABLE = r"[[\p{L}\p{M}\p{N}\p{P}\p{S}\ ]--[\p{Default_Ignorable_Code_Point}\p{Block=Specials}]]"
_SCRIPTS = r"[\p{Script=Latin}\p{Script=Greek}\p{Script=Common}\p{Script=Inherited}]"
_UNSEEN = regex.compile(rf"(?V1)[^{_WRITABLE}]|^\p{{M}}|\p{{M}}(?=\p{{M}})")
_FOREIGN = regex.compile(rf"(?V1)[^{_SCRIPTS}]")
_NUMBER_LIKE = re.compile(r"[-+]?[0-9][0-9.,]*%?")
_FORMULA_STARTS = (
    "=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)


@dataclass(frozen=True)
class ValueFault:
    """Something wrong with a value; found is what a person is shown of it."""

    message: str
    found: str
    expected: str
    action: str


def find_faults(value: str, is_free_text: bool) -> Iterator[ValueFault]:
    """Everything wrong with a value. Only free text can hold a formula: other columns have a form of their own."""
    if not value:
        yield ValueFault("empty text", value, "no value at all where there is none", "write NULL")
        return
    if len(value) > MAX_CHARACTERS:
        yield ValueFault(
            f"value of {len(value):,} characters", value, f"at most {MAX_CHARACTERS:,} characters", "shorten it"
        )
        return
    if value != value.strip():
        yield ValueFault("space before or after the value", value, repr(value.strip()), "remove the space")
    yield from _character_faults(value)
    if is_free_text and value[0] in _FORMULA_STARTS and not _NUMBER_LIKE.fullmatch(value):
        yield ValueFault(
            "text that a spreadsheet would run as a formula",
            value,
            "text that does not begin with = + - @",
            "rephrase the text",
        )


def _character_faults(value: str) -> Iterator[ValueFault]:
    if unseen := _UNSEEN.search(value):
        yield ValueFault(
            f"invisible or malformed character {_named(unseen.group())}",
            value.encode("unicode_escape").decode(),
            "letters, digits, signs and plain spaces",
            "remove or replace it",
        )
    elif foreign := _FOREIGN.search(value):
        yield ValueFault(
            f"character of a foreign script {_named(foreign.group())}",
            value.encode("unicode_escape").decode(),
            "Latin letters: others can look like them",
            "type the value again",
        )
    elif not unicodedata.is_normalized("NFC", value):
        yield ValueFault(
            "letters and accents in separate characters",
            value.encode("unicode_escape").decode(),
            f"the composed form {unicodedata.normalize('NFC', value)!r}",
            "type the value again",
        )


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, 'without a name')}"
