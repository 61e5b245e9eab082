{# SQL macros stored in the file, for analysts' own numbers. They are created after start_here, which lists them, in the
   schema of the marts, and persist in the file; DuckLake keeps them without comments. Other engines have no such macros:
   nothing is created there.

   None calls another, so that each works from a file that is attached under any name. #}
{% macro create_analyst_macros() -%}
    {{ return(adapter.dispatch('create_analyst_macros', 'pdu_inspections')()) }}
{%- endmacro %}

{% macro default__create_analyst_macros() -%}
{%- endmacro %}

{# Quantile of the normal distribution by Acklam's rational approximation, relative error below 1.2e-9, where p is above
   one half, as it is wherever an interval is asked for. A lambda over a list of one names a value that would else be
   written out, and planned, wherever it is used: with intervals of intervals that is most of a query's time. The names are
   long so that they hide no column of a caller. #}
{% macro normal_quantile_expression(p) -%}
    case
        when {{ p }} <= 0.97575
            then list_transform([{{ p }} - 0.5], lambda quantile_q: list_transform(
                [quantile_q * quantile_q],
                lambda quantile_r: quantile_q * (
                    ((((-3.969683028665376e+01 * quantile_r + 2.209460984245205e+02) * quantile_r
                        - 2.759285104469687e+02) * quantile_r + 1.383577518672690e+02) * quantile_r
                        - 3.066479806614716e+01) * quantile_r + 2.506628277459239e+00
                ) / (
                    ((((-5.447609879822406e+01 * quantile_r + 1.615858368580409e+02) * quantile_r
                        - 1.556989798598866e+02) * quantile_r + 6.680131188771972e+01) * quantile_r
                        - 1.328068155288572e+01) * quantile_r + 1
                )
            )[1])[1]
        else list_transform([sqrt(-2 * ln(1 - {{ p }}))], lambda quantile_t: -(
            ((((-7.784894002430293e-03 * quantile_t - 3.223964580411365e-01) * quantile_t
                - 2.400758277161838e+00) * quantile_t - 2.549732539343734e+00) * quantile_t
                + 4.374664141464968e+00) * quantile_t + 2.938163982698783e+00
        ) / (
            (((7.784695709041462e-03 * quantile_t + 3.224671290700398e-01) * quantile_t
                + 2.445134137142996e+00) * quantile_t + 3.754408661907416e+00) * quantile_t + 1
        ))[1]
    end
{%- endmacro %}

{% macro wilson_expression(k, n, sign) -%}
    round(100 * (
        ({{ k }} + wilson_z * wilson_z / 2)
        {{ sign }} wilson_z * sqrt(greatest(
            cast({{ k }} as double) * ({{ n }} - {{ k }}) / nullif({{ n }}, 0) + wilson_z * wilson_z / 4, 0
        ))
    ) / (nullif({{ n }}, 0) + wilson_z * wilson_z), 2)
{%- endmacro %}

{# Branches of a case that refuse counts and a confidence that make no sense, saying what is expected.
   counts: pairs of names, such as [('k', 'n')]. #}
{% macro refused_arguments(macro_name, counts) -%}
    {%- for k, n in counts %}
            when {{ n }} < 0 or {{ n }} <> floor({{ n }}) then error(concat(
                '{{ macro_name }}: {{ n }} is the number of cases, a whole number of 0 or more; found ', {{ n }}
            ))
            when {{ k }} < 0 or {{ k }} > {{ n }} or {{ k }} <> floor({{ k }}) then error(concat(
                '{{ macro_name }}: {{ k }} is a count of the {{ n }} cases, a whole number from 0 to {{ n }}; found ',
                {{ k }}, ' of ', {{ n }}
            ))
    {%- endfor %}
            when confidence < 50 or confidence >= 100 then error(concat(
                '{{ macro_name }}: confidence is in per cent, from 50 to below 100 (95, not 0.95); found ', confidence
            ))
{%- endmacro %}

{% macro duckdb__create_analyst_macros() -%}
    {#- Macro of earlier versions, which the others called. -#}
    drop macro if exists {{ target.schema }}.normal_quantile;
    {%- for bound, sign in [('low', '-'), ('high', '+')] %}
    create or replace macro {{ target.schema }}.wilson_{{ bound }}(k, n, confidence := 95) as (
        case
            {{- refused_arguments('wilson_' ~ bound, [('k', 'n')]) }}
            else list_transform(
                [{{ normal_quantile_expression('(0.5 + confidence / 200.0)') }}],
                lambda wilson_z: {{ wilson_expression('k', 'n', sign) }}
            )[1]
        end
    );
    create or replace macro {{ target.schema }}.newcombe_{{ bound }}(k1, n1, k2, n2, confidence := 95) as (
        case
            {{- refused_arguments('newcombe_' ~ bound, [('k1', 'n1'), ('k2', 'n2')]) }}
            else list_transform(
                [{{ normal_quantile_expression('(0.5 + confidence / 200.0)') }}],
                lambda wilson_z: round(
                    100.0 * k1 / nullif(n1, 0) - 100.0 * k2 / nullif(n2, 0) {{ sign }} sqrt(
                        power(100.0 * k1 / nullif(n1, 0) - {{ wilson_expression('k1', 'n1', sign) }}, 2)
                        + power(
                            100.0 * k2 / nullif(n2, 0) - {{ wilson_expression('k2', 'n2', '+' if sign == '-' else '-') }},
                            2
                        )
                    ), 2
                )
            )[1]
        end
    );
    {%- endfor %}
    create or replace macro {{ target.schema }}.possible_counts(pct, n) as (
        case
            when n < 0 or n <> floor(n) or n > 1000000 then error(concat(
                'possible_counts: n is the number of cases, a whole number from 0 to 1,000,000; found ', n
            ))
            when pct < 0 or (pct > 0 and pct < 1 and pct * n < 50) then error(concat(
                'possible_counts: pct is in per cent, from 0 to 100 (9, not 0.09); found ', pct, ' of ', n
            ))
            else list_filter(
                range(0, cast(n as bigint) + 1),
                lambda k: k between {{ lowest_possible_count('pct', 'n', decimals_of_value('pct')) }}
                and {{ highest_possible_count('pct', 'n', decimals_of_value('pct')) }}
            )
        end
    );
    {%- if not target.path.startswith('ducklake:') %}
    comment on macro {{ target.schema }}.wilson_low is
    'Lower bound in per cent of the Wilson interval of k in n; confidence in per cent (95). Takes cases as independent.';
    comment on macro {{ target.schema }}.wilson_high is
    'Upper bound in per cent of the Wilson interval of k in n; confidence in per cent (95). Takes cases as independent.';
    comment on macro {{ target.schema }}.newcombe_low is
    'Lower bound in points of the Newcombe interval of k1 in n1 less k2 in n2, two samples without a case in common.';
    comment on macro {{ target.schema }}.newcombe_high is
    'Upper bound in points of the Newcombe interval of k1 in n1 less k2 in n2, two samples without a case in common.';
    comment on macro {{ target.schema }}.possible_counts is
    'Counts of n that round to a percentage printed with its decimals, half up or half to even; none if n is not its base.';
    {%- endif -%}
{%- endmacro %}
