{# Pairs of statements in running text that should agree, each pair once.

   same_fact: of several statements of a fact in one report, the first exact one beside every other.
   same_fact_elsewhere: the first exact statements of a fact in two reports.
   same_question: two statements of one report that restate a question about the same cases and are not known to state
   the same fact.

   They disagree where what they may stand for does not overlap: values, counts beside values, printed percentages by
   more than rounding to the coarser of the two, anything else by the shares it may stand for, turned to the share that
   met what was wanted. Success and failure of a question that does not apply to every case disagree only where they are
   more than the whole. #}
with figures as (select * from {{ ref('int_reported_figures__normalised') }}),
restatements as (select * from {{ ref('int_reported_figures__against_questions') }}),

statements as (

    select
        figures.*,
        restatements.may_not_apply,
        restatements.citation_id is not null as is_restating,
        coalesce(figures.value, figures.numerator_n) as counted,
        row_number() over (
            partition by figures.document_id, figures.fact_key
            order by
                case when figures.is_exact or figures.value is not null then 0 else 1 end,
                figures.line_number, figures.column_number
        ) as statement_order
    from figures
    left join restatements on figures.citation_id = restatements.citation_id

),

{# Each pair with its kind, the key that the two share, and the citations. #}
pairs as (

    select 'same_fact' as pair_kind, one.citation_id as citation_id_a, other.citation_id as citation_id_b
    from statements as one
    inner join statements as other on one.document_id = other.document_id and one.fact_key = other.fact_key
    where one.statement_order = 1 and other.statement_order > 1

    union all

    select 'same_fact_elsewhere' as pair_kind, one.citation_id as citation_id_a, other.citation_id as citation_id_b
    from statements as one
    inner join statements as other on one.fact_key = other.fact_key and one.document_id < other.document_id
    where one.statement_order = 1 and other.statement_order = 1

    union all

    select 'same_question' as pair_kind, one.citation_id as citation_id_a, other.citation_id as citation_id_b
    from statements as one
    inner join statements as other
        on
            one.inspection_id = other.inspection_id
            and one.question_id = other.question_id
            and one.case_group_id = other.case_group_id
            and {{ comes_before(
                'one.line_number', 'one.column_number', 'other.line_number', 'other.column_number'
            ) }}
    where
        one.is_restating
        and other.is_restating
        and coalesce(one.fact_key, one.citation_id) <> coalesce(other.fact_key, other.citation_id)

),

final as (

    select
        pairs.pair_kind,
        one.inspection_id,
        one.description,
        pairs.citation_id_a,
        pairs.citation_id_b,
        one.as_stated as value_a,
        other.as_stated as value_b,
        cast(
            case
                when one.value is not null or other.value is not null then one.counted - other.counted
                else one.success_pct - other.success_pct
            end as {{ type_double() }}
        ) as difference,
        case
            when one.value is not null and other.value is not null
                then one.value_low > other.value_high or one.value_high < other.value_low
            when one.value is not null or other.value is not null then one.counted <> other.counted
            when
                pairs.pair_kind = 'same_question' and one.may_not_apply and one.polarity <> other.polarity
                and case
                    when one.polarity = 'failure' then other.success_pct <= one.success_pct
                    else one.success_pct <= other.success_pct
                end
                then false
            when one.is_percentage and other.is_percentage and one.is_exact and other.is_exact
                then
                    abs(one.success_pct - other.success_pct)
                    > case when one.polarity = other.polarity then 0.5 else 1 end
                    / power(10, least(one.decimals, other.decimals))
            else one.success_low_pct > other.success_high_pct or one.success_high_pct < other.success_low_pct
        end as disagree
    from pairs
    inner join statements as one on pairs.citation_id_a = one.citation_id
    inner join statements as other on pairs.citation_id_b = other.citation_id

)

select * from final
