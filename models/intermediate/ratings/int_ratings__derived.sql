with ratings as (select * from {{ ref('stg_reports__ratings') }}),
discretions as (select * from {{ ref('stg_reports__rating_discretions') }}),
percentages as (select * from {{ ref('int_percentages__possible_counts') }}),
questions as (select * from {{ ref('stg_reference__questions') }}),
standards as (select * from {{ ref('stg_reference__standards') }}),
scale as (select * from {{ ref('stg_reference__rating_scale') }}),
score_bands as (select * from {{ ref('stg_reference__score_bands') }}),
inspections as (select * from {{ ref('stg_reports__inspections') }}),
frameworks as (select * from {{ ref('stg_reference__frameworks') }}),

{# The ratings page is the rating of record; a chapter or annexe stands in where a report has none. #}
ratings_printed_elsewhere as (

    select
        ratings.*,
        row_number() over (
            partition by inspection_id, standard_id
            order by case place when 'chapter' then 0 else 1 end
        ) as place_order
    from ratings
    where {{ printed_only_elsewhere('ratings', 'summary', ['inspection_id', 'standard_id']) }}

),

record as (

    select inspection_id, standard_id, rating_id, as_printed, citation_id
    from ratings
    where place = 'summary'

    union all

    select inspection_id, standard_id, rating_id, as_printed, citation_id
    from ratings_printed_elsewhere
    where place_order = 1

),

ratings_with_rules as (

    select
        record.inspection_id,
        record.standard_id,
        record.rating_id,
        record.as_printed,
        record.citation_id,
        scale.points,
        standards.rating_basis,
        standards.is_case_supervision,
        discretions.citation_id as discretion_citation_id
    from record
    inner join scale on record.rating_id = scale.rating_id
    inner join standards on record.standard_id = standards.standard_id
    left join discretions
        on record.inspection_id = discretions.inspection_id and record.standard_id = discretions.standard_id

),

lowest_questions as (

    select
        percentages.inspection_id,
        percentages.standard_id,
        {# A standard's band is not known where one of its key questions has no percentage. #}
        case when count(percentages.yes_pct) = count(*) then min(percentages.yes_pct) end as lowest_yes_pct,
        count(*) as key_questions_n
    from percentages
    inner join questions on percentages.question_id = questions.question_id
    where questions.question_level = 'key_question'
    group by percentages.inspection_id, percentages.standard_id

),

scores as (

    select inspection_id, sum(points) as score, count(*) as rated_standards_n
    from ratings_with_rules
    where standard_id <> 'overall'
    group by inspection_id

),

derived_ratings as (

    select
        ratings_with_rules.*,
        lowest_questions.lowest_yes_pct,
        lowest_questions.key_questions_n,
        scores.score,
        frameworks.score_max,
        case
            when ratings_with_rules.rating_basis = 'lowest_key_question' then question_scale.rating_id
            when ratings_with_rules.rating_basis = 'score' then score_bands.rating_id
        end as derived_rating_id
    from ratings_with_rules
    inner join inspections on ratings_with_rules.inspection_id = inspections.inspection_id
    inner join frameworks on inspections.framework_id = frameworks.framework_id
    left join lowest_questions
        on
            ratings_with_rules.inspection_id = lowest_questions.inspection_id
            and ratings_with_rules.standard_id = lowest_questions.standard_id
    left join scale as question_scale
        on floor(lowest_questions.lowest_yes_pct + 0.5) between question_scale.low_pct and question_scale.high_pct
    left join scores on ratings_with_rules.inspection_id = scores.inspection_id
    left join score_bands
        on
            frameworks.score_max = score_bands.score_max
            and scores.score between score_bands.low_score and score_bands.high_score
            and 3 * scores.rated_standards_n = frameworks.score_max

)

select * from derived_ratings
