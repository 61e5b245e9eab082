{%- set place = "case when citation_kind = 'published_page' then 'published page'"
    ~ " else coalesce(table_name, 'running text') end" -%}

with discrepancies as (

    select * from {{ ref('fct_discrepancy') }}

),

citations as (

    select
        citation_id,
        document_id,
        {{ place }} as table_name
    from {{ ref('dim_citation') }}

),

{# Apart from citations, which DuckDB would keep whole if it were read twice. #}
cited as (

    select
        document_id,
        {{ place }} as table_name
    from {{ ref('dim_citation') }}

),

placed as (

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
    from cited
    where document_id in (select placed.document_id from placed)
    group by document_id, table_name

),

final as (

    select
        placed.document_id,
        placed.table_name,
        placed.rule_id,
        cast(max(figures.figures_n) as integer) as figures_n,
        cast(count(*) as integer) as findings_n,
        cast(sum(case when placed.severity = 'high' then 1 else 0 end) as integer) as high_n,
        cast(sum(case when placed.severity = 'medium' then 1 else 0 end) as integer) as medium_n,
        cast(sum(case when placed.severity = 'low' then 1 else 0 end) as integer) as low_n,
        cast(sum(case when placed.status = 'explained' then 1 else 0 end) as integer) as explained_n,
        cast(sum(case when placed.status = 'corrected' then 1 else 0 end) as integer) as corrected_n,
        cast(sum(case when placed.status = 'open' then 1 else 0 end) as integer) as open_n
    from placed
    inner join figures on placed.document_id = figures.document_id and placed.table_name = figures.table_name
    group by placed.document_id, placed.table_name, placed.rule_id

)

select * from final
