/*
question: How often was work before release from prison good enough?
asked_by: Resettlement leads, prisons
answer: >-
  [% set annexe = rows | selectattr("place", "equalto", "annexe") | list %] [% set neither = annexe |
  rejectattr("fits_all") | rejectattr("fits_post_release") | list %] [% set worded = rows | selectattr("is_in_words")
  | list %] [% if annexe %]The annexes print from [[ annexe | map(attribute="pct") | min | pct ]] to [[ annexe |
  map(attribute="pct") | max | pct ]], of a base that they do not name; [[ neither | length | part_of(annexe | length)
  ]] percentages [[ "fits" if neither | length == 1 else "fit" ]] neither all inspected nor the post-release cases.[%
  endif %] The text of PDU reports prints [[ (rows | length) - (annexe | length) ]] figures of the same things, [[
  worded | length | count ]] of them with a hedge[% if worded %], such as “[[ worded[0].printed ]]” ([[ worded[0].body
  ]])[% endif %].
caveat: >-
  The annexe heads these prompts as for post-custody cases only. The last columns say whether a percentage is possible
  as a share of all inspected or of the post-release cases. The text gives other figures for the same prompts. Read
  both before quoting any of them. A share in words stands as it is printed and not as a number. What the CRC report
  prints is in question 504.
columns:
  place: Printed in
  pct: Share, if no hedge is printed (%)
  fits_all: Possible of all cases
  fits_post_release: Possible of post-release cases
  is_in_words: hidden
*/
with printed as (
    select
        prompts.inspection_id,
        prompts.question_id,
        'annexe' as place,
        questions.question_text as what,
        citations.as_printed,
        null as hedge,
        prompts.yes_pct as pct,
        prompts.yes_n as k,
        prompts.cases_n as n,
        prompts.citation_id
    from fct_prompt as prompts
    inner join dim_question as questions on prompts.question_id = questions.question_id
    inner join dim_citation as citations on prompts.citation_id = citations.citation_id
    where prompts.post_custody_only
    union all
    select
        inspection_id,
        question_id,
        'text' as place,
        description as what,
        as_stated as as_printed,
        hedge,
        value_pct as pct,
        cast(numerator_n as integer) as k,
        denominator_n as n,
        citation_id
    from fct_reported_figure
    where question_id like 'pdu_2021.2.4.4.%'
)

select
    inspections.organisation_name as body,
    printed.place,
    printed.what,
    printed.as_printed as printed,
    case when printed.hedge is null or printed.hedge = 'only' then printed.pct end as pct,
    printed.k,
    printed.n,
    case
        when printed.place = 'annexe' then len(possible_counts(printed.pct, inspections.cases_inspected)) > 0
    end as fits_all,
    case
        when printed.place = 'annexe' then len(possible_counts(printed.pct, inspections.post_release_cases)) > 0
    end as fits_post_release,
    coalesce(printed.hedge, 'only') <> 'only' as is_in_words,
    printed.inspection_id,
    printed.citation_id
from printed
inner join dim_inspection as inspections on printed.inspection_id = inspections.inspection_id
order by printed.inspection_id, printed.question_id, printed.place, printed.what, printed.citation_id
