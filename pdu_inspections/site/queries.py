"""Queries of the pages on a release's file, over its published tables alone."""

from __future__ import annotations

BUILD = """
    select build_id, built_at, revision, tests_n, tests_passed_n
    from ops_build
    order by sequence_n desc
    limit 1
"""

INSPECTIONS = """
    select
        inspections.*,
        documents.title as document_title,
        documents.attribution,
        documents.url as document_url,
        documents.page_kind as document_page_kind,
        frameworks.framework_name,
        frameworks.first_year as framework_first_year,
        scorecards.caseload_n,
        scorecards.recommendations_n,
        scorecards.discrepancies_n,
        scorecards.high_discrepancies_n,
        ratings.citation_id as overall_citation_id,
        cases.citation_id as cases_citation_id,
        starts.citation_id as start_citation_id,
        months.citation_id as publication_citation_id
    from dim_inspection as inspections
    inner join dim_document as documents on inspections.document_id = documents.document_id
    inner join dim_framework as frameworks on inspections.framework_id = frameworks.framework_id
    inner join rpt_scorecard as scorecards on inspections.inspection_id = scorecards.inspection_id
    left join fct_rating as ratings
        on inspections.inspection_id = ratings.inspection_id and ratings.standard_id = 'overall'
    left join fct_inspection_fact as cases
        on inspections.inspection_id = cases.inspection_id and cases.fact = 'cases_inspected'
    left join fct_inspection_fact as starts
        on inspections.inspection_id = starts.inspection_id and starts.fact = 'fieldwork_start_date'
    left join fct_inspection_fact as months
        on inspections.inspection_id = months.inspection_id and months.fact = 'publication_month'
    order by inspections.inspection_year desc, inspections.organisation_name
"""

FACTS = """
    select inspection_id, fact, value_type, value_n, value_date, date_precision, value_status, as_printed, citation_id
    from fct_inspection_fact
    order by inspection_id, fact
"""

BANDS = "select rating_id, rating, points, band_low_pct, band_high_pct from dim_rating order by points"

RATINGS = """
    select
        ratings.*,
        standards.standard_code,
        standards.standard_name,
        standards.standard_text,
        standards.domain_name,
        standards.standard_order
    from fct_rating as ratings
    inner join dim_standard as standards on ratings.standard_id = standards.standard_id
    order by ratings.inspection_id, standards.standard_order
"""

KEY_QUESTIONS = """
    select
        facts.*,
        names.organisation_name,
        names.organisation_type,
        names.inspection_year,
        names.framework_id,
        names.standard_name,
        names.topic_name,
        names.question_text,
        names.standard_rating,
        names.discrepancies_n,
        names.locator,
        questions.topic_id,
        questions.question_order,
        standards.standard_code,
        standards.standard_order
    from fct_key_question as facts
    inner join rpt_key_question as names
        on facts.inspection_id = names.inspection_id and facts.question_id = names.question_id
    inner join dim_question as questions on facts.question_id = questions.question_id
    inner join dim_standard as standards on facts.standard_id = standards.standard_id
    order by facts.inspection_id, standards.standard_order, questions.question_order
"""

PROMPTS = """
    select
        facts.*,
        questions.question_text,
        questions.question_order,
        parents.question_text as parent_text,
        parents.question_order as parent_order,
        standards.standard_code,
        standards.standard_name,
        standards.standard_order
    from fct_prompt as facts
    inner join dim_question as questions on facts.question_id = questions.question_id
    inner join dim_question as parents on facts.parent_question_id = parents.question_id
    inner join dim_standard as standards on facts.standard_id = standards.standard_id
    order by facts.inspection_id, standards.standard_order, parents.question_order, questions.question_order
"""

CRITERIA = """
    select scores.*, criteria.criterion_code, criteria.criterion_name, criteria.section_name
    from fct_criterion_score as scores
    inner join dim_criterion as criteria on scores.criterion_id = criteria.criterion_id
    order by scores.inspection_id, criteria.criterion_code
"""

STAFFING = """
    select facts.*, measures.measure_name, measures.unit_name, measures.definition
    from fct_staffing as facts
    inner join dim_measure as measures on facts.measure_id = measures.measure_id
    order by facts.inspection_id, measures.measure_name, facts.grade_name
"""

CASELOADS = """
    select facts.*, measures.measure_name, measures.unit_name
    from fct_caseload as facts
    inner join dim_measure as measures on facts.measure_id = measures.measure_id
    order by facts.inspection_id, measures.measure_name, facts.population_id
"""

CHARACTERISTICS = """
    select facts.*, measures.measure_name, measures.unit_name
    from fct_case_characteristic as facts
    inner join dim_measure as measures on facts.measure_id = measures.measure_id
    order by facts.inspection_id, measures.measure_name
"""

OUTCOMES = """
    select facts.*, measures.measure_name
    from fct_outcome as facts
    inner join dim_measure as measures on facts.measure_id = measures.measure_id
    where facts.population_id in ('inspected_cases', 'caseload')
    order by facts.inspection_id, measures.measure_name
"""

RECOMMENDATIONS = "select * from fct_recommendation order by inspection_id, recommendation_number"

PROGRESS = "select * from fct_recommendation_progress order by inspection_id, progress_number"

FINDINGS = """
    select
        findings.*,
        citations.document_id,
        documents.title as document_title,
        replace(citations.locator, concat(documents.title, ', '), '') as locator_a,
        replace(others.locator, concat(documents.title, ', '), '') as locator_b,
        rules.claim,
        rules.misleads
    from fct_discrepancy as findings
    inner join dim_consistency_rule as rules on findings.rule_id = rules.rule_id
    inner join dim_citation as citations on findings.citation_id_a = citations.citation_id
    inner join dim_document as documents on citations.document_id = documents.document_id
    left join dim_citation as others on findings.citation_id_b = others.citation_id
    order by
        case findings.severity when 'high' then 0 when 'medium' then 1 else 2 end,
        documents.document_kind <> 'report',
        citations.document_id,
        case findings.status when 'open' then 0 else 1 end,
        abs(coalesce(findings.difference, 0)) desc,
        findings.discrepancy_id
"""

FINDING_PRINTS = """
    select
        prints.discrepancy_id,
        prints.citation_id,
        prints.side,
        prints.is_first,
        coalesce(figures.as_stated, citations.as_printed) as as_stated
    from bridge_discrepancy_citation as prints
    inner join dim_citation as citations on prints.citation_id = citations.citation_id
    left join fct_reported_figure as figures on prints.citation_id = figures.citation_id
    order by prints.discrepancy_id, prints.side, citations.line_number, citations.column_number, prints.citation_id
"""

RULES = "select * from dim_consistency_rule order by findings_n desc, rule_id"

COVERAGE = "select * from rpt_coverage order by inspection_id, part_order"

COMPARATORS = """
    select
        comparators.*,
        coalesce(questions.question_text, measures.measure_name) as figure_name,
        replace(comparators.grade_id, '_', ' ') as grade_name
    from fct_comparator as comparators
    left join dim_question as questions on comparators.question_id = questions.question_id
    left join dim_measure as measures on comparators.measure_id = measures.measure_id
    order by comparators.inspection_id, comparators.citation_id
"""

FINDINGS_BY_REPORT = """
    with held as (
        select
            document_id,
            max(inspection_id) as inspection_id
        from dim_inspection
        group by document_id
    )

    select
        documents.document_id,
        documents.title,
        held.inspection_id,
        cast(coalesce(sum(quality.findings_n), 0) as integer) as findings_n,
        cast(coalesce(sum(quality.high_n), 0) as integer) as high_n,
        cast(coalesce(sum(quality.medium_n), 0) as integer) as medium_n,
        cast(coalesce(sum(quality.low_n), 0) as integer) as low_n,
        cast(coalesce(sum(quality.open_n), 0) as integer) as open_n
    from dim_document as documents
    left join held on documents.document_id = held.document_id
    left join rpt_data_quality as quality on documents.document_id = quality.document_id
    where held.document_id is not null or quality.findings_n > 0
    group by documents.document_kind, documents.document_id, documents.title, held.inspection_id
    order by documents.document_kind <> 'report', findings_n desc, documents.document_id
"""

TIMELINE = """
    select
        timelines.*,
        inspections.organisation_name,
        questions.yes_pct_low_95 as low_95,
        questions.yes_pct_high_95 as high_95
    from rpt_area_timeline as timelines
    inner join dim_inspection as inspections on timelines.inspection_id = inspections.inspection_id
    left join fct_key_question as questions
        on timelines.inspection_id = questions.inspection_id and timelines.citation_id = questions.citation_id
    order by timelines.area_name, timelines.conformed_topic_id, timelines.inspection_year, timelines.inspection_id
"""

LINEAGE = """
    select
        lineage.*,
        earlier.organisation_name as predecessor_name,
        later.organisation_name as successor_name,
        later.area_id
    from bridge_organisation_lineage as lineage
    inner join dim_organisation as earlier on lineage.predecessor_organisation_id = earlier.organisation_id
    inner join dim_organisation as later on lineage.successor_organisation_id = later.organisation_id
    order by lineage.effective_date, predecessor_name
"""

COMPARISONS = """
    select
        pairs.*,
        standards.standard_name,
        standards.standard_order,
        questions.topic_id,
        questions.topic_name,
        questions.question_order
    from rpt_key_question_comparison as pairs
    inner join dim_question as questions on pairs.later_question_id = questions.question_id
    inner join dim_standard as standards on questions.standard_id = standards.standard_id
    inner join dim_inspection as earlier on pairs.earlier_inspection_id = earlier.inspection_id
    inner join dim_inspection as later on pairs.later_inspection_id = later.inspection_id
    where
        pairs.comparable <> 'none'
        and (
            earlier.area_id = later.area_id
            or earlier.organisation_id = later.organisation_id
            or (select count(*) <= 25 from dim_inspection)
        )
    order by
        pairs.earlier_inspection_id,
        pairs.later_inspection_id,
        standards.standard_order,
        questions.question_order
"""

SAFETY_COMPARISONS = """
    select
        pairs.earlier_inspection_id,
        pairs.earlier_question_id,
        pairs.later_inspection_id,
        pairs.later_question_id,
        pairs.difference_points,
        pairs.is_distinguishable_in_all
    from rpt_key_question_comparison as pairs
    inner join dim_question as questions on pairs.later_question_id = questions.question_id
    where
        pairs.comparable = 'exact'
        and questions.topic_id = 'safety'
        and pairs.is_distinguishable_in_all is not null
    order by pairs.earlier_inspection_id, pairs.later_inspection_id, pairs.later_question_id
"""

REINSPECTED_PDUS = """
    select
        pairs.*,
        units.pdu_id
    from rpt_reinspection as pairs
    inner join rpt_pdu as units on pairs.body_id = units.pdu_id
    order by pairs.body_name, pairs.published_year
"""

DOCUMENTS = """
    select *
    from dim_document
    order by document_kind <> 'report', publication_month desc, document_id
"""

CITATIONS = """
    with meanings as (
        select
            citation_id,
            string_agg(distinct figure_description, '; ' order by figure_description) as figure_description,
            min(organisation_name) as organisation_name,
            min(inspection_year) as inspection_year,
            min(hedge) as hedge
        from rpt_figure
        group by citation_id
    )

    select
        citations.*,
        meanings.figure_description,
        meanings.organisation_name,
        meanings.inspection_year,
        meanings.hedge
    from dim_citation as citations
    left join meanings on citations.citation_id = meanings.citation_id
    order by
        citations.document_id,
        citations.line_number,
        citations.column_number,
        citations.section,
        citations.citation_id
"""

FIGURE_COUNTS = """
    select
        count(*) as figures_n,
        count(page_number) as with_page_n,
        cast(max(page_to - page_from + 1) as integer) as most_pages_n
    from dim_citation
    where citation_kind = 'printed_figure'
"""

REGIONS = """
    select region_id, region_name, nation, pdus_n, rated_pdus_n
    from dim_probation_region
    order by region_name
"""

PDUS = """
    select
        units.*,
        units.latest_rating as rating,
        units.latest_points as points,
        units.latest_published_date as published_date,
        units.latest_published_precision as published_precision,
        published.citation_id,
        register.delius_code,
        register.organisation_id,
        register.note
    from rpt_pdu as units
    inner join dim_pdu as register on units.pdu_id = register.pdu_id
    left join fct_published_rating as published
        on units.latest_published_rating_id = published.published_rating_id
    order by units.pdu_name
"""

PUBLISHED_RATINGS = """
    select *
    from fct_published_rating
    order by published_date desc, body_name, published_rating_id
"""

REGIONAL_RATINGS = """
    select
        published_year,
        rating,
        points,
        cast(sum(rated_n) as integer) as rated_n
    from rpt_regional_ratings
    group by published_year, rating, points
    order by published_year, points
"""

PUBLISHED_STANDARD_RATINGS = """
    select *
    from fct_published_standard_rating
    order by published_date desc, body_name, standard_name, published_standard_rating_id
"""

PUBLISHED_FIGURES = """
    select *
    from fct_published_figure
    where is_about_body
    order by published_date desc, body_name, stage_name nulls last, measure, published_figure_id
"""

CHECKS = """
    select test_type, cast(count(*) as integer) as tests_n, cast(sum(failures_n) as integer) as failures_n
    from ops_test_result
    group by test_type
    order by tests_n desc
"""

CHANGES = """
    select contents.table_name, contents.rows_n, contents.rows_added_n, contents.rows_removed_n, contents.rows_changed_n
    from ops_table_content as contents
    where contents.build_id = (select build_id from ops_build order by sequence_n desc limit 1)
    order by contents.table_name
"""

START_HERE = "select kind, topic, hint from start_here where kind <> 'table' order by ordinal"

TABLES = """
    select table_name, comment
    from duckdb_tables()
    where schema_name = 'main' and not internal
    order by table_name
"""

COLUMNS = """
    select table_name, column_name, data_type, comment
    from duckdb_columns()
    where schema_name = 'main' and not internal
    order by table_name, column_index
"""
