{# The rows on tables are written from the models' own descriptions and keys, so they cannot fall behind them. #}
{%- set rows = [
    ('about', 'What this file holds',
     'Every figure that HM Inspectorate of Probation printed in the inspection reports held here, with the line it is '
     'printed on, checked against every other figure it must agree with.'),
    ('about', 'Figures', 'Columns ending _pct are per cent from 0 to 100, those ending _n are counts; other units are '
     'in the column unit or in the comment of the column. as_printed is what the report shows, misprints included.'),
    ('about', 'Missing figures', 'A status column beside a figure that is NULL says why: not_provided and '
     'not_available as the report says, not_printed, not_applicable.'),
    ('about', 'How sure', 'Samples are small. Columns ending _low_95 and _high_95 bound what chance alone leaves open, '
     'if all inspected cases were judged where base_basis is assumed. What they leave out pulls both ways: cases of one '
     'officer are alike, which widens them; a sample that is most of the eligible cases, or matched to them, narrows them.'),
    ('about', 'Comments', 'select table_name, column_name, comment from duckdb_columns() shows what every column means.'),
    ('join', 'Facts to dimensions', 'By the column of the same name: inspection_id, standard_id, question_id, '
     'measure_id. Each of these joins is many to one.'),
    ('join', 'Figures to their source', 'citation_id of any table joins dim_citation, whose locator says where the '
     'figure is printed. rpt_figure has done it for every figure.'),
    ('join', 'Facts to facts', 'Over inspection_id, after each has been brought to one row per inspection.'),
    ('do_not', 'Average percentages over inspections', 'Add yes_n and cases_n up and divide, or say that you did not.'),
    ('do_not', 'Compare codes over frameworks', 'Standard 2.1 is court work for a PDU and assessment for a CRC. '
     'rpt_key_question_comparison grades what can be compared.'),
    ('do_not', 'Take 100 less a percentage of a prompt for the share judged insufficient',
     'Cases to which the prompt does not apply are in the base: see fct_prompt.'),
    ('do_not', 'Judge a difference by whether two intervals overlap', 'rpt_key_question_comparison has the interval of '
     'each difference, and says which stay distinguishable after an allowance for the number of comparisons.'),
    ('do_not', 'Add ratings from published pages to those read from reports', 'fct_published_rating has other inspections, '
     'and some of the same; its inspection_id says which.'),
    ('do_not', 'Add or average value over all rows of fct_caseload or fct_staffing',
     'Totals stand beside their parts (is_total), shares beside counts (unit), other populations beside those of the body itself '
     '(population_id): filter first. rpt_scorecard has one row per inspection.'),
    ('name', 'pdu, body, place', 'organisation_name in dim_inspection and the rpt_ tables, as Warwickshire PDU; join by '
     'inspection_id. Every PDU of the register of today, inspected or not: pdu_name in rpt_pdu.'),
    ('name', 'region', 'region_name in dim_inspection, rpt_scorecard, rpt_key_question and rpt_pdu.'),
    ('name', 'year, date', 'inspection_year is that of fieldwork, publication_month that of the report; public pages have '
     'published_year in fct_published_rating.'),
    ('name', 'rating, rating_score', 'overall_rating, score and score_max in rpt_scorecard; rating and points (0 to 3) of '
     'each standard in fct_rating, the overall one under standard_id = overall.'),
    ('name', 'percentage, question, standard', 'yes_pct, question_text and standard_name in rpt_key_question.'),
    ('name', 'caseload', 'caseload_n in rpt_scorecard; by part in fct_caseload.'),
    ('name', 'vacancy_rate, sickness, workload', 'vacancy_rate_po_pct, sickness_absence_days_per_person and others in '
     'rpt_scorecard; by grade in fct_staffing, measure_id = vacancy_rate.'),
    ('name', 'page, source', 'locator in rpt_figure and rpt_key_question; dim_citation has its parts.'),
    ('query', 'Which PDU is weakest at keeping people safe, how sure can one be, and where is that printed?',
     "select organisation_name, standard_name, yes_pct, yes_pct_low_95, yes_pct_high_95, locator from rpt_key_question "
     "where topic_name = 'Safety of other people' and organisation_type = 'pdu' order by yes_pct"),
    ('query', 'How do the inspections look side by side?',
     'select organisation_name, inspection_year, overall_rating, score, score_max, assessment_rating, '
     'planning_rating, delivery_rating, reviewing_rating from rpt_scorecard order by inspection_year'),
    ('query', 'Where is 44 per cent printed, and of what?',
     "select organisation_name, figure_description, as_printed, locator from rpt_figure where value = 44 and unit = 'per_cent'"),
    ('query', 'What should one know before quoting the reports?',
     "select inspection_id, subject, value_a, value_b, explanation from fct_discrepancy where severity = 'high'"),
    ('query', 'How sure is a share of 12 in 32, and how far is it from 31 in 79?',
     'select wilson_low(12, 32, 95) as low, wilson_high(12, 32, 95) as high, '
     'newcombe_low(12, 32, 31, 79, 95) as difference_low, newcombe_high(12, 32, 31, 79, 95) as difference_high'),
    ('macro', 'wilson_low(k, n, confidence), wilson_high(k, n, confidence)',
     'Bounds in per cent of the share k in n; confidence in per cent, 95 where none is given.'),
    ('macro', 'newcombe_low(k1, n1, k2, n2, confidence), newcombe_high(k1, n1, k2, n2, confidence)',
     'Bounds in percentage points of k1 in n1 less k2 in n2, two samples without a case in common.'),
    ('macro', 'possible_counts(pct, n)', 'Counts of n that round to a printed percentage; none means that n is not '
     'its base.'),
] -%}
{%- for node in (graph.nodes or {}).values() | sort(attribute='name')
    if node.resource_type == 'model' and node.original_file_path.startswith('models/marts/') -%}
    {%- set keys = [] -%}
    {%- for key in node.constraints if key.type == 'primary_key' -%}{%- do keys.extend(key.columns) -%}{%- endfor -%}
    {%- for column in node.columns.values() if 'primary_key' in (column.constraints | map(attribute='type')) -%}
        {%- do keys.append(column.name) -%}
    {%- endfor -%}
    {%- do rows.append((
        'table', node.name, node.description.split('. ')[0].rstrip('.') ~ '. Key: ' ~ keys | join(', ') ~ '.'
    )) -%}
{%- endfor -%}
with all_rows as (

    {% for kind, topic, hint in rows -%}
    select
        {{ loop.index }} as ordinal,
        '{{ kind }}' as kind,
        {{ dbt.string_literal(dbt.escape_single_quotes(topic)) }} as topic,
        {{ dbt.string_literal(dbt.escape_single_quotes(hint)) }} as hint
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        cast(ordinal as integer) as ordinal,
        kind,
        topic,
        hint
    from all_rows

)

select * from final
