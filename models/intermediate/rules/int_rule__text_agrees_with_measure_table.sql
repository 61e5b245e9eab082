with figures as (select * from {{ ref('int_reported_figures__normalised') }}),
measures as (select * from {{ ref('int_measures__values') }}),

text_and_table as (

    select
        figures.*,
        measures.value as table_value,
        measures.as_printed as table_as_printed,
        measures.citation_id as table_citation_id,
        {{ decimals_of_value('measures.value') }} as table_decimals,
        {{ decimals_of_value('figures.value') }} as value_decimals
    from figures
    inner join measures
        on
            figures.inspection_id = measures.inspection_id
            and figures.measure_id = measures.measure_id
            and coalesce(figures.grade_id, 'all') = measures.grade_id
            and case
                when figures.population_id in ('region', 'all_crcs', 'england_and_wales') then figures.population_id
                else 'own'
            end = case when measures.is_wider then measures.population_id else 'own' end
    where
        coalesce(figures.comparator_kind, 'none') in ('none', 'region', 'national')
        and figures.case_group_id = 'all'
        and measures.figure_role = 'value'
        and figures.citation_id <> measures.citation_id

),

{# Two printed numbers agree when they differ by no more than rounding to the coarser of the two. #}
possible_ranges as (

    select
        text_and_table.*,
        case
            when value is not null then value_low
            when is_percentage and is_exact then value_pct
            else low_pct
        end as text_low,
        case
            when value is not null then value_high
            when is_percentage and is_exact then value_pct
            else high_pct
        end as text_high,
        0.5 / power(
            10,
            case
                when value is not null then least(value_decimals, table_decimals)
                when is_percentage then least(decimals, table_decimals)
                else table_decimals
            end
        ) as tolerance
    from text_and_table

),

final as (

    select
        'text_agrees_with_measure_table' as rule_id,
        inspection_id,
        description as subject,
        citation_id as citation_id_a,
        table_citation_id as citation_id_b,
        as_stated as value_a,
        table_as_printed as value_b,
        cast(coalesce(value, share_pct) - table_value as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from possible_ranges
    where
        text_low > table_value + tolerance or text_high < table_value - tolerance

)

select * from final
