/*
question: What overall scores are known, and how are they distributed?
asked_by: Journalists, researchers
answer: >-
  [% for of, group in rows | groupby("out_of") %]Out of [[ of ]], from published pages: [[ group |
  map(attribute="pdus_n") | sum | count("score") ]], [[ group | map(attribute="derived_n") | sum | int | count ]] of
  them derived, lowest [[ group[0].score ]] ([[ group[0].pdus_n | count("body", "bodies") ]]), highest [[
  group[-1].score ]] ([[ group[-1].pdus_n | count("body", "bodies") ]]). [% endfor %] Most pages give none; scores
  read from reports are in question 106.
caveat: >-
  Few pages give a score, and nearly always to say how low it is: this is the low end of the distribution, not the
  distribution. Scores out of 27 and out of 21 are not comparable. A derived score is worked out from the ratings of
  standards that news tells.
columns:
  pdus_n: Bodies
  derived_n: Of these derived
  pdus: Which
*/
select
    score_max as out_of,
    case
        when score_low = score_high then cast(score_low as varchar)
        else concat(score_low, ' to ', score_high)
    end as score,
    count(*) as pdus_n,
    sum(case when score_basis = 'derived' then 1 else 0 end) as derived_n,
    string_agg(concat(body_name, ' ', published_year), '; ' order by body_name) as pdus
from fct_published_rating
where score_low is not null
group by score_max, score_low, score_high
order by score_max desc, score_low asc, score_high asc
