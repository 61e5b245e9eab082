{# Every size a report gives a survey, in the order of the text: each new one against the one before it. #}
with figures as (select * from {{ ref('int_reported_figures__normalised') }}),

survey_bases as (

    select
        inspection_id,
        population_id,
        coalesce(denominator_n, value) as base_n,
        as_printed,
        citation_id,
        row_number() over (
            partition by inspection_id, population_id, coalesce(denominator_n, value)
            order by line_number, column_number
        ) as mention_order,
        line_number,
        column_number
    from figures
    where
        population_id in ('staff_survey', 'user_survey', 'user_interviews')
        and case_group_id = 'all'
        and comparator_kind is null
        and (denominator_n is not null or unit in ('people', 'interviews'))

),

bases_in_order as (

    select
        survey_bases.*,
        lag(base_n) over (partition by inspection_id, population_id order by line_number, column_number) as previous_n,
        lag(as_printed) over (partition by inspection_id, population_id order by line_number, column_number)
            as previous_as_printed,
        lag(citation_id) over (partition by inspection_id, population_id order by line_number, column_number)
            as previous_citation_id
    from survey_bases
    where mention_order = 1

),

final as (

    select
        'survey_base_same_in_every_place' as rule_id,
        inspection_id,
        concat('size of ', population_id) as subject,
        previous_citation_id as citation_id_a,
        citation_id as citation_id_b,
        previous_as_printed as value_a,
        as_printed as value_b,
        cast(previous_n - base_n as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from bases_in_order
    where
        previous_n is not null

)

select * from final
