with recommendations as (select * from {{ ref('stg_reports__recommendations') }}),
titles as (select * from {{ ref('stg_reference__recommendation_titles') }}),
addressees as (select * from {{ ref('stg_reference__addressees') }}),
themes as (select * from {{ ref('stg_reference__themes') }}),

final as (

    select
        recommendations.inspection_id,
        recommendations.recommendation_number,
        recommendations.addressee_id,
        addressees.addressee_name,
        recommendations.addressee_as_printed,
        titles.title,
        titles.theme_id,
        themes.theme_name,
        titles.second_theme_id,
        second_themes.theme_name as second_theme_name,
        recommendations.citation_id
    from recommendations
    inner join addressees on recommendations.addressee_id = addressees.addressee_id
    left join titles
        on
            recommendations.inspection_id = titles.inspection_id
            and recommendations.recommendation_number = titles.recommendation_number
    left join themes on titles.theme_id = themes.theme_id
    left join themes as second_themes on titles.second_theme_id = second_themes.theme_id

)

select * from final
