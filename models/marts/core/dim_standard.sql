with standards as (select * from {{ ref('stg_reference__standards') }}),
topics as (select * from {{ ref('stg_reference__topics') }}),

final as (

    select
        standards.standard_id,
        standards.framework_id,
        standards.standard_code,
        standards.standard_name,
        standards.standard_text,
        standards.domain_code,
        standards.domain_name,
        standards.standard_order,
        standards.topic_id,
        topics.topic_name,
        standards.is_rated,
        standards.rating_basis,
        standards.is_case_supervision,
        standards.vocabulary_basis
    from standards
    inner join topics on standards.topic_id = topics.topic_id

)

select * from final
