-- Inspections first_i to last_i of n_inspections, with everything a report is written from. Twenty in a row share four
-- areas: one inspection of a probation area, two of the CRC of all four, and five rounds of their PDUs. b: the twenty's
-- number; kind: the layout; breach_*: what is planted. draw(i, salt, below) is a number as good as drawn. neighbours
-- holds the whole of the first twenty, bodies the inspections asked for.
create or replace temp table neighbours as
with numbered as (
    select i, i // 20 as b, i % 20 as j from range(first_i() // 20 * 20, last_i()) as numbers (i)
),
placed as (
    select
        *,
        case when j = 0 then 'esi' when j < 3 then 'crc' when j % 3 = 0 then 'short' else 'long' end as kind,
        case when j < 3 then 0 else (j - 3) % 4 end as area,
        case when j = 0 then 0 when j < 3 then j - 1 else (j - 3) // 4 end as round_n,
        format('b{:06d}', b) as block
    from numbered
),
named as (
    select
        *,
        kind in ('short', 'long') as is_pdu,
        case kind when 'esi' then 2005 when 'crc' then 2018 + round_n else 2021 + round_n end as year_n,
        case kind when 'esi' then 'esi_2003' when 'crc' then 'crc_2018' else 'pdu_2021' end as framework_id,
        case kind
            when 'esi' then format('{}_a0_area', block)
            when 'crc' then format('{}_crc', block)
            else format('{}_a{}_pdu', block, area)
        end as organisation_id,
        case kind
            when 'esi' then format('Area {}-0 Probation Area', b)
            when 'crc' then format('Region {} CRC', b)
            else format('Area {}-{} PDU', b, area)
        end as organisation_name,
        25 + draw(i, 1, 80) as cases_n
    from placed
),
counted as (
    select
        *,
        format('{}_{}', organisation_id, year_n) as id,
        cases_n * 3 // 10 as post_release_n,
        cases_n - cases_n * 3 // 10 as community_n,
        15 + draw(i, 2, 26) as court_n,
        12 + draw(i, 3, 60) as practitioners_n,
        30 + draw(i, 4, 50) as contacts_n,
        15 + draw(i, 5, 25) as survey_n,
        cases_n * 8 // 10 as planning_safety_n,
        cases_n * 5 // 10 as reviewing_safety_n,
        20 + draw(i, 6, 20) as unpaid_n,
        10 + draw(i, 7, 20) as gate_n,
        20 + draw(i, 8, 61) as quality,
        8 + draw(i, 9, 8) as spo_n,
        30 + draw(i, 10, 50) as po_n,
        30 + draw(i, 11, 60) as pso_n,
        20 + draw(i, 12, 40) as other_n,
        5 + draw(i, 13, 10) as vacancy_spo,
        15 + draw(i, 14, 15) as vacancy_po,
        10 + draw(i, 15, 10) as vacancy_pso,
        30 + draw(i, 16, 15) as average_po,
        35 + draw(i, 17, 15) as average_pso,
        1 + draw(i, 18, 9) as buildings_seed
    from named
),
derived as (
    select
        *,
        spo_n + po_n + pso_n + other_n as staff_n,
        po_n * average_po + pso_n * average_pso as held_n,
        -- the vacancies of the grades as a share of all staff, rounded up: what the overall rate must cover
        ceil(100.0 * (
            spo_n * vacancy_spo / (100.0 - vacancy_spo)
            + po_n * vacancy_po / (100.0 - vacancy_po)
            + pso_n * vacancy_pso / (100.0 - vacancy_pso)
        ) / (spo_n + po_n + pso_n + other_n)) as vacancy_all
    from counted
)
select
    derived.*,
    -- a court work base differs from the cases; a share impossible for the cases exists for most bases below 100
    impossible.pcts as impossible_pcts,
    kind <> 'esi' and breaks(i, 1) as breach_rating,
    kind <> 'esi' and breaks(i, 2) as breach_place,
    is_pdu and breaks(i, 3) as breach_score,
    is_pdu and breaks(i, 4) as breach_overall,
    kind <> 'esi' and breaks(i, 5) as wants_leadership,
    is_pdu and breaks(i, 6) and len(impossible.pcts) > 0 as breach_key_question,
    kind = 'long' and breaks(i, 7) and len(impossible.pcts) > 0 as breach_prompt,
    kind = 'long' and breaks(i, 8) as breach_post_custody,
    is_pdu and breaks(i, 9) as breach_split,
    kind <> 'esi' and breaks(i, 10) as breach_isbn,
    is_pdu and breaks(i, 11) as breach_parts,
    is_pdu and breaks(i, 12) as breach_share,
    kind = 'long' and breaks(i, 13) as breach_officers,
    kind = 'long' and breaks(i, 14) as breach_vacancy,
    kind = 'long' and breaks(i, 15) as breach_label,
    kind = 'long' and breaks(i, 16) and len(impossible.pcts) > 0 as breach_characteristic,
    kind = 'crc' and breaks(i, 17) as breach_second_place,
    kind = 'esi' and breaks(i, 18) as breach_criterion,
    kind = 'crc' and breaks(i, 19) as breach_band,
    kind = 'long' and breaks(i, 20) as breach_predecessor,
    kind = 'long' and breaks(i, 21) and not breaks(i, 20) as breach_dated,
    is_pdu and breaks(i, 22) as breach_text,
    is_pdu and breaks(i, 23) as breach_count,
    is_pdu and breaks(i, 24) as breach_complement,
    is_pdu and breaks(i, 25) as breach_same_fact,
    is_pdu and round_n in (1, 3) and breaks(i, 26) as breach_other_report,
    is_pdu and breaks(i, 27) as breach_population,
    is_pdu and breaks(i, 28) and not breaks(i, 27) as breach_base,
    is_pdu and breaks(i, 29) as breach_hedge,
    is_pdu and breaks(i, 30) as breach_fraction,
    is_pdu and breaks(i, 31) as breach_possible,
    is_pdu and breaks(i, 32) as breach_whole,
    kind = 'long' and breaks(i, 33) as breach_measure,
    kind = 'long' and breaks(i, 34) as breach_misprint,
    kind = 'long' and breaks(i, 35) as breach_beyond_prompts
from derived
left join impossible on derived.cases_n = impossible.n;

create or replace temp table bodies as
select * from neighbours where i >= first_i();

-- Every question's percentage as the tables print it first. line_n: its line; the results annexe of a CRC repeats it.
create or replace temp table answers as
with asked as (
    select
        bodies.*,
        questions.question_id,
        questions.standard_id,
        questions.question_text,
        questions.question_level,
        questions.parent_question_id,
        questions.question_order,
        questions.flags,
        questions.question_n,
        questions.question_line,
        questions.post_custody_only,
        case
            when questions.standard_id = 'pdu_2021.2.1' then court_n
            when questions.question_id = 'crc_2018.2.2.3' then planning_safety_n
            when questions.question_id = 'crc_2018.2.4.3' then reviewing_safety_n
            when questions.standard_id = 'crc_2018.4.1' then unpaid_n
            when questions.standard_id = 'crc_2018.4.2' then gate_n
            else cases_n
        end as base_n
    from bodies
    inner join questions
        on
            bodies.framework_id = questions.framework_id
            and (questions.question_level = 'key_question' or bodies.kind = 'long')
),
drawn as (
    select
        *,
        case
            when post_custody_only and question_level = 'prompt'
                then case
                    when breach_post_custody and question_id = 'pdu_2021.2.4.4.1' then 1
                    else base_n * draw(i, 500 + question_n, 2)
                end
            else cast(round(
                base_n * greatest(2, least(98, quality - 20 + draw(i, 500 + question_n, 41))) / 100.0
            ) as integer)
        end as drawn_n
    from asked
),
keys as (
    select
        i,
        question_id,
        case
            when breach_key_question and question_id = 'pdu_2021.2.3.2'
                then impossible_pcts[1 + draw(i, 40, len(impossible_pcts))]
            else cast(floor(100.0 * drawn_n / base_n + 0.5) as integer)
        end as key_pct
    from drawn
    where question_level = 'key_question'
),
-- the second prompt of a key question is not above it, the third not below it; all are below where that is planted
judged as (
    select
        drawn.*,
        keys.key_pct,
        case
            when keys.i is null then drawn_n
            when drawn.breach_beyond_prompts and drawn.parent_question_id = 'pdu_2021.2.3.3'
                then greatest(0, cast(floor(base_n * keys.key_pct / 100.0) as integer) - 1 - drawn.question_order)
            when drawn.question_order = 2
                then least(drawn_n, cast(floor(base_n * keys.key_pct / 100.0) as integer))
            when drawn.question_order = 3
                then greatest(drawn_n, cast(ceil(base_n * keys.key_pct / 100.0) as integer))
            else drawn_n
        end as yes_n
    from drawn
    left join keys on drawn.i = keys.i and drawn.parent_question_id = keys.question_id
)
select
    * exclude (drawn_n, key_pct),
    case
        when
            (breach_key_question and question_id = 'pdu_2021.2.3.2')
            or (breach_prompt and question_id = 'pdu_2021.2.2.1.1')
            then impossible_pcts[1 + draw(i, 40, len(impossible_pcts))]
        else cast(floor(100.0 * yes_n / base_n + 0.5) as integer)
    end as pct
from judged;

-- Ratings as printed, in points: case standards by their lowest question, the rest by judgement, then what follows.
create or replace temp table ratings as
with lowest as (
    select i, standard_id, min(pct) as lowest_pct
    from answers
    where question_level = 'key_question'
    group by i, standard_id
),
rated as (
    select
        bodies.*,
        standards.standard_id,
        standards.standard_name,
        standards.standard_n,
        standards.is_case_supervision,
        standards.rating_basis,
        standards.topic_id,
        lowest.lowest_pct,
        case
            when lowest.lowest_pct < 50 then 0
            when lowest.lowest_pct < 65 then 1
            when lowest.lowest_pct < 80 then 2
            else 3
        end as by_rule
    from bodies
    inner join standards on bodies.framework_id = standards.framework_id
    left join lowest on bodies.i = lowest.i and standards.standard_id = lowest.standard_id
),
printed as (
    select
        *,
        case
            when rating_basis = 'lowest_key_question'
                then case
                    when breach_rating and topic_id = 'assessment' then case when by_rule = 3 then 2 else by_rule + 1 end
                    else by_rule
                end
            else draw(i, 700 + standard_n, 4)
        end as points_before
    from rated
),
best as (
    select *, max(case when is_case_supervision then points_before end) over (partition by i) as best_points
    from printed
)
select
    * exclude (points_before),
    case
        when topic_id = 'leadership' and best_points <= 1
            then case when wants_leadership then 2 else least(points_before, 1) end
        else points_before
    end as points,
    topic_id = 'leadership' and best_points <= 1 and wants_leadership as breach_leadership
from best;

create or replace temp table overall as
with summed as (
    select i, any_value(framework_id) as framework_id, cast(sum(points) as integer) as score
    from ratings
    group by i
)
select
    bodies.*,
    summed.score,
    bands.score_max,
    bands.points as by_rule,
    case when bodies.breach_overall then case when bands.points = 3 then 2 else bands.points + 1 end else bands.points end
        as points,
    case
        when bodies.breach_score then case when summed.score = bands.score_max then summed.score - 1 else summed.score + 1 end
        else summed.score
    end as printed_score
from bodies
inner join summed on bodies.i = summed.i
inner join score_bands as bands
    on summed.framework_id = bands.framework_id and summed.score between bands.low_score and bands.high_score;
