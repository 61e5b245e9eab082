{# Figures of running text in one shape for the rules.

   share_pct is the percentage, from the count and its base where both are printed. low_pct and high_pct bound the
   exact share by rounding, by the hedge before it, or by three points where it is a plain share in words;
   success_low_pct and success_high_pct say the same of the share that met what was wanted, success_n of its count.
   value_low and value_high bound a value that is no share; a hedge moves it by as many per cent as it moves a share by
   points. is_exact is false for hedged figures and shares in words. as_stated is the figure with its hedge, where that
   does not stand in it. value_pct_low and value_pct_high are the bounds as a reader takes them: over 80 per cent begins
   above 80, though the rules leave room for its rounding. A figure of the region or the nation is there to be compared
   with, whether or not words of comparison stand beside it. #}
with printed_figures as (select * from {{ ref('stg_reports__reported_figures') }}),
hedges as (select * from {{ ref('stg_reference__hedges') }}),
corrections as (select * from {{ ref('int_corrections__applied') }}),

{# A correction is of the figure a citation begins with: the percentage where one is printed, else the count. #}
figures as (

    select
        printed_figures.inspection_id,
        printed_figures.document_id,
        printed_figures.section,
        printed_figures.table_name,
        printed_figures.line_number,
        printed_figures.column_number,
        printed_figures.description,
        printed_figures.unit,
        printed_figures.denominator_n,
        printed_figures.hedge_id,
        printed_figures.polarity,
        printed_figures.population_id,
        printed_figures.case_group_id,
        printed_figures.standard_id,
        printed_figures.question_id,
        printed_figures.measure_id,
        printed_figures.grade_id,
        coalesce(
            printed_figures.comparator_kind,
            case
                when printed_figures.population_id = 'region' then 'region'
                when printed_figures.population_id in ('england_and_wales', 'all_crcs') then 'national'
            end
        ) as comparator_kind,
        printed_figures.fact_key,
        printed_figures.part_of_fact_key,
        printed_figures.as_printed,
        printed_figures.citation_id,
        case when printed_figures.value is not null then {{ corrected('printed_figures.value', 'decimal(12, 4)') }} end
            as value,
        case
            when printed_figures.numerator_n is not null and printed_figures.value_pct is null
                then {{ corrected('printed_figures.numerator_n', 'decimal(12, 4)') }}
            else printed_figures.numerator_n
        end as numerator_n,
        case
            when printed_figures.value_pct is not null
                then {{ corrected('printed_figures.value_pct', 'decimal(7, 2)') }}
        end as value_pct,
        corrections.citation_id is not null as is_corrected
    from printed_figures
    left join corrections on printed_figures.citation_id = corrections.citation_id

),

figures_as_shares as (

    select
        figures.*,
        coalesce(
            {{ percentage('figures.numerator_n', 'nullif(figures.denominator_n, 0)') }}, figures.value_pct
        ) as share_pct,
        figures.value_pct is not null and {{ is_printed_percentage('figures.as_printed') }} as is_percentage,
        coalesce(hedges.low_offset, 0) as low_offset,
        coalesce(hedges.high_offset, 0) as high_offset,
        {{ decimals_of_value('figures.value_pct') }} as decimals
    from figures
    left join hedges on figures.hedge_id = hedges.hedge_id

),

figures_with_width as (

    select
        figures_as_shares.*,
        low_offset = 0 and high_offset = 0 and (is_percentage or numerator_n is not null) as is_exact,
        case
            when numerator_n is not null then 0
            when is_percentage then 0.5 / power(10, decimals)
            when low_offset = 0 and high_offset = 0 then 3
            else 0
        end as half_width
    from figures_as_shares

),

figures_with_bounds as (

    select
        figures_with_width.*,
        share_pct + low_offset - half_width as low_pct,
        share_pct + high_offset + half_width as high_pct,
        low_offset + high_offset <> 0 as is_one_sided
    from figures_with_width

),

final as (

    select
        inspection_id,
        document_id,
        section,
        table_name,
        line_number,
        column_number,
        description,
        value,
        unit,
        numerator_n,
        denominator_n,
        value_pct,
        hedge_id,
        polarity,
        population_id,
        case_group_id,
        standard_id,
        question_id,
        measure_id,
        grade_id,
        comparator_kind,
        fact_key,
        part_of_fact_key,
        is_corrected,
        share_pct,
        is_percentage,
        is_exact,
        decimals,
        low_pct,
        high_pct,
        case
            when value_pct is not null
                then greatest(case when is_one_sided then share_pct + low_offset else low_pct end, 0)
        end as value_pct_low,
        case
            when value_pct is not null
                then least(case when is_one_sided then share_pct + high_offset else high_pct end, 100)
        end as value_pct_high,
        case when polarity = 'failure' then 100 - share_pct else share_pct end as success_pct,
        case when polarity = 'failure' then 100 - high_pct else low_pct end as success_low_pct,
        case when polarity = 'failure' then 100 - low_pct else high_pct end as success_high_pct,
        case when polarity = 'failure' then denominator_n - numerator_n else numerator_n end as success_n,
        value + {{ to_double('value') }} * low_offset / 100 as value_low,
        value + {{ to_double('value') }} * high_offset / 100 as value_high,
        case
            when
                hedge_id is null or hedge_id = 'only'
                or lower(as_printed) like concat('%', replace(hedge_id, '_', ' '), '%')
                then as_printed
            else concat(as_printed, ' (', replace(hedge_id, '_', ' '), ')')
        end as as_stated,
        as_printed,
        citation_id
    from figures_with_bounds

)

select * from final
