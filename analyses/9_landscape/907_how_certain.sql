-- Question: How certain is what is known of other inspections?
-- Asked by: Researchers, whoever quotes them
-- Caveat: Every row of fct_published_rating says the same of itself; its url is the page to look at. Dates known to the
--   year only come from what surrounds a page, not from the page.
select
    'source of the rating' as what,
    replace(source_type, '_', ' ') as how,
    count(*) as inspections_n
from fct_published_rating
group by source_type
union all
select
    'date known to the' as what,
    case published_precision when 'two_years' then 'year, one of two' else published_precision end as how,
    count(*) as inspections_n
from fct_published_rating
group by published_precision
union all
select
    'date known from' as what,
    replace(date_basis, '_', ' ') as how,
    count(*) as inspections_n
from fct_published_rating
group by date_basis
union all
select
    'score' as what,
    replace(score_basis, '_', ' ') as how,
    count(*) as inspections_n
from fct_published_rating
group by score_basis
union all
select
    'address of the page' as what,
    case when url is null then 'not kept' else 'kept' end as how,
    count(*) as inspections_n
from fct_published_rating
group by url is null
union all
select
    'read from its report too' as what,
    case when inspection_id is null then 'no' else 'yes' end as how,
    count(*) as inspections_n
from fct_published_rating
group by inspection_id is null
order by what asc, inspections_n desc, how asc
