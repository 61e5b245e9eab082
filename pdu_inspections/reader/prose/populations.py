"""Whom a figure is about: inspected cases, answers to a survey, staff, the caseload, the region …"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pdu_inspections.reader.prose.context import Cues, Surroundings, WordsAround, cue, first, first_at_start
from pdu_inspections.reader.prose.sentence import ProseFigure

ASKED = frozenset({"staff_survey", "practitioner_interviews", "user_survey", "user_interviews"})
"""Populations that gave answers."""

BY_MEASURE = "its measure"
BY_ACTIVITY = "what the inspectors say they did"
BY_NEXT_WORDS = "the words right after it"
BY_SENTENCE = "its sentence"
BY_NEIGHBOUR = "the figure before it"
BY_SECTION = "its section"
BY_COMPARISON = "a comparison"
BY_STANDARDS = "a count of standards"

_OFFICER = (
    r"(?:practitioners?|responsible\s+officers?|probation\s+officers?|probation\s+services?\s+officers?|case\s+managers?"
    r"|offender\s+managers?)"
)
_LOOKED = r"(?:inspected|reviewed|assessed|examined|looked\s+at|analysed|sampled|scrutinised)"
_SAID = (
    r"(?:said|say|told|reported|felt|feel|advised|stated|believed?|thought|thinks?|described|indicated?|agreed?"
    r"|considered|responded)"
)
_OF = r"(?:\s?%|\s+per\s+cent|\s+out)?\s+(?:of\s+)?(?:the\s+|all\s+|these\s+|those\s+|our\s+|\d+\s+)*"
_NOT_ASKED = rf"(?!\s+(?:we\s+|who\s+|in\s+our\s+)?(?:interviewed|surveyed|survey|{_SAID}))"

_ASKED_AFTER: Cues = (
    cue("user_survey", rf"{_OF}(?:people\s+(?:on\s+probation\s+)?)?(?:we\s+)?surveyed\b"),
    cue(
        "practitioner_interviews",
        rf"{_OF}(?:(?:{_OFFICER}|staff|those)\s+)(?:we\s+|who\s+were\s+)?(?:interviewed|spoke)",
    ),
    cue("practitioner_interviews", rf"{_OF}(?:all\s+)?{_OFFICER}\s+(?:that\s+)?{_SAID}\b"),
)
_OF_WHAT: Cues = (
    cue("workforce", rf"{_OF}(?:[a-z'-]+\s+){{0,2}}(?:staff|workforce|employees|psos|pos|spos|posts)\b{_NOT_ASKED}"),
    cue(
        "caseload",
        rf"{_OF}(?:overall\s+|total\s+|its\s+|[a-z]+'s\s+)*(?:caseload|people\s+on\s+probation|service\s+users)\b{_NOT_ASKED}",
    ),
    cue("caseload", rf"{_OF}cases\s+(?:are|were|is)\s+(?:held|managed|based)\b"),
    cue("court_reports", rf"{_OF}(?:inspected\s+|relevant\s+)?(?:court\s+|pre-sentence\s+)?reports\b"),
    cue(
        "inspected_cases",
        rf"{_OF}(?:relevant\s+|inspected\s+|community\s+|post-release\s+|custodial\s+|sentence\s+)*cases\b",
    ),
)
_INSPECTING = re.compile(
    r"\bwe\s+(?:also\s+|then\s+|only\s+|have\s+)?(?:inspected|examined|completed|conducted|interviewed|held|visited|met"
    r"|received|made|undertook|reviewed|observed|carried|consulted|spoke|surveyed|assessed)\b[^.;]*$"
    r"|\b(?:involved|detailed)\s+(?:scrutiny|examination)\s+of\b[^.;]*$|\bsample\s+(?:of\s+$|was\b)"
)
_COURTS = re.compile(r"no\s+(?:sentencers?|judges?|magistrates?)\s|one\s+(?:sentencer|judge|magistrate)\s")
_WERE_INSPECTED = re.compile(
    r"\s+(?:(?:[a-z-]+\s+){0,4}(?:were|was)|(?!of\b)(?:[a-z-]+\s+){0,8}cases\s+we)\s+(?:inspected|reviewed|examined)\b"
)
_OF_PROVIDER = re.compile(r"\s+of\s+the\s+[a-z]+'s\s")
_FEEDBACK = re.compile(r"\bfeedback\s+from\b|\bsurvey\s+(?:of|completed)\b|\bresponses\s+from\b")
_POLICY = re.compile(r"\bthreshold|\bpolicy\b")
_DESIGN: Cues = (
    cue("inspection_activity", r"confidence\s+(?:level|interval)|margin\s+of\s+error|cases\s+selected\s+were"),
)
_WE_INSPECTED = re.compile(r"\bwe\s+have\s+inspected\b|\bto\s+be\s+inspected\b")
_ANSWERS: Cues = (
    cue(
        "user_survey",
        r"\buser\s+voice|\bsurvey\s+of\s+(?:people\s+on\s+probation|service\s+users)|\bservice\s+user\s+survey"
        r"|\b(?:people|service\s+users|individuals)\s+(?:on\s+probation\s+)?(?:we\s+)?(?:surveyed|consulted)\b|\d\s+surveyed\b",
    ),
    cue(
        "practitioner_interviews",
        rf"\b{_OFFICER}\s+interviews?\b|\b(?:staff|those|{_OFFICER})\s+(?:that\s+|whom\s+)?(?:we\s+)?interviewed\b"
        rf"|\binterviewed\s+[\w-]+\s+(?:individual\s+|probation\s+)?{_OFFICER}"
        rf"|\binterviews\s+with\s+(?:[\w-]+\s+)?(?:probation\s+)?{_OFFICER}",
    ),
    cue(
        "staff_survey",
        r"\b(?:staff|practitioner|our|inspectorate|probation's)\b[^.,;]{0,40}\b(?:survey|questionnaire)s?\b"
        r"|\bsurvey\s+(?:respondents|responses)|\banswered\s+the\s+question"
        r"|\brespond(?:ed|ing)\s+to\s+(?:our|the)\s+(?:survey|questionnaire)",
    ),
)
_USERS_SAY = re.compile(rf"\b(?:people|individuals|those)\s+(?:on\s+probation|supervised)[^.;]{{0,40}}\b{_SAID}\b")
_USERS = re.compile(
    r"user\s+voice|feedback\s+from\s+people\s+on|people\s+on\s+probation\s+(?:we\s+)?(?:surveyed|consulted|interviewed)|survey\s+of\s+people"
    r"|(?:involvement|engagement|views|voice|experience)s?\s+of\s+people\s+on\s+probation"
)
_OF_USERS = {"practitioner_interviews": "user_interviews", "staff_survey": "user_survey"}
"""Who answered under a heading about people on probation."""
_RESPONDENT: Cues = (cue("respondent", r"\brespondents?\b|\bindividual\s+interviews\b|\binterviewed\b"),)
_OPINION = re.compile(rf"\b{_SAID}\b")
_SPEAKING_STAFF = re.compile(rf"\b{_OFFICER}")
_STAFF = re.compile(r"\bstaff\b|\btraining\b|\bmanagers?\b|\bworkload")
_INTERVIEWED = re.compile(r"\binterview")

_COMPARED = re.compile(
    r"\b(regional|national)(?:\s+(?:average|figure|rate|position|level)s?\b[^.;]{0,30}|(?:\s+(?:of|was|is|at))*)\s*\(?$"
)
_COMPARED_AFTER = re.compile(
    r"\W*(?:days\W+)?(?:(nationally)|regionally|(?:across|in|for)\s+the\s+(?:[a-z-]+\s+){0,4}region(?!\s*')\b)"
)
_REGION = re.compile(r"\bregions?\b[^.;,]{0,20}$|\bregional\s+caseload\b[^.;,]{0,20}$")
_OF_SENTENCE: Cues = (
    cue(
        "workforce",
        r"\bvacan|\bsickness\b|\battrition\b|\bstaff\s+turnover|\baverage\s+caseloads?\b"
        r"|\bworkload\s+(?:management|measurement)\b|\bshortfall\s+of\b|\bdeficit\s+of\b|\bdays\s+lost|\blong-term\s+sick",
    ),
    cue(
        "court_reports",
        r"\bcourt\s+reports\b|\bpre-sentence\s+reports\b|\bshort-format\b|\breports\s+(?:we\s+)?inspected|\binspected\s+reports",
    ),
    cue("england_and_wales", r"\bnational(?:ly)?\s+(?:average|figure|rate)|\b(?:across|for)\s+england\s+and\s+wales\b"),
)
_SHARE_OF_SENTENCE: Cues = (
    cue(
        "practitioner_interviews",
        rf"\b{_OFFICER}\b[^.;]{{0,60}}\b{_SAID}\b|\b(?:said|told\s+us|advised|reported)\s+that\b",
    ),
    cue("caseload", r"\bcaseload\b|\bpeople\s+on\s+probation\s+(?:are|were|was|is)\b"),
    cue("inspected_cases", rf"\bcases?\b|\bplans\b|\breviews\b|\bassessments\b|\bsample\b|\b{_LOOKED}\b"),
    cue("workforce", r"\bstaff(?:ing)?\b|\bworkforce\b|\bweek\s+in\s+the\s+office"),
    cue("local_population", r"\blocal\s+population|\bresidents\b|\bpopulation\b"),
)
_OFFICERS_OF_REGION = re.compile(r"\bregion(?:al)?\b[^.;]*\bofficers\b|\bofficers\b[^.;]*\bregion(?:al)?\b")
_CASE_CHAPTER = re.compile(
    r"case\s+supervision|assessment|planning|implementation|reviewing|outcomes|interventions|risk\s+of\s+harm|findings|foreword"
)
_COUNTED: Cues = (
    cue("region", r"\W*pdus?\b.*\bregion\b|\W*(?:regional|regions)\b"),
    cue("court_reports", r"\W*(?:[a-z'-]+\s+){0,2}reports?\b"),
    cue("caseload", r"\W*(?:women|people|individuals)\s+on\s+probation\s+in\b|\W*custody\s+cases\b"),
    cue(
        "inspected_cases",
        rf"\W*(?:[a-z'-]+\s+){{0,3}}cases?\s+(?:(?:were\s+)?(?:we\s+)?{_LOOKED}\b|where\b|in\s+which\b|that\s+needed\b)",
    ),
    cue(
        "local_population", r"\W*(?:[a-z'-]+\s+){0,4}(?:councils?|authorit|residents|boroughs|districts|square\s+miles)"
    ),
    cue("england_and_wales", r"\W*(?:probation\s+)?(?:areas|regions|trusts|nps)\b"),
    cue("all_crcs", r"\W*(?:[a-z'-]+\s+){0,3}crcs\b"),
    cue(
        "workforce",
        r"\W*(?:[a-z'-]+\s+){0,3}(?:officers?|spos?|psos?|pos|managers?|staff|administrators?|practitioners?|posts|vacancies"
        r"|deput(?:y|ies))\b",
    ),
)
_COUNT_OF_SENTENCE: Cues = (
    cue("caseload", r"\bcaseload\b|\bmanages\b|\bsupervises\b"),
    cue(
        "inspected_cases",
        rf"\bcases?\b[^.;]*\b(?:{_LOOKED}|been\s+seen|charged|convicted)\b|\bsupervision\s+had\s+commenced\b",
    ),
    cue("local_population", r"\bpopulation\s+(?:of|is|was)\b|\bresidents\b"),
    cue("england_and_wales", r"\bin\s+england\b|\bin\s+the\s+uk\b|\bsupervised\b[^.;]*\bannually\b"),
    cue("workforce", r"\bsupervision\s+from\s+their\b|\bline\s+managers?\b|\bstaff\s+teams\b"),
)
_STANDARDS = re.compile(
    r"\s+(?:of\s+)?(?:our\s+|the\s+)?(?:case\s+|quality\s+)?(?:standards|dimensions|aspects|elements|domains)\b"
)
_RATED = re.compile(r"\brat(?:ed|ing|ings)\b|\binadequate\b|\brequir(?:es|ing)\s+improvement\b|\boutstanding\b")
_SAMPLES: Cues = (
    cue("unpaid_work_cases", r"^[\d.#*\s]*unpaid\s+work$"),
    cue("through_the_gate_cases", r"^[\d.#*\s]*through\s+the\s+gate$"),
)
_COURT = re.compile(r"[\d.#*\s]*court\s+work\b(?!\s+and)")
_ABOUT_REPORTS = re.compile(
    r"\bcourt\s+reports?\b|\bpre-sentence\s+(?:reports?|information)\b|\breports?\s+for\s+court\b"
)
_SUPERVISED = re.compile(
    r"\bcases?\s+(?:we\s+)?inspected\b|\binspected\s+cases\b|\bassess|\bplan|\bimplement|\breview(?:s|ing)\b"
)
_ABOUT_WORKFORCE = ("vacan", "workforce_", "average_", "sickness_", "attrition_", "workload_measurement")


def population(figure: ProseFigure, words: WordsAround, place: Surroundings, measure: str) -> tuple[str, str]:
    """Population of a figure, and what tells it: its measure, who was asked, what it counts, or what stands around."""
    if _STANDARDS.match(words.after) and _RATED.search(place.sentence):
        return "inspection_activity", BY_STANDARDS
    if measure.startswith("caseload_"):
        is_region = measure == "caseload_total" and _REGION.search(words.before)
        return "region" if is_region else "caseload", BY_MEASURE
    if measure.startswith(_ABOUT_WORKFORCE):
        return _compared(words) or "workforce", BY_MEASURE
    if (
        not figure.is_share
        and (figure.unit == "interviews" or not _INTERVIEWED.search(words.near))
        and _is_feedback(place)
    ):
        return "user_interviews" if figure.unit == "interviews" else "user_survey", BY_SENTENCE
    if figure.unit == "cases_per_officer" and _POLICY.search(place.sentence):
        return "provider_data", BY_SENTENCE
    is_own = _OF_PROVIDER.match(words.near_after) is not None
    if place.first(_DESIGN) or (not figure.is_share and not is_own and _is_activity(words)):
        return "inspection_activity", BY_ACTIVITY
    found, evidence = _of_answers(figure, words, place)
    if not found:
        found, evidence = next(one for one in _of_figures(figure, words, place) if one[0])
    return _sampled(found, words, place), evidence


def _is_feedback(place: Surroundings) -> bool:
    """Whether a paragraph says how many people on probation told what they think."""
    return "user voice" in place.paragraph and _FEEDBACK.search(place.paragraph) is not None


def _is_activity(words: WordsAround) -> bool:
    before, after = words.before, words.after
    may_be = "we " in before or "sample" in before or " of " in before
    return (
        _COURTS.match(words.printed + words.near_after) is not None
        or _WERE_INSPECTED.match(words.near_after) is not None
        or (may_be and _INSPECTING.search(before) is not None)
        or ("inspected" in after and _WE_INSPECTED.search(after) is not None)
    )


def _compared(words: WordsAround) -> str:
    """The region or the nation, where a figure is there to compare with."""
    before = _COMPARED.search(words.near_before)
    if before is not None:
        return "region" if before[1] == "regional" else "england_and_wales"
    after = _COMPARED_AFTER.match(words.near_after)
    if after is not None:
        return "england_and_wales" if after[1] else "region"
    return ""


def _of_answers(figure: ProseFigure, words: WordsAround, place: Surroundings) -> tuple[str, str]:
    """Surveys and interviews, by what the sentence says or who is speaking."""
    asked = first_at_start(_ASKED_AFTER, words.after) if figure.is_share else ""
    asked = asked or first(_ANSWERS, words.near)
    if asked in _OF_USERS and _USERS.search(place.heading):
        return _OF_USERS[asked], BY_NEXT_WORDS
    if asked or not figure.is_share:
        return asked, BY_NEXT_WORDS
    is_respondent = place.first(_RESPONDENT) != ""
    if not is_respondent and not _OPINION.search(words.near):
        return "", ""
    if _USERS_SAY.search(place.sentence):
        return "user_survey", BY_SENTENCE
    asked, evidence = place.first(_ANSWERS), BY_SENTENCE
    if not asked:
        asked, evidence = place.asked, BY_NEIGHBOUR
    if not asked and (_USERS.search(place.paragraph) or _USERS.search(place.heading)):
        asked, evidence = "user_survey", BY_SECTION
    if not asked and (is_respondent or _STAFF.search(words.near)):
        asked = "practitioner_interviews" if _SPEAKING_STAFF.search(place.sentence) else "staff_survey"
        evidence = BY_SENTENCE
    return asked, evidence


def _of_figures(figure: ProseFigure, words: WordsAround, place: Surroundings) -> Iterator[tuple[str, str]]:
    """What a figure may be of, the most telling words first."""
    yield _compared(words), BY_COMPARISON
    if figure.is_share:
        yield first_at_start(_OF_WHAT, words.after), BY_NEXT_WORDS
        yield place.first(_OF_SENTENCE), BY_SENTENCE
        yield place.population if place.population != "inspection_activity" else "", BY_NEIGHBOUR
        yield place.first(_SHARE_OF_SENTENCE), BY_SENTENCE
        yield "region" if _OFFICERS_OF_REGION.search(place.sentence) else "", BY_SENTENCE
        yield "inspected_cases" if _CASE_CHAPTER.search(place.section) else "provider_data", BY_SECTION
        return
    yield place.first(_OF_SENTENCE), BY_SENTENCE
    yield first_at_start(_COUNTED, words.after[:80]), BY_NEXT_WORDS
    yield place.population if place.population in ASKED else "", BY_NEIGHBOUR
    yield place.first(_COUNT_OF_SENTENCE), BY_SENTENCE
    yield "region" if _OFFICERS_OF_REGION.search(place.sentence) else "", BY_SENTENCE
    yield "provider_data", BY_SECTION


def _sampled(population: str, words: WordsAround, place: Surroundings) -> str:
    """The sample meant: cases of the chapter on unpaid work are their own; people interviewed were not surveyed."""
    if population == "inspected_cases":
        is_of_court = _COURT.match(place.chapter) or (
            _ABOUT_REPORTS.search(place.paragraph) and not _SUPERVISED.search(place.sentence)
        )
        return "court_reports" if is_of_court else first(_SAMPLES, place.section) or population
    if population == "user_survey" and _INTERVIEWED.search(words.near) and "survey" not in words.near:
        return "user_interviews"
    return population
