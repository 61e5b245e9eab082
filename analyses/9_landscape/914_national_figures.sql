/*
question: What do public pages print about the whole country?
asked_by: Journalists, policy teams
answer: >-
  [[ rows | length | count("figure") | capitalize ]], each of several PDUs or of the country at a time. One of them:
  [[ first.what ]], “[[ cite(first.printed, first.citation_id) ]]” ([[ first.source ]], [[ first.published |
  dated("year") ]]).
caveat: >-
  Groups, years and ways of counting differ, and every figure keeps its words. Of each only the beginning of a page
  was read.
columns:
  source: Said of
*/
select
    measure as what,
    min(as_printed) as printed,
    min(body_name) as source,
    published_date as published,
    min(citation_id) as citation_id,
    'year' as published_precision
from fct_published_figure
where not is_about_body
group by measure, value, numerator_n, published_date
order by published_date desc, what asc
