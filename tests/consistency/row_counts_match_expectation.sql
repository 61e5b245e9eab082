with counted as (

    {% for table in report_tables() -%}
    select '{{ table }}' as table_name, document_id, count(*) as rows_n
    from {{ ref('stg_reports__' ~ table) }}
    group by document_id
    {% if not loop.last -%} union all {% endif %}
    {% endfor %}

),

expected as (select * from {{ ref('stg_reference__expected_row_counts') }}),

{# What was collected is expected per programme and per region. #}
collected as (

    select
        'published_ratings' as table_name,
        programmes.programme_id as document_id,
        programmes.inspections_n as expected_n,
        count(published.published_rating_id) as rows_n
    from {{ ref('stg_landscape__inspection_programmes') }} as programmes
    left join {{ ref('stg_landscape__published_ratings') }} as published
        on programmes.programme_id = published.programme_id
    group by programmes.programme_id, programmes.inspections_n

    union all

    select
        'pdu_register' as table_name,
        regions.region_id as document_id,
        regions.registered_pdus_n as expected_n,
        count(units.pdu_id) as rows_n
    from {{ ref('stg_landscape__probation_regions') }} as regions
    inner join {{ ref('stg_landscape__region_spellings') }} as spellings on regions.region_id = spellings.region_id
    left join {{ ref('stg_landscape__pdu_register') }} as units
        on spellings.spelling = units.region and units.valid_to_date is null
    group by regions.region_id, regions.registered_pdus_n

)

select
    coalesce(expected.document_id, counted.document_id) as document_id,
    coalesce(expected.table_name, counted.table_name) as table_name,
    expected.rows_n as expected_rows_n,
    coalesce(counted.rows_n, 0) as found_rows_n
from expected
full outer join counted
    on expected.document_id = counted.document_id and expected.table_name = counted.table_name
where expected.rows_n is null or expected.rows_n <> coalesce(counted.rows_n, 0)

union all

select document_id, table_name, expected_n as expected_rows_n, rows_n as found_rows_n
from collected
where expected_n <> rows_n
