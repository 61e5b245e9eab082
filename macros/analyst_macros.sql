{# SQL macros stored in the file, for analysts' own numbers. They are created when a build ends, in the schema of the
   marts, and persist in the file; DuckLake keeps them without comments. Other engines have no such macros: nothing is
   created there. #}
{% macro create_analyst_macros() -%}
    {{ return(adapter.dispatch('create_analyst_macros', 'pdu_inspections')()) }}
{%- endmacro %}

{% macro default__create_analyst_macros() -%}
{%- endmacro %}

{# Wilson bound of k in n, where the quantile is wilson_z. #}
{% macro _wilson_for_analysts(k, n, sign) -%}
    round(100 * (
        ({{ k }} + wilson_z * wilson_z / 2)
        {{ sign }} wilson_z * sqrt(greatest(
            cast({{ k }} as double) * ({{ n }} - {{ k }}) / nullif({{ n }}, 0) + wilson_z * wilson_z / 4, 0
        ))
    ) / (nullif({{ n }}, 0) + wilson_z * wilson_z), 2)
{%- endmacro %}

{% macro duckdb__create_analyst_macros() -%}
    {#- A lambda over a list of one names a value that would else be written out, and planned, wherever it is used: with
        intervals of intervals that is most of a query's time. The names are long lest a caller's column has one.

        Quantile of the normal distribution by Acklam's rational approximation, relative error below 1.2e-9; p is above
        one half wherever an interval is asked for. -#}
    create or replace macro {{ target.schema }}.normal_quantile(p) as (
        case
            when p <= 0.97575
                then list_transform([p - 0.5], lambda quantile_q: list_transform(
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
            else list_transform([sqrt(-2 * ln(1 - p))], lambda quantile_t: -(
                ((((-7.784894002430293e-03 * quantile_t - 3.223964580411365e-01) * quantile_t
                    - 2.400758277161838e+00) * quantile_t - 2.549732539343734e+00) * quantile_t
                    + 4.374664141464968e+00) * quantile_t + 2.938163982698783e+00
            ) / (
                (((7.784695709041462e-03 * quantile_t + 3.224671290700398e-01) * quantile_t
                    + 2.445134137142996e+00) * quantile_t + 3.754408661907416e+00) * quantile_t + 1
            ))[1]
        end
    );
    {%- for bound, sign in [('low', '-'), ('high', '+')] %}
    create or replace macro {{ target.schema }}.wilson_{{ bound }}(k, n, confidence) as (
        list_transform(
            [{{ target.schema }}.normal_quantile(0.5 + confidence / 200.0)],
            lambda wilson_z: {{ _wilson_for_analysts('k', 'n', sign) }}
        )[1]
    );
    create or replace macro {{ target.schema }}.newcombe_{{ bound }}(k1, n1, k2, n2, confidence) as (
        list_transform(
            [{{ target.schema }}.normal_quantile(0.5 + confidence / 200.0)],
            lambda wilson_z: round(
                100.0 * k1 / nullif(n1, 0) - 100.0 * k2 / nullif(n2, 0) {{ sign }} sqrt(
                    power(100.0 * k1 / nullif(n1, 0) - {{ _wilson_for_analysts('k1', 'n1', sign) }}, 2)
                    + power(100.0 * k2 / nullif(n2, 0) - {{ _wilson_for_analysts('k2', 'n2', '+' if sign == '-' else '-') }}, 2)
                ), 2
            )
        )[1]
    );
    {%- endfor %}
    create or replace macro {{ target.schema }}.possible_counts(pct, n) as (
        list_filter(
            range(0, n + 1),
            lambda k: k between {{ lowest_possible_count('pct', 'n', decimals_of_value('pct')) }}
            and {{ highest_possible_count('pct', 'n', decimals_of_value('pct')) }}
        )
    );
    {%- if not target.path.startswith('ducklake:') %}
    comment on macro {{ target.schema }}.normal_quantile is
    'Quantile of the normal distribution for p from 0.5 to below 1; the intervals use it.';
    comment on macro {{ target.schema }}.wilson_low is
    'Lower bound in per cent of the Wilson interval of k in n; confidence in per cent. Takes cases as independent.';
    comment on macro {{ target.schema }}.wilson_high is
    'Upper bound in per cent of the Wilson interval of k in n; confidence in per cent. Takes cases as independent.';
    comment on macro {{ target.schema }}.newcombe_low is
    'Lower bound in points of the Newcombe interval of k1 in n1 less k2 in n2, two samples without a case in common.';
    comment on macro {{ target.schema }}.newcombe_high is
    'Upper bound in points of the Newcombe interval of k1 in n1 less k2 in n2, two samples without a case in common.';
    comment on macro {{ target.schema }}.possible_counts is
    'Counts of n that round to a percentage printed with its decimals, half up or half to even; none if n is not its base.';
    {%- endif -%}
{%- endmacro %}
