{# Which finding each breach is a print of. One contradiction is one finding, however often it is printed: the first
   breach of a contradiction is the finding, the others are further prints of it.

   Breaches of one rule are one contradiction where the same fact is printed again and held against the same print; where
   a rule gives one finding per survey, also where they are about the answers to one survey; where it gives one per print,
   where their first print is the same. Breaches of different rules are one contradiction where a row of
   known_discrepancies.csv says so (same_as). #}
with breaches as (select * from {{ ref('int_discrepancies__found') }}),
rules as (select * from {{ ref('stg_reference__consistency_rules') }}),
figures as (select * from {{ ref('int_reported_figures__normalised') }}),
populations as (select * from {{ ref('stg_reference__populations') }}),
known as (select * from {{ ref('stg_reference__known_discrepancies') }}),

identified as (

    select
        breaches.rule_id,
        breaches.citation_id_a,
        breaches.citation_id_b,
        {{ discrepancy_id('breaches.') }} as breach_id,
        figures.line_number,
        figures.column_number,
        known.same_as,
        case
            when rules.one_finding_per = 'print' then breaches.citation_id_a
            when rules.one_finding_per = 'survey' and populations.is_survey
                then concat(figures.inspection_id, '/', figures.population_id)
            when figures.fact_key is not null
                then concat(
                    figures.inspection_id, '/', figures.fact_key, '/', coalesce(breaches.citation_id_b, ''), '/',
                    coalesce({{ number_text(rounded('breaches.difference', 2)) }}, '')
                )
            else {{ discrepancy_id('breaches.') }}
        end as contradiction
    from breaches
    inner join rules on breaches.rule_id = rules.rule_id
    left join figures on breaches.citation_id_a = figures.citation_id
    left join populations on figures.population_id = populations.population_id
    left join known
        on
            breaches.rule_id = known.rule_id
            and breaches.citation_id_a = known.citation_id_a
            and coalesce(breaches.citation_id_b, '') = coalesce(known.citation_id_b, '')

),

in_order as (

    select
        identified.*,
        row_number() over (
            partition by rule_id, contradiction
            order by line_number, column_number, citation_id_a, citation_id_b
        ) as print_order
    from identified

),

first_prints as (

    select
        rule_id,
        contradiction,
        coalesce(same_as, breach_id) as discrepancy_id
    from in_order
    where print_order = 1

),

final as (

    select
        in_order.rule_id,
        in_order.citation_id_a,
        in_order.citation_id_b,
        in_order.breach_id,
        coalesce(in_order.same_as, first_prints.discrepancy_id) as discrepancy_id
    from in_order
    inner join first_prints
        on in_order.rule_id = first_prints.rule_id and in_order.contradiction = first_prints.contradiction

)

select * from final
