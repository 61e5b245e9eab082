with prints as (select * from {{ ref('int_citations__prints') }}),

{# A CTE of its own: DuckDB keeps all columns of prints until its last reader has started. #}
printed_citations as (

    select citation_id from {{ ref('int_citations__prints') }}

),

documents as (select * from {{ ref('stg_reports__documents') }}),
page_prints as (select * from {{ ref('int_landscape__page_prints') }}),

{# Few figures are in two tables. They are found first, so that only these are sorted. #}
repeated_citations as (

    select citation_id
    from printed_citations
    group by citation_id
    having count(*) > 1

),

repeated_prints as (

    select
        prints.*,
        {{ print_order('prints') }} as print_order
    from prints
    inner join repeated_citations on prints.citation_id = repeated_citations.citation_id

),

all_prints as (

    select
        prints.*,
        1 as print_order
    from prints
    left join repeated_citations on prints.citation_id = repeated_citations.citation_id
    where repeated_citations.citation_id is null

    union all

    select * from repeated_prints
    where print_order = 1

),

final as (

    select
        all_prints.citation_id,
        all_prints.document_id,
        'printed_figure' as citation_kind,
        all_prints.section,
        all_prints.table_name,
        all_prints.row_number,
        all_prints.line_number,
        all_prints.column_number,
        case when documents.source_format = 'pdf' then all_prints.page_from end as page_number,
        all_prints.page_from,
        all_prints.page_to,
        all_prints.as_printed,
        concat(
            documents.title, ', section “', all_prints.section, '”',
            case
                when all_prints.page_from is null then ''
                when all_prints.page_from = all_prints.page_to then concat(', page ', all_prints.page_from)
                when all_prints.page_to is null then concat(', from page ', all_prints.page_from)
                else concat(', pages ', all_prints.page_from, ' to ', all_prints.page_to)
            end,
            case
                when all_prints.table_name is null then '' else concat(', table “', all_prints.table_name, '”')
            end,
            case when all_prints.row_number is null then '' else concat(', row ', all_prints.row_number) end,
            ': “', all_prints.as_printed, '”'
        ) as locator,
        cast(null as {{ dbt.type_string() }}) as url
    from all_prints
    inner join documents on all_prints.document_id = documents.document_id

    union all

    select
        citation_id,
        document_id,
        'published_page' as citation_kind,
        section,
        cast(null as {{ dbt.type_string() }}) as table_name,
        cast(null as integer) as row_number,
        cast(null as integer) as line_number,
        cast(null as integer) as column_number,
        cast(null as integer) as page_number,
        cast(null as integer) as page_from,
        cast(null as integer) as page_to,
        as_printed,
        locator,
        url
    from page_prints

)

select * from final
