/*
question: >-
  On what do most staff agree, or disagree, in the surveys?
asked_by: Heads of PDUs, unions
answer: >-
  TO BE WRITTEN
caveat: >-
  Only answers that a majority surely gives or surely does not give: the 95% interval lies on one side of half. It
  takes those who answered for a chance sample of staff, which they are not. Answers counted as failures are turned
  round in verdict.
*/
with answers as (
    select
        inspections.organisation_name as body,
        figures.description as what,
        figures.polarity,
        cast(figures.numerator_n as integer) as k,
        figures.denominator_n as n,
        figures.share_pct_low_95 as low_95,
        figures.share_pct_high_95 as high_95
    from fct_reported_figure as figures
    inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
    where
        figures.population_id = 'staff_survey'
        and figures.polarity <> 'neutral'
        and figures.numerator_n is not null
    qualify
        row_number() over (
            partition by coalesce(figures.fact_key, figures.citation_id), figures.polarity order by figures.citation_id
        ) = 1
)

select
    body,
    case when (low_95 > 50) = (polarity = 'success') then 'content' else 'not content' end as verdict,
    what,
    k,
    n,
    round(100.0 * k / n, 0) as pct,
    round(low_95, 0) as low_95,
    round(high_95, 0) as high_95
from answers
where answers.low_95 > 50 or answers.high_95 < 50
order by body asc, verdict asc, pct desc, what asc
