/*
question: In how many cases was management oversight good enough?
asked_by: Heads of PDUs, senior probation officers
answer: >-
  [% for row in rows if row.is_first %][[ row.body ]]: [[ row.what | lower_first ]], [[ cite(row.printed,
  row.citation_id) ]][[ "; " if not loop.last else "." ]] [% endfor %]
caveat: >-
  Running text only, without a base. The last column is how many whole numbers of the inspected cases round to the
  percentage: none means that it is a share of fewer cases than were inspected. One report counts the lack, and also
  puts it in words.
columns:
  counts_that_fit: Whole numbers of cases that fit
  is_first: hidden
*/
select
    inspections.organisation_name as body,
    figures.description as what,
    case figures.polarity when 'success' then 'what was good enough' else 'what was lacking' end as counts,
    figures.as_stated as printed,
    inspections.cases_inspected,
    case
        when figures.hedge is null or figures.hedge = 'only'
            then len(possible_counts(figures.value_pct, inspections.cases_inspected))
    end as counts_that_fit,
    row_number() over (
        partition by figures.inspection_id
        order by case when figures.hedge is null or figures.hedge = 'only' then 0 else 1 end, figures.citation_id
    ) = 1 as is_first,
    figures.inspection_id,
    figures.citation_id
from fct_reported_figure as figures
inner join dim_inspection as inspections on figures.inspection_id = inspections.inspection_id
where lower(figures.description) like '%management oversight%' and figures.value_pct is not null
order by inspections.inspection_year desc, figures.inspection_id asc, figures.citation_id asc
