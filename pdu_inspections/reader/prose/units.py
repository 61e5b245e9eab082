"""What a number counts: the noun that follows it, and the unit the noun stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

OTHER = "other_count"
SPANS_OF_TIME = frozenset({"days", "weeks", "months", "years", "hours"})

_UNITS = {
    "cases": "case order sentence licence assessment instance occasion file referral",
    "people": (
        "person people individual respondent response staff officer practitioner woman women man men female male "
        "user offender prisoner learner trainee pso po spo manager administrator victim participant child "
        "children judge magistrate sentencer mentor colleague employee member adult worker leader volunteer "
        "supervisor coordinator inspector probationer starter leaver recruit psychologist author graduate deputy"
    ),
    "posts": "vacancy post position role",
    "reports": "report psr",
    "interviews": "interview",
    "meetings": "meeting event forum workshop",
    "sites": (
        "office court prison building site centre hostel premises location establishment venue hub town city "
        "institution courthouse address station area county"
    ),
    "organisations": (
        "pdu crc region council authority ldu unit team partner provider force agency trust board borough "
        "district organisation division department charity contractor cluster company employer"
    ),
    "points": "point",
    "days": "day",
    "weeks": "week",
    "months": "month",
    "years": "year",
    "hours": "hour",
    "square_miles": "mile",
}
_NOUNS = {noun: unit for unit, nouns in _UNITS.items() for noun in nouns.split()}
_PLURALS = frozenset({"people", "staff", "women", "men", "children", "premises"})
_SINGULAR_IN_S = (
    "less this was its his has across process business illness progress focus access status basis analysis crisis "
    "various previous serious numerous is us plus perhaps thus always unless does nps hmpps oasys"
)
_NOT_PLURAL = frozenset(_SINGULAR_IN_S.split())
_FRAMEWORK_NOUNS = (
    "question standard domain prompt rating judgement criterion criteria theme aspect element section part way thing "
    "factor example step stage type kind category strand dimension principle set sample sub-sample heading reason "
    "purpose option bullet characteristic level time side hand word"
)
_FRAMEWORK = frozenset(_FRAMEWORK_NOUNS.split())
_STOP_WORDS = (
    "of in on at for with to from by as than but and or that which who whom whose where when while because so if yet "
    "then was were is are be been has had have did do does would could should may might will can said told felt "
    "thought reported stated agreed described completed the a an this these those their its our his her they we it "
    "she he there also not only just either per each made found saw needed received showed including across within "
    "between over under into through during since until after before about around against aged being having working "
    "involving involved inspected assessed reviewed examined interviewed surveyed convicted subject awaiting waiting "
    "managed supervised"
)
_STOPS = frozenset(_STOP_WORDS.split())
_WORD = re.compile(
    r"(?:[\s/]+|,\s+(?=(?:asian|black|mixed|white|minority)\b))(through\s+the\s+gate|risk\s+of\s+(?:serious\s+)?harm|[a-z][a-z-]*)(?:'s\b|')?"
)
_HYPHENED = re.compile(r"-([a-z]+)\b")
_FULL_TIME = re.compile(r"\s+\(?(?:fte|wte|full[\s-]time\s+equivalents?)\b\)?")
_MINUTES = frozenset({"minute", "second"})
_LONGEST_PHRASE = 7


@dataclass(frozen=True, slots=True)
class Counted:
    """What a number counts: the noun, the unit it stands for, and where its phrase ends."""

    noun: str
    unit: str
    end: int
    is_framework: bool = False


def counted(low: str, at: int, is_one: bool = False) -> Counted | None:
    """What the number that ends at `at` counts, by the words after it (text in lower case); None where nothing."""
    hyphened = _HYPHENED.match(low, at)
    if hyphened is not None:
        unit = _NOUNS.get(_singular(hyphened[1]), OTHER)
        return (
            Counted(_singular(hyphened[1]), unit, hyphened.end())
            if unit in SPANS_OF_TIME or unit == "square_miles"
            else None
        )
    full_time = _FULL_TIME.match(low, at)
    best = Counted("fte", "people_fte", full_time.end()) if full_time is not None else None
    at = full_time.end() if full_time is not None else at
    for _ in range(_LONGEST_PHRASE):
        found = _WORD.match(low, at)
        if found is None or (found[1] in _STOPS and (best is not None or found[1] not in ("and", "or"))):
            break
        at = found.end()
        word = found[1]
        noun = _singular(word)
        is_plural = noun != word or word in _PLURALS or (best is None and _NOUNS.get(noun) in SPANS_OF_TIME)
        unit = _NOUNS.get(noun, OTHER)
        if unit == OTHER and (is_one or not is_plural):
            if (best is not None and best.unit not in (OTHER, "people_fte")) or noun in _MINUTES:
                break
        elif is_plural or is_one:
            unit = "people_fte" if full_time is not None and unit == "people" else unit
            best = Counted(
                noun,
                unit,
                found.end(1),
                noun in _FRAMEWORK or (noun == "area" and low[at : at + 4] in (" of ", " for")),
            )
    return best


def unit_of_noun(noun: str) -> str:
    """Unit of a noun in the singular, or an empty string."""
    return _NOUNS.get(noun, "")


def _singular(word: str) -> str:
    """A noun's singular; a word that only looks plural stays as it is."""
    if word in _NOT_PLURAL or word in _PLURALS or not word.endswith("s") or word.endswith("ss") or len(word) < 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]
