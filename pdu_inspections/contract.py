"""The seed contract: which CSVs exist, their columns, and what every value must look like.

One definition serves the reader (column order), the gate (patterns, vocabularies, keys) and the tests that keep
dbt's YAML in step. All values are text, as printed or as curated; casting happens in dbt's staging models.
"""

from __future__ import annotations

from dataclasses import dataclass, field

REPORTS = "reports"
REFERENCE = "reference"
LANDSCAPE = "landscape"

ID = r"[a-z0-9]+(?:_[a-z0-9]+)*"
STANDARD_ID = rf"overall|{ID}\.[1-9]\.[1-9]"
CITATION_ID = rf"{ID}:(?:L[1-9][0-9]*:C[1-9][0-9]*|{ID})"
QUESTION_ID = rf"{ID}\.[1-9]\.[1-9]\.[1-9](?:\.[1-9][0-9]?)?"
WHOLE = r"(?:0|[1-9][0-9]*)"
NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
PERCENT = r"(?:100|[1-9]?[0-9])(?:\.[0-9]+)?"
DELIUS_CODE = r"[A-Z0-9]{6,7}"
UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
TWO_YEARS = r"20[0-9]{2}/[0-9]{2}"
DATE = r"(?:18|19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?"
FLAG = r"true|false"
PAGE = r"[1-9][0-9]{0,3}"

_GROWING_REFERENCE = {
    "organisations",
    "areas",
    "organisation_lineage",
    "recommendation_titles",
    "progress_titles",
    "expected_row_counts",
    "known_discrepancies",
    "curated_findings",
    "corrections",
}


@dataclass(frozen=True)
class Column:
    """One column of a seed CSV.

    pattern: a regular expression the whole value must match. required: an empty value is an error.
    vocabulary: (seed name, column) that must hold the value. low, high: bounds of a numeric value, inclusive.
    """

    name: str
    description: str
    pattern: str | None = None
    required: bool = True
    vocabulary: tuple[str, str] | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """One seed CSV: seeds/<folder>/<name>.csv, its columns in order and the columns that identify a row."""

    name: str
    folder: str
    description: str
    own: tuple[Column, ...]
    key: tuple[str, ...]
    has_provenance: bool = field(default=False)

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns in file order; report tables are framed by their provenance."""
        if not self.has_provenance:
            return self.own
        return (*PROVENANCE, *self.own, AS_PRINTED)

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of all columns in file order."""
        return tuple(column.name for column in self.columns)

    @property
    def grows(self) -> bool:
        """Whether reports or published pages add rows: such a table may come as Parquet; others are vocabularies."""
        return self.folder in (REPORTS, LANDSCAPE) or self.name in _GROWING_REFERENCE

    @property
    def path(self) -> str:
        """Path of the CSV relative to the project."""
        return f"seeds/{self.folder}/{self.name}.csv"


AS_PRINTED = Column(
    "as_printed",
    "The figure exactly as the text form prints it at line_number and column_number, footnote marks left out.",
)

PROVENANCE = (
    Column("inspection_id", "The inspection the row is about.", ID, vocabulary=("inspections", "inspection_id")),
    Column("document_id", "The report the row was read from.", ID, vocabulary=("documents", "document_id")),
    Column("section", "Heading of the report's section, as its contents list it."),
    Column(
        "page_from", "First page of the section by the report's contents, or the figure's page in a PDF.", PAGE, False
    ),
    Column("page_to", "Last page of the section by the report's contents, or the figure's page in a PDF.", PAGE, False),
    Column("table_name", "Heading of the table the figure stands in; empty in running text.", None, False),
    Column("row_number", "Row of the table, from 1; empty in running text.", WHOLE, False),
    Column("line_number", "Line of the text form, from 1.", r"[1-9][0-9]*"),
    Column("column_number", "Character of the line where as_printed begins, from 1.", r"[1-9][0-9]*"),
)


def _report(name: str, description: str, key: tuple[str, ...], *own: Column) -> Table:
    return Table(name, REPORTS, description, own, key, has_provenance=True)


def _reference(name: str, description: str, key: tuple[str, ...], *own: Column) -> Table:
    return Table(name, REFERENCE, description, own, key)


def _landscape(name: str, description: str, key: tuple[str, ...], *own: Column) -> Table:
    return Table(name, LANDSCAPE, description, own, key)


def _standard(required: bool = True) -> Column:
    return Column("standard_id", "Standard, or overall.", STANDARD_ID, required, ("standards", "standard_id"))


def _question(name: str = "question_id", required: bool = True) -> Column:
    return Column(name, "Key question or prompt.", QUESTION_ID, required, ("questions", "question_id"))


def _measure(required: bool = True) -> Column:
    return Column("measure_id", "Measure.", ID, required, ("measures", "measure_id"))


_PLACE = "Where the report prints it: summary (ratings page), chapter, or results (annexe of results)."
_LABEL = Column("label", "Row label as printed, footnote marks left out; empty in running text.", None, False)
_VALUE = Column(
    "value", "The printed value as a plain decimal; empty where value_status is not reported.", NUMBER, False
)
_UNIT = Column("unit", "Unit of the value.", ID, True, ("units", "unit"))
_STATUS = Column("value_status", "reported, or why there is no value.", ID, True, ("value_statuses", "value_status"))
_SUPPLIED = Column(
    "supplied_by", "Who supplied the figure to the Inspectorate.", ID, True, ("suppliers", "supplied_by")
)

TABLES: tuple[Table, ...] = (
    # ---------------------------------------------------------------- report tables
    _report(
        "documents",
        "One row per report: title, checksum of the text form, ISBN as printed.",
        ("document_id",),
        Column("title", "Title of the report, put together from its cover."),
        Column("publication_month", "Month of publication.", DATE),
        Column("isbn", "ISBN as printed, misprints included.", r"[0-9X-]+", False),
        Column("isbn_line_number", "Line the ISBN is printed on.", r"[1-9][0-9]*", False),
        Column("isbn_column_number", "Character of that line where it begins.", r"[1-9][0-9]*", False),
        Column("isbn_as_printed", "The ISBN with its dashes and spaces.", None, False),
        Column("layout", "Layout the reader recognised.", r"pdu_long|pdu_short|crc|esi_follow_up"),
        Column("source_format", "Form the report was read in.", r"text|pdf|xlsx|ods"),
        Column("sha256", "SHA-256 of the file that was read.", r"[0-9a-f]{64}"),
        Column(
            "supersedes_document_id", "Earlier version of the same report.", ID, False, ("documents", "document_id")
        ),
    ),
    _report(
        "inspections",
        "One row per inspection a report gives figures of; as_printed is the inspected body's name.",
        ("inspection_id",),
        Column("organisation_id", "Inspected body.", ID, True, ("organisations", "organisation_id")),
        Column("framework_id", "Framework inspected against.", ID, True, ("frameworks", "framework_id")),
        Column("inspection_type", "full, or follow_up on an earlier inspection.", r"full|follow_up"),
        Column("inspection_year", "Year of fieldwork.", r"(?:19|20)[0-9]{2}"),
        Column(
            "reported_in",
            "Whether its own report was read, or a later report that reprints it.",
            r"own_report|later_report",
        ),
    ),
    _report(
        "inspection_facts",
        "Facts about an inspection: dates, cases inspected and their split, interviews, score.",
        ("inspection_id", "fact"),
        Column("fact", "Which fact.", ID, True, ("inspection_fact_types", "fact")),
        Column(
            "value",
            "Plain value: a whole number, a date (YYYY-MM-DD or YYYY-MM), or points/maximum.",
            rf"{WHOLE}|{DATE}|{WHOLE}/{WHOLE}",
        ),
        Column("value_precision", "Precision of a date.", r"day|month|year", False),
    ),
    _report(
        "ratings",
        "Every place where a rating is printed.",
        ("inspection_id", "standard_id", "place"),
        Column("place", _PLACE, r"summary|chapter|results"),
        _standard(),
        Column("rating_id", "Rating.", ID, True, ("rating_scale", "rating_id")),
    ),
    _report(
        "rating_discretions",
        "Footnotes that say a rating was set by professional discretion.",
        ("inspection_id", "standard_id"),
        _standard(),
        Column("footnote_mark", "Mark of the footnote.", r"[0-9]+"),
    ),
    _report(
        "key_questions",
        "Every place where a table prints a key question's percentage, the outcomes question included.",
        ("inspection_id", "question_id", "place"),
        Column("place", _PLACE, r"chapter|results"),
        _standard(),
        _question(),
        Column("question_text", "Wording as printed, footnote marks left out."),
    ),
    _report(
        "prompts",
        "Annexe three: every prompt with its flags and percentage.",
        ("inspection_id", "question_id"),
        _standard(),
        _question(),
        Column("question_text", "Wording as printed, flags and footnote marks left out."),
        Column(
            "flags",
            "Flags as printed: * not in unpaid work only cases, ** not in every case.",
            r"\*|\*\*|\* \*\*",
            False,
        ),
    ),
    _report(
        "staffing",
        "Staffing and workload figures of annexe two, or of the short form's bullets.",
        ("inspection_id", "measure_id", "grade_id", "population_id"),
        _measure(),
        Column("grade_id", "Staff grade, or all.", ID, True, ("staff_grades", "grade_id")),
        Column("population_id", "Whom the figure is about.", ID, True, ("populations", "population_id")),
        _LABEL,
        _VALUE,
        _UNIT,
        _STATUS,
        _SUPPLIED,
    ),
    _report(
        "case_characteristics",
        "The table of characteristics of inspected cases, the provider's rows in it, and their like in bullets.",
        ("inspection_id", "measure_id"),
        _measure(),
        _LABEL,
        _VALUE,
        _UNIT,
        _STATUS,
        _SUPPLIED,
    ),
    _report(
        "contextual_facts",
        "The CRC reports' page of contextual facts, with comparators and targets.",
        ("inspection_id", "measure_id", "population_id", "figure_role"),
        _measure(),
        Column("population_id", "Whom the figure is about.", ID, True, ("populations", "population_id")),
        Column("figure_role", "value, comparator or target.", r"value|comparator|target"),
        Column("value", "The printed value as a plain decimal.", NUMBER),
        _UNIT,
        _SUPPLIED,
    ),
    _report(
        "caseloads",
        "Caseloads and their parts.",
        ("inspection_id", "measure_id", "population_id"),
        _measure(),
        Column("population_id", "Whom the figure is about.", ID, True, ("populations", "population_id")),
        Column("value", "The printed value as a plain decimal.", NUMBER),
        _UNIT,
        _SUPPLIED,
    ),
    _report(
        "rating_bands",
        "Rating bands as a report prints them.",
        ("inspection_id", "rating_id"),
        Column("rating_id", "Rating.", ID, True, ("rating_scale", "rating_id")),
        Column("low_pct", "Lowest percentage of the band; empty where open.", PERCENT, False, None, 0, 100),
        Column(
            "high_pct",
            "Highest percentage of the band (the bound itself where printed as less than); empty where open.",
            PERCENT,
            False,
            None,
            0,
            100,
        ),
    ),
    _report(
        "recommendations",
        "Recommendations: number and addressee; as_printed is the number.",
        ("inspection_id", "recommendation_number"),
        Column("recommendation_number", "Number in the report.", r"[1-9][0-9]*"),
        Column("addressee_id", "Whom it is addressed to.", ID, True, ("addressees", "addressee_id")),
        Column("addressee_as_printed", "Addressee as printed."),
    ),
    _report(
        "recommendation_progress",
        "Progress against an earlier inspection's recommendations; as_printed is the judgement.",
        ("inspection_id", "progress_number"),
        Column("progress_number", "Order in the annexe, from 1.", r"[1-9][0-9]*"),
        Column("source_report", "Earlier report as printed, without 'Recommendation from'."),
        Column("source_line_number", "Line that names the earlier report.", r"[1-9][0-9]*"),
        Column("source_column_number", "Character of that line where its name begins.", r"[1-9][0-9]*"),
        Column("source_as_printed", "The name as far as it stands on that line."),
        Column("source_report_year", "Year of the earlier report as printed there.", r"20[0-9]{2}"),
        Column(
            "source_organisation_id",
            "Body the earlier report was about.",
            ID,
            True,
            ("organisations", "organisation_id"),
        ),
        Column("progress_id", "Judgement.", ID, True, ("progress_scale", "progress_id")),
        Column(
            "improvement_required", "Whether improvement is still required; empty where not printed.", r"yes|no", False
        ),
    ),
    _report(
        "criterion_scores",
        "Criterion scores of the 2003-06 framework, in every place they are printed.",
        ("inspection_id", "criterion_id", "place"),
        Column("place", "summary (scoring summary sheet) or chapter.", r"summary|chapter"),
        Column("criterion_id", "Criterion.", rf"{ID}\.[A-D][1-9]", True, ("criteria", "criterion_id")),
    ),
    _report(
        "reported_figures",
        "Figures printed in running text, curated by readers: one row per figure with its base and population.",
        ("document_id", "line_number", "column_number"),
        Column("description", "What is measured, in our own words; stands alone."),
        Column("value", "Plain decimal of a figure that is neither a share nor a count out of a base.", NUMBER, False),
        Column("unit", "Unit of value; empty where value is.", ID, False, ("units", "unit")),
        Column("numerator_n", "Count of 'x of y'.", NUMBER, False),
        Column("denominator_n", "Base of 'x of y', or the base printed with a percentage.", WHOLE, False),
        Column(
            "value_pct",
            "Printed percentage; a share in words (two thirds) as its percentage to 2 places.",
            NUMBER,
            False,
            None,
            0,
            1000,
        ),
        Column("hedge_id", "Hedging word before the figure; empty where none.", ID, False, ("hedges", "hedge_id")),
        Column("polarity", "Whether the figure counts what is wanted or what is not.", r"success|failure|neutral"),
        Column("population_id", "Whom the figure is about.", ID, True, ("populations", "population_id")),
        Column("case_group_id", "Part of the population.", ID, True, ("case_groups", "case_group_id")),
        _standard(False),
        _question("question_id", False),
        _measure(False),
        Column("grade_id", "Staff grade; empty where it does not apply.", ID, False, ("staff_grades", "grade_id")),
        Column(
            "comparator_kind",
            "Set where the figure is itself a comparator for the inspected body's figure.",
            r"region|national|target|earlier_inspection|earlier_date|other_group",
            False,
        ),
        Column("fact_key", "Figures with the same key state the same fact and must agree.", ID, False),
        Column("part_of_fact_key", "fact_key of the whole this figure is a part of; parts must sum to it.", ID, False),
    ),
    _report(
        "statements",
        "Dates, titles and wordings that are no figures but that a curated finding cites; as_printed is short.",
        ("document_id", "line_number", "column_number"),
        Column("description", "What is stated, in our own words."),
    ),
    # ---------------------------------------------------------------- reference: vocabularies and rules
    _reference(
        "frameworks",
        "Inspection frameworks.",
        ("framework_id",),
        Column("framework_id", "Framework.", ID),
        Column("framework_name", "Name."),
        Column("applies_to", "Kind of body inspected."),
        Column("first_year", "First year of use.", r"(?:19|20)[0-9]{2}"),
        Column("last_year", "Last year of use; empty while unknown.", r"(?:19|20)[0-9]{2}", False),
        Column("score_max", "Highest overall score; empty where the framework has none.", WHOLE, False),
        Column("description", "What it is, in our own words."),
    ),
    _reference(
        "standards",
        "Standards of each framework, and overall.",
        ("standard_id",),
        Column("standard_id", "Standard.", STANDARD_ID),
        Column("framework_id", "Framework; empty for overall.", ID, False, ("frameworks", "framework_id")),
        Column("standard_code", "Code as printed, or overall.", r"[1-9]\.[1-9]|overall"),
        Column("standard_name", "Official name."),
        Column("standard_text", "Official wording; empty for overall and where not printed.", None, False),
        Column("domain_code", "Domain by its chapter number; 0 for overall.", r"[0-4]"),
        Column("domain_name", "Official name of the domain."),
        Column("standard_order", "Order within the framework, from 1; overall is 0.", WHOLE),
        Column("is_rated", "Whether the standard gets a rating.", FLAG),
        Column("rating_basis", "judgement, lowest_key_question or none.", r"judgement|lowest_key_question|score|none"),
        Column("is_case_supervision", "Whether the leadership rule looks at it.", FLAG),
        Column("topic_id", "Topic.", ID, True, ("topics", "topic_id")),
    ),
    _reference(
        "questions",
        "Key questions, prompts and groups of prompts of each framework.",
        ("question_id",),
        Column("question_id", "Key question or prompt.", QUESTION_ID),
        _standard(),
        Column("question_level", "Level.", r"key_question|prompt_group|prompt"),
        Column(
            "parent_question_id",
            "Key question (or group) of a prompt.",
            QUESTION_ID,
            False,
            ("questions", "question_id"),
        ),
        Column("question_order", "Order within its standard or key question, from 1.", r"[1-9][0-9]?"),
        Column("question_text", "Official wording."),
        Column("topic_id", "Topic.", ID, True, ("topics", "topic_id")),
        Column("excludes_unpaid_work_only", "Does not apply in unpaid work only cases (*).", FLAG),
        Column("not_in_every_case", "Does not apply in every case (**).", FLAG),
        Column("post_custody_only", "Applies in post-custody cases only.", FLAG),
    ),
    _reference(
        "question_bases",
        "Which count of cases a question's percentage is a share of, by standard, group or question.",
        ("scope_id",),
        Column(
            "scope_id",
            "Standard, prompt group or question; the narrowest that matches counts.",
            rf"{STANDARD_ID}|{QUESTION_ID}",
        ),
        Column(
            "base_fact",
            "Inspection fact that holds the base; empty where no report prints it.",
            ID,
            False,
            ("inspection_fact_types", "fact"),
        ),
        Column(
            "fallback_fact",
            "Fact that holds it where the report prints no base_fact.",
            ID,
            False,
            ("inspection_fact_types", "fact"),
        ),
        Column("denominator_basis", "What the report says the base is.", r"all_cases|relevant_cases"),
        Column("reason", "Where the report says so, in our own words."),
    ),
    _reference(
        "question_measures", "Questions that are outcome measures too.", ("question_id",), _question(), _measure()
    ),
    _reference(
        "question_crosswalk",
        "Which questions of two frameworks ask the same, graded.",
        ("conformed_question_id", "question_id"),
        Column("conformed_question_id", "Question independent of any framework.", ID),
        Column("conformed_topic_id", "Topic the area timeline follows.", ID),
        _question(),
        Column(
            "comparable", "How far it asks what pdu_2021 asks under the conformed question.", r"exact|close|broad|none"
        ),
        Column("reason", "Why this grade, in our own words."),
    ),
    _reference(
        "criterion_crosswalk",
        "Which conformed topic a criterion of the 2003-06 framework belongs to, graded.",
        ("criterion_id",),
        Column("criterion_id", "Criterion.", rf"{ID}\.[A-D][1-9]", True, ("criteria", "criterion_id")),
        Column("conformed_topic_id", "Topic the area timeline follows.", ID),
        Column("comparable", "How far it is comparable with shares of cases.", r"exact|close|broad|none"),
        Column("reason", "Why this grade, in our own words."),
    ),
    _reference(
        "standard_crosswalk",
        "Which standards of two frameworks judge the same, graded.",
        ("standard_id",),
        _standard(),
        Column("conformed_standard_id", "Standard independent of any framework.", ID),
        Column(
            "comparable",
            "How far it judges what pdu_2021 judges under the conformed standard.",
            r"exact|close|broad|none",
        ),
        Column("reason", "Why this grade, in our own words."),
    ),
    _reference(
        "criteria",
        "Criteria of the 2003-06 framework that reports here score.",
        ("criterion_id",),
        Column("criterion_id", "Criterion.", rf"{ID}\.[A-D][1-9]"),
        Column("framework_id", "Framework.", ID, True, ("frameworks", "framework_id")),
        Column("criterion_code", "Code as printed.", r"[A-D][1-9]"),
        Column("criterion_name", "Official name."),
        Column("section_name", "Official name of its section."),
        Column("topic_id", "Topic.", ID, True, ("topics", "topic_id")),
    ),
    _reference(
        "topics",
        "Topics that questions, standards and criteria are about.",
        ("topic_id",),
        Column("topic_id", "Topic.", ID),
        Column("topic_name", "Name."),
        Column("description", "What it covers, in our own words."),
    ),
    _reference(
        "rating_scale",
        "Ratings: order, points and the band of a key question.",
        ("rating_id",),
        Column("rating_id", "Rating.", ID),
        Column("rating_name", "Name as printed."),
        Column("points", "Points toward the overall score.", r"[0-3]"),
        Column("low_pct", "A key question is in the band from this percentage.", PERCENT, True, None, 0, 100),
        Column("high_pct", "... to this whole percentage.", PERCENT, True, None, 0, 100),
    ),
    _reference(
        "score_bands",
        "Overall rating by score.",
        ("score_max", "rating_id"),
        Column("score_max", "Highest score of the framework.", WHOLE),
        Column("rating_id", "Rating.", ID, True, ("rating_scale", "rating_id")),
        Column("low_score", "Lowest score of the band.", WHOLE),
        Column("high_score", "Highest.", WHOLE),
    ),
    _reference(
        "organisations",
        "Bodies inspected, and the bodies they came from.",
        ("organisation_id",),
        Column("organisation_id", "Body.", ID),
        Column("organisation_name", "Name."),
        Column("organisation_type", "Type.", r"pdu|crc|nps_division|nps_cluster|probation_area|probation_trust|region"),
        Column("region_name", "Probation region or its counterpart then; empty where none.", None, False),
        Column("area_id", "Area the timeline follows; empty where it spans several.", ID, False, ("areas", "area_id")),
    ),
    _reference(
        "organisation_aliases",
        "Other spellings of bodies as reports print them.",
        ("alias",),
        Column("alias", "Spelling."),
        Column("organisation_id", "Body.", ID, True, ("organisations", "organisation_id")),
    ),
    _reference(
        "areas",
        "Areas that outlast the bodies serving them.",
        ("area_id",),
        Column("area_id", "Area.", ID),
        Column("area_name", "Name."),
        Column("description", "What it covers, in our own words."),
    ),
    _reference(
        "organisation_lineage",
        "Which body took over from which.",
        ("predecessor_organisation_id", "successor_organisation_id"),
        Column("predecessor_organisation_id", "Earlier body.", ID, True, ("organisations", "organisation_id")),
        Column("successor_organisation_id", "Later body.", ID, True, ("organisations", "organisation_id")),
        Column("relation", "How.", r"merged_into|split_into|transferred_part_to"),
        Column("predecessor_share", "Part of the predecessor that went over.", r"whole|part"),
        Column("successor_share", "Part of the successor that came from it.", r"whole|part"),
        Column("effective_date", "From when.", DATE),
        Column("source_document_id", "Report that says so.", ID, True, ("documents", "document_id")),
        Column("source_line_number", "Line of its text form.", r"[1-9][0-9]*"),
    ),
    _reference(
        "measures",
        "Measures of staffing, cases, outcomes and caseloads.",
        ("measure_id",),
        Column("measure_id", "Measure.", ID),
        Column("measure_name", "Name."),
        Column("measure_group", "Group.", r"staffing|workload|case_characteristic|provider_delivery|outcome|caseload"),
        _UNIT,
        Column("polarity", "Whether more is better.", r"higher_is_better|lower_is_better|neutral"),
        Column("definition", "Definition in our own words, with what the unit counts."),
    ),
    _reference(
        "measure_labels",
        "Printed row labels of measures.",
        ("label", "grade_id"),
        Column("label", "Label as printed, footnote marks left out."),
        _measure(),
        Column("grade_id", "Staff grade, or all.", ID, True, ("staff_grades", "grade_id")),
    ),
    _reference(
        "staff_grades",
        "Staff grades.",
        ("grade_id",),
        Column("grade_id", "Grade.", ID),
        Column("grade_name", "Name."),
        Column("grade_order", "Order.", WHOLE),
    ),
    _reference(
        "populations",
        "Whom a figure is about.",
        ("population_id",),
        Column("population_id", "Population.", ID),
        Column("population_name", "Name."),
        Column("is_sample", "Whether it is a part looked at for the whole, so that an interval means something.", FLAG),
        Column("description", "In our own words."),
    ),
    _reference(
        "units",
        "Units.",
        ("unit",),
        Column("unit", "Unit.", ID),
        Column("unit_name", "Name."),
        Column("description", "In our own words."),
    ),
    _reference(
        "value_statuses",
        "Why a value is there or not.",
        ("value_status",),
        Column("value_status", "Status.", ID),
        Column("description", "In our own words."),
    ),
    _reference(
        "suppliers",
        "Who supplied figures to the Inspectorate.",
        ("supplied_by",),
        Column("supplied_by", "Supplier.", ID),
        Column("supplier_name", "Name."),
        Column("description", "In our own words."),
    ),
    _reference(
        "inspection_fact_types",
        "Facts about inspections.",
        ("fact",),
        Column("fact", "Fact.", ID),
        Column("value_type", "Kind of value.", r"count|date|score"),
        Column(
            "applies_to_framework_id",
            "Framework it is particular to; empty for all.",
            ID,
            False,
            ("frameworks", "framework_id"),
        ),
        Column("description", "In our own words."),
    ),
    _reference(
        "addressees",
        "Kinds of addressee of a recommendation.",
        ("addressee_id",),
        Column("addressee_id", "Addressee.", ID),
        Column("addressee_name", "Name."),
    ),
    _reference(
        "progress_scale",
        "Judgements of progress.",
        ("progress_id",),
        Column("progress_id", "Judgement.", ID),
        Column("progress_name", "Name as printed."),
        Column("progress_order", "Order, 0 is no progress.", r"[0-3]"),
    ),
    _reference(
        "themes",
        "Themes of recommendations, our own vocabulary.",
        ("theme_id",),
        Column("theme_id", "Theme.", ID),
        Column("theme_name", "Name."),
        Column("description", "In our own words."),
    ),
    _reference(
        "recommendation_titles",
        "Short titles in our own words, with themes.",
        ("inspection_id", "recommendation_number"),
        Column("inspection_id", "Inspection.", ID, True, ("inspections", "inspection_id")),
        Column("recommendation_number", "Number.", r"[1-9][0-9]*"),
        Column("title", "Short title in our own words."),
        Column("theme_id", "Main theme.", ID, True, ("themes", "theme_id")),
        Column("second_theme_id", "Second theme.", ID, False, ("themes", "theme_id")),
    ),
    _reference(
        "progress_titles",
        "Short titles in our own words of the earlier recommendations in progress annexes.",
        ("inspection_id", "progress_number"),
        Column("inspection_id", "Inspection.", ID, True, ("inspections", "inspection_id")),
        Column("progress_number", "Order in the annexe.", r"[1-9][0-9]*"),
        Column("title", "Short title in our own words."),
        Column("theme_id", "Main theme.", ID, True, ("themes", "theme_id")),
    ),
    _reference(
        "expected_row_counts",
        "Rows each report gives each table; change a number only with its reason.",
        ("document_id", "table_name"),
        Column("document_id", "Report.", ID, True, ("documents", "document_id")),
        Column("table_name", "Seed.", ID),
        Column("rows_n", "Rows expected.", WHOLE),
        Column("reason", "Why this number."),
    ),
    _reference(
        "hedges",
        "Hedging words.",
        ("hedge_id",),
        Column("hedge_id", "Hedge.", ID),
        Column(
            "low_offset", "Lowest the exact share may lie against the figure, in points.", NUMBER, True, None, -100, 100
        ),
        Column("high_offset", "Highest it may lie against the figure, in points.", NUMBER, True, None, -100, 100),
        Column("description", "Words it stands for."),
    ),
    _reference(
        "population_bases",
        "Which fact holds the size of a population or of a part of it.",
        ("population_id", "case_group_id"),
        Column("population_id", "Population.", ID, True, ("populations", "population_id")),
        Column("case_group_id", "Part of it.", ID, True, ("case_groups", "case_group_id")),
        Column("fact", "Inspection fact.", ID, True, ("inspection_fact_types", "fact")),
    ),
    _reference(
        "case_groups",
        "Parts of a population a figure may be about.",
        ("case_group_id",),
        Column("case_group_id", "Group.", ID),
        Column("description", "In our own words."),
    ),
    _reference(
        "curated_findings",
        "Contradictions a careful reader finds that no rule reaches.",
        ("finding_id",),
        Column("finding_id", "Finding.", ID),
        Column("citation_id_a", "First printed figure or statement.", CITATION_ID),
        Column("citation_id_b", "Second; empty where the first cannot be true by itself.", CITATION_ID, False),
        Column("value_a", "What the first says."),
        Column("value_b", "What the second says.", None, False),
        Column("severity", "By how far an analyst would be misled.", r"high|medium|low"),
        Column("finding", "What disagrees, in our own words."),
        Column(
            "explanation", "How both can be, where that can be shown; empty where nothing explains it.", None, False
        ),
    ),
    _reference(
        "consistency_rules",
        "Rules that figures must keep.",
        ("rule_id",),
        Column("rule_id", "Rule, named for what must hold.", ID),
        Column(
            "rule_group",
            "What kind of figures it compares.",
            r"rating|percentage|table_and_text|same_fact|parts_and_wholes|staffing|wording|identifier|reading|published_page",
        ),
        Column(
            "severity", "By how far a breach misleads an analyst, unless a finding says otherwise.", r"high|medium|low"
        ),
        Column("claim", "What must hold, in our own words."),
        Column("misleads", "What goes wrong for an analyst where it does not."),
    ),
    _reference(
        "known_discrepancies",
        "Accepted breaches of rules, each with its explanation.",
        ("rule_id", "citation_id_a", "citation_id_b"),
        Column("rule_id", "Rule.", ID, True, ("consistency_rules", "rule_id")),
        Column("citation_id_a", "First printed figure of the finding.", CITATION_ID),
        Column("citation_id_b", "Second; empty where the finding has one.", CITATION_ID, False),
        Column(
            "severity", "By how far an analyst would be misled; empty to keep the rule's.", r"high|medium|low", False
        ),
        Column("is_resolved", "Whether the explanation shows how both figures can be right.", FLAG),
        Column("explanation", "Why it is accepted, in our own words."),
    ),
    _reference(
        "corrections",
        "Corrections of misprints; each applies only while the printed value still matches.",
        ("citation_id",),
        Column("citation_id", "Printed figure.", CITATION_ID),
        Column("printed_value", "Value as printed."),
        Column("corrected_value", "Value to use instead."),
        Column("reason", "Why, and the evidence."),
    ),
    # ---------------------------------------------------------------- landscape: known from published pages alone
    _landscape(
        "collected_sources",
        "Where the landscape comes from: one row per collection, with the checksum of the file collected.",
        ("document_id",),
        Column("document_id", "Collection.", ID),
        Column("document_kind", "Kind.", r"published_pages|register"),
        Column("title", "What it is, in our own words."),
        Column("publisher", "Who published what was collected."),
        Column("sha256", "SHA-256 of the file collected.", r"[0-9a-f]{64}"),
        Column("licence", "Licence of what was collected."),
        Column("attribution", "Statement to print where it is re-used."),
    ),
    _landscape(
        "probation_regions",
        "Regions of the Probation Service.",
        ("region_id",),
        Column("region_id", "Region.", ID),
        Column("region_name", "Name."),
        Column("nation", "Nation.", r"England|Wales"),
        Column("register_uuid", "Identifier of the region in the register.", UUID),
        Column("registered_pdus_n", "PDUs of the region in the register, expected exactly.", WHOLE),
    ),
    _landscape(
        "region_spellings",
        "Every spelling of a region that a source uses.",
        ("spelling",),
        Column("spelling", "Spelling."),
        Column("region_id", "Region.", ID, True, ("probation_regions", "region_id")),
    ),
    _landscape(
        "pdu_register",
        "Probation Delivery Units of the register, and one that it has split.",
        ("pdu_id",),
        Column("pdu_id", "Unit; the same as its organisation_id where its report is held.", ID),
        Column("pdu_name", "Name in short, the Inspectorate's latest where it has inspected the unit."),
        Column("registered_name", "Name in the register, with the area covered where it says so."),
        Column("delius_code", "Code in the case management system nDelius.", DELIUS_CODE),
        Column("region", "Region as the register spells it.", None, True, ("region_spellings", "spelling")),
        Column("register_uuid", "Identifier in the register; empty for a unit it has no more.", UUID, False),
        Column("valid_from", "Day the register took it in; empty where from the beginning.", DATE, False),
        Column("valid_to", "Day the register gave it up; empty while there.", DATE, False),
        Column("predecessor_pdu_id", "Unit it was split from.", ID, False, ("pdu_register", "pdu_id")),
        Column("note", "Splits and spellings.", None, False),
    ),
    _landscape(
        "inspection_programmes",
        "Rounds of inspection that published pages report on.",
        ("programme_id",),
        Column("programme_id", "Programme.", ID),
        Column("programme_name", "Name."),
        Column("collected_as", "Name in the collection."),
        Column(
            "framework_id",
            "Its framework, where reports of it are held; else empty.",
            ID,
            False,
            ("frameworks", "framework_id"),
        ),
        Column("standards_n", "Rated standards; empty where not known.", WHOLE, False),
        Column("score_max", "Highest overall score; empty where not known or none.", WHOLE, False),
        Column("is_rated", "Whether it gives ratings.", FLAG),
        Column("inspections_n", "Inspections of it in published_ratings, expected exactly.", WHOLE),
        Column("description", "What it is, in our own words."),
    ),
    _landscape(
        "published_ratings",
        "Inspections known from a published page: overall rating and what else the page's beginning says.",
        ("published_rating_id",),
        Column("published_rating_id", "Inspected body and year of publication.", ID),
        Column("programme_id", "Programme.", ID, True, ("inspection_programmes", "programme_id")),
        Column("body_type", "Kind of body.", r"pdu|region|national|crc|nps_division"),
        Column("body_id", "Body: a PDU's pdu_id, else its name and kind.", ID),
        Column("body_name", "Name as the page has it."),
        Column("delius_code", "Code of a PDU; empty for others.", DELIUS_CODE, False, ("pdu_register", "delius_code")),
        Column(
            "region",
            "Region; empty for a nation and for a division of two.",
            None,
            False,
            ("region_spellings", "spelling"),
        ),
        Column(
            "published", "Publication as far as known: day, month, year, or one of two years.", rf"{DATE}|{TWO_YEARS}"
        ),
        Column(
            "date_basis",
            "How that is known: stated_in_page, page_address (year and month stand in it), title_page, news_page (day "
            "or month of news about it), context (year only, from what surrounds it).",
            r"stated_in_page|page_address|title_page|news_page|context",
        ),
        Column("fieldwork", "When inspected, where the page says so.", DATE, False),
        Column(
            "rating_id",
            "Overall rating; empty where the programme gives none.",
            ID,
            False,
            ("rating_scale", "rating_id"),
        ),
        Column("score_low", "Overall score, or the lowest it can be.", WHOLE, False),
        Column("score_high", "The same, or the highest it can be.", WHOLE, False),
        Column("score_max", "Highest possible score.", WHOLE, False),
        Column(
            "score_basis",
            "published (the Inspectorate states it) or derived (from ratings of standards that a news page tells).",
            r"published|derived",
            False,
        ),
        Column(
            "previous_rating_id",
            "Rating before this one, as the page says.",
            ID,
            False,
            ("rating_scale", "rating_id"),
        ),
        Column("previous_rating_date", "Year or years it gives for that.", rf"20[0-9]{{2}}|{TWO_YEARS}", False),
        Column("cases_n", "Cases inspected, where the page says so.", WHOLE, False),
        Column("pdus_n", "PDUs of the region, where the page counts them.", WHOLE, False),
        Column("note", "What else the page says, and what is uncertain.", None, False),
        Column(
            "source_type",
            "primary (a page of the Inspectorate), secondary (news), report_copy (a copy of the report elsewhere).",
            r"primary|secondary|report_copy",
        ),
        Column("url", "Address of the page; empty where not kept.", r"https?://[!-~]+", False),
    ),
)

BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}


def seeds_yaml() -> str:
    """dbt's YAML of all seeds: every column is loaded as text and carries the contract's description.

    Seeds of tables that come as Parquet instead are left out of the build.
    """
    import yaml

    seeds = [
        {
            "name": table.name,
            "description": table.description,
            "config": {"column_types": dict.fromkeys(table.column_names, "varchar")}
            | ({"enabled": "{{ not var('report_tables', none) }}"} if table.grows else {}),
            "columns": [{"name": column.name, "description": column.description} for column in table.columns],
        }
        for table in TABLES
    ]
    head = "# Written by `python -m pdu_inspections.contract` from the seed contract; do not edit.\n"
    return head + yaml.safe_dump({"version": 2, "seeds": seeds}, sort_keys=False, allow_unicode=True, width=100)


if __name__ == "__main__":
    print(seeds_yaml(), end="")
