/*
question: Do the published ratings follow from the percentages?
asked_by: Journalists, inspectors, quality development officers
answer: >-
  [% set moved = rows | selectattr("verdict", "equalto", "moved by discretion") | list %] [% set differ = rows |
  selectattr("verdict", "equalto", "differs") | list %] [[ rows | selectattr("verdict", "equalto", "agrees") | list
  | length | part_of(rows | length) | capitalize ]] do. [% if moved %]Professional discretion moved [[ moved |
  length | count ]]: [% for row in moved %][[ row.standard | lower ]] in [[ row.body ]] ([[ row.published ]] instead
  of [[ row.by_the_rules ]])[[ "; " if not loop.last else "." ]] [% endfor %][% endif %] [% if differ %][[ differ |
  length | count | capitalize ]] [[ "differs" if differ | length == 1 else "differ" ]] without the report saying
  why.[% else %]None differs without the report saying so.[% endif %]
caveat: >-
  Only ratings that rest on percentages can be derived; leadership, staff, services and information are judgement.
  Professional discretion is allowed, and the report says in a footnote where it was used: a difference is no error.
columns:
  lowest_yes_pct: Lowest key question (%)
  published: {head: Published, cite: citation_id}
*/
select
    inspections.organisation_name as body,
    standards.standard_name as standard,
    ratings.lowest_yes_pct,
    ratings.rating as published,
    ratings.derived_rating as by_the_rules,
    case
        when ratings.rating_agrees then 'agrees'
        when ratings.is_discretionary then 'moved by discretion'
        else 'differs'
    end as verdict,
    ratings.inspection_id,
    ratings.citation_id
from fct_rating as ratings
inner join dim_inspection as inspections on ratings.inspection_id = inspections.inspection_id
inner join dim_standard as standards on ratings.standard_id = standards.standard_id
where ratings.rating_basis = 'lowest_key_question'
order by
    ratings.rating_agrees asc, inspections.inspection_year desc, ratings.inspection_id asc, standards.standard_order asc
