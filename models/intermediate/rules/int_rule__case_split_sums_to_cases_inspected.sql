with facts as (select * from {{ ref('stg_reports__inspection_facts') }}),

final as (

    select
        'case_split_sums_to_cases_inspected' as rule_id,
        whole.inspection_id,
        'cases inspected' as subject,
        whole.citation_id as citation_id_a,
        community.citation_id as citation_id_b,
        {{ number_text('whole.value_n') }} as value_a,
        concat({{ number_text('community.value_n') }}, ' + ', {{ number_text('post_release.value_n') }}) as value_b,
        cast(whole.value_n - community.value_n - post_release.value_n as {{ type_double() }}) as difference,
        cast(null as {{ dbt.type_string() }}) as computed_explanation
    from facts as whole
    inner join facts as community on whole.inspection_id = community.inspection_id
    inner join facts as post_release on whole.inspection_id = post_release.inspection_id
    where
        whole.fact = 'cases_inspected'
        and community.fact = 'community_cases'
        and post_release.fact = 'post_release_cases'
        and whole.value_n <> community.value_n + post_release.value_n

)

select * from final
