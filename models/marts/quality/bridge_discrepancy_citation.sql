with findings as (select * from {{ ref('int_discrepancies__findings') }}),
further_citations as (select * from {{ ref('stg_reference__finding_citations') }}),

prints as (

    select
        discrepancy_id,
        citation_id_a as citation_id,
        'a' as side,
        breach_id = discrepancy_id as is_first
    from findings

    union all

    select
        discrepancy_id,
        citation_id_b as citation_id,
        'b' as side,
        breach_id = discrepancy_id as is_first
    from findings
    where citation_id_b is not null

    union all

    select
        discrepancy_id,
        citation_id,
        side,
        false as is_first
    from further_citations

),

{# A print that stands on both sides, as in two breaches of one contradiction, keeps the side it has in the finding. #}
placed as (

    select
        discrepancy_id,
        citation_id,
        side,
        is_first,
        row_number() over (
            partition by discrepancy_id, citation_id
            order by case when is_first then 0 else 1 end, side
        ) as place
    from prints

),

final as (

    select
        discrepancy_id,
        citation_id,
        side,
        is_first
    from placed
    where place = 1

)

select * from final
