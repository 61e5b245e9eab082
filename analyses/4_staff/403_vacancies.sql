/*
question: How many posts are vacant?
asked_by: Heads of PDUs, unions
answer: >-
  [% set rates = rows | rejectattr("rate_pct", "none") | list %] [% set posts = rows | rejectattr("vacant_posts",
  "none") | list %] [% if rates %]As rates: [% for body, group in rates | groupby("body") %][[ body ]] [% for row in
  group | sort(attribute="rate_pct", reverse=true) %][[ cite(row.rate_pct | pct, row.rate_pct_citation_id) ]] ([[
  row.grade | staff ]])[[ ", " if not loop.last ]][% endfor %][[ "; " if not loop.last else "." ]] [% endfor %] [% else
  %]No report held prints a rate.[% endif %] [% for body, group in posts | groupby("body") %][[ body ]] also prints
  numbers: [% for row in group %][[ cite(row.vacant_posts | number, row.vacant_posts_citation_id) ]] posts of [[
  row.grade | staff ]][[ ", " if not loop.last else "." ]] [% endfor %][% endfor %]
caveat: >-
  Rates by grade are shares of required posts; the rate of all staff is printed as a share of headcount and does not
  go with the grades. In one report the numbers of staff in post contradict posts and rates: the column of
  contradictions counts what the ledger has against a figure. Supplied by the provider. What published pages say of
  other PDUs is in question 912.
chart:
  kind: bars
  title: Vacancy rate by grade, per cent
  value: rate_pct
  panel: body
  label: grade
  highest: 100
columns:
  rate_pct: Vacancy rate (%)
  printed: Rate as printed
*/
with rates as (
    select
        staffing.inspection_id,
        staffing.grade_id,
        staffing.grade_name,
        staffing.value as rate_pct,
        staffing.as_printed,
        staffing.citation_id,
        figures.discrepancies_n
    from fct_staffing as staffing
    inner join rpt_figure as figures on staffing.citation_id = figures.citation_id and figures.mart = 'fct_staffing'
    where staffing.measure_id = 'vacancy_rate'
),

posts as (
    select
        inspection_id,
        grade_id,
        max(value) as vacant_posts,
        min(citation_id) as citation_id
    from fct_reported_figure
    where measure_id = 'vacant_posts' and comparator_kind is null
    group by inspection_id, grade_id
),

text_rates as (
    select
        inspection_id,
        grade_id,
        max(value_pct) as rate_pct,
        min(as_printed) as as_printed,
        min(citation_id) as citation_id
    from fct_reported_figure
    where measure_id = 'vacancy_rate' and comparator_kind is null and hedge is null
    group by inspection_id, grade_id
),

combined as (
    select
        coalesce(rates.inspection_id, posts.inspection_id) as inspection_id,
        coalesce(rates.grade_id, posts.grade_id) as grade_id,
        coalesce(rates.grade_name, replace(posts.grade_id, '_', ' ')) as grade_name,
        posts.vacant_posts,
        posts.citation_id as vacant_posts_citation_id,
        coalesce(rates.rate_pct, text_rates.rate_pct) as rate_pct,
        coalesce(rates.as_printed, text_rates.as_printed) as printed,
        coalesce(rates.citation_id, text_rates.citation_id) as rate_citation_id,
        rates.discrepancies_n
    from rates
    full outer join posts on rates.inspection_id = posts.inspection_id and rates.grade_id = posts.grade_id
    left join text_rates
        on
            coalesce(rates.inspection_id, posts.inspection_id) = text_rates.inspection_id
            and coalesce(rates.grade_id, posts.grade_id) = text_rates.grade_id
)

select
    inspections.organisation_name as body,
    concat(upper(combined.grade_name[1]), combined.grade_name[2:]) as grade,
    combined.vacant_posts,
    combined.rate_pct,
    combined.printed,
    combined.discrepancies_n as findings_n,
    combined.inspection_id,
    combined.vacant_posts_citation_id,
    combined.rate_citation_id as rate_pct_citation_id
from combined
inner join dim_inspection as inspections on combined.inspection_id = inspections.inspection_id
order by
    inspections.inspection_year desc, combined.inspection_id asc, combined.rate_pct desc nulls last,
    combined.grade_id asc
