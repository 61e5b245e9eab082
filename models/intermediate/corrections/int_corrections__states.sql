{# Every correction with its state: applies while the printed value is still the one it was written for; source_fixed
   where the report now prints the corrected value; no_longer_matches where it prints something else or nothing. #}
with corrections as (select * from {{ ref('stg_reference__corrections') }}),
prints as (select * from {{ ref('int_citations__prints') }}),

longest_prints as (

    select
        prints.citation_id,
        prints.as_printed,
        {{ print_order('prints') }} as print_order
    from prints
    inner join corrections on prints.citation_id = corrections.citation_id

),

final as (

    select
        corrections.citation_id,
        {{ dbt.split_part('corrections.citation_id', "':'", 1) }} as document_id,
        corrections.printed_value,
        corrections.corrected_value,
        corrections.reason,
        longest_prints.as_printed,
        case
            when longest_prints.as_printed = corrections.printed_value then 'applies'
            when longest_prints.as_printed = corrections.corrected_value then 'source_fixed'
            else 'no_longer_matches'
        end as correction_state,
        {{ to_number("replace(replace(corrections.corrected_value, '%', ''), ',', '')") }} as corrected_number
    from corrections
    left join longest_prints on corrections.citation_id = longest_prints.citation_id and longest_prints.print_order = 1

)

select * from final
