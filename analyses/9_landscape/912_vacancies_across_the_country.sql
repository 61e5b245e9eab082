/*
question: What do public pages print about vacancies and workloads across the country?
asked_by: Unions, journalists
answer: >-
  [% set rates = rows | rejectattr("rate_pct", "none") | selectattr("kind", "equalto", "vacancies") |
  sort(attribute="rate_pct") | list %] [[ rows | length | count("figure") | capitalize ]] about [[ rows |
  map(attribute="body") | unique | list | length | count("body", "bodies") ]]. [% if rates %]Of vacancy rates in
  exact numbers the highest is [[ cite(rates[-1].rate_pct | pct, rates[-1].citation_id) ]] ([[ rates[-1].body ]], [[
  rates[-1].published | dated("year") ]]), the lowest [[ cite(rates[0].rate_pct | pct, rates[0].citation_id) ]] ([[
  rates[0].body ]], [[ rates[0].published | dated("year") ]]).[% endif %]
caveat: >-
  From the beginnings of public pages, which mention vacancies where they are many: no picture of all bodies. Of
  different years, grades and ways of counting. Of the PDUs whose reports are held, question 403 has the reports'
  own figures.
chart:
  kind: bars
  title: Vacancy rates that public pages print, per cent
  value: rate_pct
  label: [body, year, what]
  only: {kind: vacancies}
  highest: 100
columns:
  kind: About
  rate_pct: Rate, if printed as a number (%)
  year: hidden
*/
select
    case
        when measure like '%vacan%' or measure like '%posts filled%' then 'vacancies'
        else 'workload'
    end as kind,
    body_name as body,
    measure as what,
    min(as_printed) as printed,
    case
        when hedge_id is null and not is_fraction_in_words and unit = 'per_cent' and measure not like '%posts filled%'
            then value
    end as rate_pct,
    published_date as published,
    cast(extract(year from published_date) as integer) as year,
    case when body_type = 'pdu' then body_id end as pdu_id,
    min(citation_id) as citation_id,
    'year' as published_precision
from fct_published_figure
where
    is_about_body
    and (
        measure like '%vacan%' or measure like '%workload%' or measure like 'average cases per%'
    )
    and measure not like '%previous inspection%'
    and unit in ('per_cent', 'posts', 'cases')
group by
    kind, body_name, measure, hedge_id, is_fraction_in_words, unit, value, published_date, body_type, body_id
order by kind asc, rate_pct desc nulls last, body asc, what asc, published asc
