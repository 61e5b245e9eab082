with prints as (

    select * from {{ ref('int_citations__prints') }}

),

{# Apart from prints, which DuckDB keeps with all its columns until the last who reads it has begun. #}
cited as (

    select citation_id from {{ ref('int_citations__prints') }}

),

documents as (

    select * from {{ ref('stg_reports__documents') }}

),

page_prints as (

    select * from {{ ref('int_landscape__page_prints') }}

),

{# Few figures are taken by two tables: they are found first, so that not all of them are sorted. #}
repeated as (

    select citation_id
    from cited
    group by citation_id
    having count(*) > 1

),

ranked as (

    select
        prints.*,
        {{ print_order('prints') }} as print_order
    from prints
    inner join repeated on prints.citation_id = repeated.citation_id

),

printed as (

    select
        prints.*,
        1 as print_order
    from prints
    left join repeated on prints.citation_id = repeated.citation_id
    where repeated.citation_id is null

    union all

    select * from ranked
    where print_order = 1

),

final as (

    select
        printed.citation_id,
        printed.document_id,
        'printed_figure' as citation_kind,
        printed.section,
        printed.table_name,
        printed.row_number,
        printed.line_number,
        printed.column_number,
        case when documents.source_format = 'pdf' then printed.page_from end as page_number,
        printed.page_from,
        printed.page_to,
        printed.as_printed,
        concat(
            documents.title, ', section “', printed.section, '”',
            case
                when printed.page_from is null then ''
                when printed.page_from = printed.page_to then concat(', page ', printed.page_from)
                when printed.page_to is null then concat(', from page ', printed.page_from)
                else concat(', pages ', printed.page_from, ' to ', printed.page_to)
            end,
            case when printed.table_name is null then '' else concat(', table “', printed.table_name, '”') end,
            case when printed.row_number is null then '' else concat(', row ', printed.row_number) end,
            ': “', printed.as_printed, '”'
        ) as locator,
        cast(null as {{ dbt.type_string() }}) as url
    from printed
    inner join documents on printed.document_id = documents.document_id

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
