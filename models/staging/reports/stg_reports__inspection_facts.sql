select
    inspection_id,
    document_id,
    fact,
    value,
    {# A count, a date (2022, 2022-06, 2022-06-13) or a score (7/27): the form of the text says which. #}
    case
        when value not like '%-%' and value not like '%/%' then {{ to_integer('value') }}
    end as value_n,
    case when value like '%-%' then {{ to_first_day('value') }} end as value_date,
    value_precision as date_precision,
    case
        when value like '%/%' then {{ to_integer(dbt.split_part('value', "'/'", 1)) }}
    end as printed_score,
    case
        when value like '%/%' then {{ to_integer(dbt.split_part('value', "'/'", 2)) }}
    end as printed_score_max,
    {{ provenance_columns() }}
from {{ raw_table('inspection_facts') }}
