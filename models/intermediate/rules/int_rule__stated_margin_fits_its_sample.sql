{# A sample whose margin of error is above the stated one has that only if it is a large part of those eligible. It is
   explained where the eligible number may be twice the sample or more. #}
with samples as (select * from {{ ref('int_samples__eligible_cases') }}),
populations as (select * from {{ ref('stg_reference__populations') }}),

final as (

    select
        'stated_margin_fits_its_sample' as rule_id,
        samples.inspection_id,
        concat('margin of error: ', populations.population_name) as subject,
        samples.margin_citation_id as citation_id_a,
        samples.sample_citation_id as citation_id_b,
        concat(samples.as_stated, ' points') as value_a,
        concat(
            {{ number_text(rounded('samples.margin', 1)) }}, ' points with ', {{ number_text('samples.sample_n') }},
            ' cases, unless at most ', {{ number_text('samples.largest_eligible_n') }}, ' were eligible'
        ) as value_b,
        cast(samples.stated_margin - samples.margin as {{ type_double() }}) as difference,
        case
            when samples.largest_eligible_n >= 2 * samples.sample_n
                then concat(
                    'Both can be right if at most ', {{ number_text('samples.largest_eligible_n') }},
                    ' cases were eligible.'
                )
        end as computed_explanation
    from samples
    inner join populations on samples.population_id = populations.population_id
    where samples.largest_eligible_n is not null

)

select * from final
