{# A failing row says all that is needed to account for the breach: the claim, both prints, and the row to complete in
   known_discrepancies.csv. A rule that nothing evaluates would look as if it had no breach, so it fails too. #}
{%- set evaluated = ["''"] -%}
{%- for union in (graph.nodes or {}).values() if union.name == 'int_discrepancies__found' -%}
    {%- for node_id in union.depends_on.nodes -%}
        {%- do evaluated.append("'" ~ node_id.split('.int_rule__')[1] ~ "'") -%}
    {%- endfor -%}
{%- endfor -%}
with discrepancies as (select * from {{ ref('fct_discrepancy') }}),
rules as (select * from {{ ref('dim_consistency_rule') }}),
citations as (select * from {{ ref('dim_citation') }}),

unaccounted as (

    select
        discrepancies.rule_id,
        rules.claim,
        discrepancies.subject,
        discrepancies.value_a,
        discrepancies.value_b,
        citation_a.locator as printed_at_a,
        citation_b.locator as printed_at_b,
        concat(
            discrepancies.rule_id, ',', discrepancies.citation_id_a, ',', coalesce(discrepancies.citation_id_b, ''),
            ',,,,false,WHY BOTH ARE PRINTED'
        ) as row_for_known_discrepancies_csv,
        concat('pdu review ', citation_a.document_id, ' --findings') as remedy
    from discrepancies
    inner join rules on discrepancies.rule_id = rules.rule_id
    left join citations as citation_a on discrepancies.citation_id_a = citation_a.citation_id
    left join citations as citation_b on discrepancies.citation_id_b = citation_b.citation_id
    where not discrepancies.is_acknowledged

),

never_evaluated as (

    select
        rule_id,
        claim,
        'no model: write models/intermediate/rules, then python -m lint.rule_list --write' as subject,
        null as value_a,
        null as value_b,
        null as printed_at_a,
        null as printed_at_b,
        null as row_for_known_discrepancies_csv,
        null as remedy
    from rules
    where rule_id not in ({{ evaluated | join(', ') }})

)

select * from unaccounted
union all
select * from never_evaluated
