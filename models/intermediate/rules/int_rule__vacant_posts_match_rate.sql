{# Vacant posts over all posts, filled and vacant, must come to the vacancy rate within a point, which covers the
   rounding of the staff in post. #}
{%- set vacant_pct = percentage('posts.posts_n', '(grades.staff_n + posts.posts_n)') -%}
with grades as (select * from {{ ref('int_staffing__by_grade') }}),
staff_grades as (select * from {{ ref('stg_reference__staff_grades') }}),
figures as (select * from {{ ref('int_reported_figures__normalised') }}),

posts as (

    select
        inspection_id,
        grade_id,
        value as posts_n,
        as_printed,
        citation_id
    from figures
    where measure_id = 'vacant_posts' and comparator_kind is null

),

final as (

    select
        'vacant_posts_match_rate' as rule_id,
        posts.inspection_id,
        concat('vacant posts: ', lower(staff_grades.grade_name)) as subject,
        posts.citation_id as citation_id_a,
        grades.vacancy_citation_id as citation_id_b,
        concat(posts.as_printed, ' posts beside ', {{ number_text('grades.staff_n') }}, ' staff') as value_a,
        concat({{ number_text('grades.vacancy_pct') }}, '%') as value_b,
        {{ vacant_pct }} - grades.vacancy_pct as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from posts
    inner join grades on posts.inspection_id = grades.inspection_id and posts.grade_id = grades.grade_id
    inner join staff_grades on posts.grade_id = staff_grades.grade_id
    where
        abs({{ vacant_pct }} - grades.vacancy_pct) > 1

)

select * from final
