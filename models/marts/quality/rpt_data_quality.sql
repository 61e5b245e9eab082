{%- set place = "case when citation_kind = 'published_page' then 'published page'"
    ~ " else coalesce(table_name, 'running text') end" -%}

with discrepancies as (select * from {{ ref('fct_discrepancy') }}),

citations as (

    select
        citation_id,
        document_id,
        {{ place }} as table_name
    from {{ ref('dim_citation') }}

),

{# A CTE of its own: DuckDB would keep all of citations if it were read twice. #}
figure_places as (

    select
        document_id,
        {{ place }} as table_name
    from {{ ref('dim_citation') }}

),

findings as (

    select
        citations.document_id,
        citations.table_name,
        discrepancies.rule_id,
        discrepancies.severity,
        discrepancies.status
    from discrepancies
    inner join citations on discrepancies.citation_id_a = citations.citation_id

),

figures as (

    select
        document_id,
        table_name,
        count(*) as figures_n
    from figure_places
    where document_id in (select findings.document_id from findings)
    group by document_id, table_name

),

final as (

    select
        findings.document_id,
        findings.table_name,
        findings.rule_id,
        cast(max(figures.figures_n) as integer) as figures_n,
        cast(count(*) as integer) as findings_n,
        cast(sum(case when findings.severity = 'high' then 1 else 0 end) as integer) as high_n,
        cast(sum(case when findings.severity = 'medium' then 1 else 0 end) as integer) as medium_n,
        cast(sum(case when findings.severity = 'low' then 1 else 0 end) as integer) as low_n,
        cast(sum(case when findings.status = 'explained' then 1 else 0 end) as integer) as explained_n,
        cast(sum(case when findings.status = 'corrected' then 1 else 0 end) as integer) as corrected_n,
        cast(sum(case when findings.status = 'open' then 1 else 0 end) as integer) as open_n
    from findings
    inner join figures on findings.document_id = figures.document_id and findings.table_name = figures.table_name
    group by findings.document_id, findings.table_name, findings.rule_id

)

select * from final
