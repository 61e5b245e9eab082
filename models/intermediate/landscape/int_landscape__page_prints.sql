with ratings as (select * from {{ ref('int_landscape__published_inspections') }}),
standard_ratings as (select * from {{ ref('stg_landscape__published_standard_ratings') }}),
figures as (select * from {{ ref('stg_landscape__published_figures') }}),

prints as (

    select
        citation_id,
        document_id,
        programme_name as section,
        coalesce(rating_name, 'not rated') as as_printed,
        source_type,
        body_name,
        published_year,
        url
    from ratings

    union all

    select
        standard_ratings.citation_id,
        standard_ratings.document_id,
        ratings.programme_name as section,
        standard_ratings.as_printed,
        standard_ratings.source_type,
        ratings.body_name,
        ratings.published_year,
        standard_ratings.url
    from standard_ratings
    inner join ratings on standard_ratings.published_rating_id = ratings.published_rating_id

    union all

    select
        figures.citation_id,
        figures.document_id,
        coalesce(ratings.programme_name, 'Pages about several inspections') as section,
        figures.as_printed,
        figures.source_type,
        figures.body_name,
        cast(extract(year from figures.published_date) as integer) as published_year,
        figures.url
    from figures
    left join ratings on figures.published_rating_id = ratings.published_rating_id

),

final as (

    select
        citation_id,
        document_id,
        section,
        as_printed,
        concat(
            case source_type
                when 'primary' then 'Page of the Inspectorate about '
                when 'secondary' then 'News page about '
                else 'Copy of the report on '
            end,
            body_name, ', ', coalesce({{ number_text('published_year') }}, 'year not known'), ': ',
            case when as_printed = 'not rated' then as_printed else concat('“', as_printed, '”') end,
            ', ', coalesce(url, 'address not kept')
        ) as locator,
        url
    from prints

)

select * from final
