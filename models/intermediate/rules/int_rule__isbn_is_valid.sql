with documents as (select * from {{ ref('stg_reports__documents') }}),

isbns as (

    select
        inspection_id,
        isbn,
        replace(isbn, '-', '') as digits,
        isbn_citation_id as citation_id
    from documents
    where isbn is not null

),

check_sums as (

    select
        isbns.*,
        {# A digit's place in 0123456789, less 1, is its value; anything else has none. #}
        0
        {%- for place in range(13) %}
        {%- set digit = 'substring(digits, ' ~ (place + 1) ~ ', 1)' %}
        + {{ 3 if place % 2 else 1 }} * (nullif({{ dbt.position(digit, "'0123456789'") }}, 0) - 1)
        {%- endfor %} as weighted_sum
    from isbns

),

final as (

    select
        'isbn_is_valid' as rule_id,
        inspection_id,
        'ISBN' as subject,
        citation_id as citation_id_a,
        cast(null as {{ dbt.type_string() }}) as citation_id_b,
        isbn as value_a,
        case
            when length(digits) <> 13
                then concat(cast(length(digits) as {{ dbt.type_string() }}), ' digits')
            else 'check digit fails'
        end as value_b,
        cast(null as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from check_sums
    where
        length(digits) <> 13 or coalesce(mod(weighted_sum, 10), 1) <> 0

)

select * from final
