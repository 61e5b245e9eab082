/*
question: What do public pages print about keeping people safe across the country?
asked_by: Journalists, policy teams
answer: >-
  [% set counted = rows | selectattr("is_exact") | sort(attribute="share_pct") | list %] [[ rows | length |
  count("figure") | capitalize ]] of sufficient work about [[ rows | map(attribute="body") | unique | list | length |
  count("body", "bodies") ]]. [% if counted %]Lowest of those in exact numbers is “[[ cite(counted[0].printed,
  counted[0].citation_id) ]]” ([[ counted[0].body ]], [[ counted[0].published | dated("year") ]]: [[ counted[0].what
  ]]); highest is “[[ cite(counted[-1].printed, counted[-1].citation_id) ]]” ([[ counted[-1].body ]], [[
  counted[-1].published | dated("year") ]]: [[ counted[-1].what ]]).[% endif %]
caveat: >-
  From the beginnings of public pages, which print what is newsworthy: a figure that is not here was perhaps printed
  further down, and nothing can be averaged. Bodies, stages and years differ. Words keep their words: the chart shows
  exact numbers only. Never mixed with figures read from reports.
chart:
  kind: bars
  title: Share of cases with sufficient work to keep people safe, as public pages print it in exact numbers
  value: share_pct
  label: [body, year, stage]
  only: {is_exact: true}
  highest: 100
columns:
  share_pct: Share, if printed as a number (%)
  source: Page of
  year: hidden
  is_exact: hidden
*/
select
    coalesce(stage_name, 'no stage named') as stage,
    body_name as body,
    measure as what,
    as_printed as printed,
    case
        when hedge_id is null and not is_fraction_in_words and unit = 'per_cent' then value
        when hedge_id is null and numerator_n is not null and unit = 'cases'
            then round(100.0 * numerator_n / denominator_n, 0)
    end as share_pct,
    published_date as published,
    case source_type when 'primary' then 'the Inspectorate' else 'news' end as source,
    cast(extract(year from published_date) as integer) as year,
    (
        (hedge_id is null and not is_fraction_in_words and unit = 'per_cent')
        or (hedge_id is null and numerator_n is not null and unit = 'cases')
    ) as is_exact,
    case when body_type = 'pdu' then body_id end as pdu_id,
    citation_id,
    'year' as published_precision
from fct_published_figure
where
    topic_id = 'safety'
    and is_about_body
    and unit in ('per_cent', 'cases')
    and (
        measure like '%sufficient%' or measure like '%satisfactory%' or measure like '%required standard%'
        or measure like '%effective%'
    )
    and measure not like '%insufficient%'
order by stage, share_pct nulls last, published_date, body_name, citation_id
