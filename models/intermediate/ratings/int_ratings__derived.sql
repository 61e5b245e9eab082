{# One row per inspection and rated standard: the printed rating, its discretion, and the rating the rules give. #}
with ratings as (

    select * from {{ ref('stg_reports__ratings') }}

),

discretions as (

    select * from {{ ref('stg_reports__rating_discretions') }}

),

percentages as (

    select * from {{ ref('int_percentages__possible_counts') }}

),

questions as (

    select * from {{ ref('stg_reference__questions') }}

),

standards as (

    select * from {{ ref('stg_reference__standards') }}

),

scale as (

    select * from {{ ref('stg_reference__rating_scale') }}

),

score_bands as (

    select * from {{ ref('stg_reference__score_bands') }}

),

inspections as (

    select * from {{ ref('stg_reports__inspections') }}

),

frameworks as (

    select * from {{ ref('stg_reference__frameworks') }}

),

{# The ratings page is the rating of record; a chapter or annexe stands in where a report has none. #}
standing_in as (

    select
        ratings.*,
        row_number() over (
            partition by inspection_id, standard_id
            order by case place when 'chapter' then 0 else 1 end
        ) as place_order
    from ratings
    where {{ printed_only_elsewhere('ratings', 'summary', ['inspection_id', 'standard_id']) }}

),

of_record as (

    select inspection_id, standard_id, rating_id, as_printed, citation_id
    from ratings
    where place = 'summary'

    union all

    select inspection_id, standard_id, rating_id, as_printed, citation_id
    from standing_in
    where place_order = 1

),

printed as (

    select
        of_record.inspection_id,
        of_record.standard_id,
        of_record.rating_id,
        of_record.as_printed,
        of_record.citation_id,
        scale.points,
        standards.rating_basis,
        standards.is_case_supervision,
        discretions.citation_id as discretion_citation_id
    from of_record
    inner join scale on of_record.rating_id = scale.rating_id
    inner join standards on of_record.standard_id = standards.standard_id
    left join discretions
        on of_record.inspection_id = discretions.inspection_id and of_record.standard_id = discretions.standard_id

),

lowest_questions as (

    select
        percentages.inspection_id,
        percentages.standard_id,
        min(percentages.yes_pct) as lowest_yes_pct,
        count(*) as key_questions_n
    from percentages
    inner join questions on percentages.question_id = questions.question_id
    where questions.question_level = 'key_question'
    group by percentages.inspection_id, percentages.standard_id

),

scores as (

    select inspection_id, sum(points) as score, count(*) as rated_standards_n
    from printed
    where standard_id <> 'overall'
    group by inspection_id

),

derived as (

    select
        printed.*,
        lowest_questions.lowest_yes_pct,
        lowest_questions.key_questions_n,
        scores.score,
        frameworks.score_max,
        case
            when printed.rating_basis = 'lowest_key_question' then question_scale.rating_id
            when printed.rating_basis = 'score' then score_bands.rating_id
        end as derived_rating_id
    from printed
    inner join inspections on printed.inspection_id = inspections.inspection_id
    inner join frameworks on inspections.framework_id = frameworks.framework_id
    left join lowest_questions
        on
            printed.inspection_id = lowest_questions.inspection_id
            and printed.standard_id = lowest_questions.standard_id
    left join scale as question_scale
        on floor(lowest_questions.lowest_yes_pct + 0.5) between question_scale.low_pct and question_scale.high_pct
    left join scores on printed.inspection_id = scores.inspection_id
    left join score_bands
        on
            frameworks.score_max = score_bands.score_max
            and scores.score between score_bands.low_score and score_bands.high_score
            and 3 * scores.rated_standards_n = frameworks.score_max

)

select * from derived
