/*
question: How were single standards rated, as far as public pages say?
asked_by: Heads of PDUs, policy teams
answer: >-
  [% set total = rows | map(attribute="ratings_n") | sum %][% set most = rows | selectattr("ratings_n", "equalto",
  first.ratings_n) | list %] [[ total | count("rating") | capitalize ]] of single standards are printed, most about
  [% for row in most %][[ row.standard | lower ]] ([[ row.ratings_n ]]: [[ row.inadequate_n ]] Inadequate)[[ " and "
  if not loop.last else "." ]] [% endfor %] Good or Outstanding [% set good = rows | map(attribute="good_n") | sum +
  (rows | map(attribute="outstanding_n") | sum) %] [[ "is" if good == 1 else "are" ]] [[ good | part_of(total) ]].
caveat: >-
  From the beginnings of public pages, which name a standard when it is notably good or bad: no fair sample of
  ratings.
chart:
  kind: counts
  title: Ratings of single standards that public pages print
  label: standard
  series:
    inadequate_n: Inadequate
    requires_improvement_n: Requires improvement
    good_n: Good
    outstanding_n: Outstanding
*/
select
    standard_name as standard,
    count(*) as ratings_n,
    sum(case when rating = 'Inadequate' then 1 else 0 end) as inadequate_n,
    sum(case when rating = 'Requires improvement' then 1 else 0 end) as requires_improvement_n,
    sum(case when rating = 'Good' then 1 else 0 end) as good_n,
    sum(case when rating = 'Outstanding' then 1 else 0 end) as outstanding_n
from fct_published_standard_rating
group by standard_name
order by ratings_n desc, standard_name asc
