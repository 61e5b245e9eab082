{# Rules of printed percentages. A printed percentage p with d decimals stands for a count k of n when 100k/n, rounded
   to d decimals, is p, by rounding half up or half to even. #}

{# Smallest count of n that rounds to the printed percentage: ceil(n (2P - 1) / 2S), P = p 10^d, S = 100 10^d.
   Arguments: pct and n numeric expressions, decimals an integer expression.
   Example: lowest_possible_count('38', '32', '0') is 12, since 12/32 is 37.5. #}
{% macro lowest_possible_count(pct, n, decimals='0') -%}
    cast(
        greatest(
            ceil(
                {{ n }} * (2 * {{ to_double('round(' ~ pct ~ ' * power(10, ' ~ decimals ~ '))') }} - 1)
                / (200 * power(10, {{ decimals }}))
            ), 0
        ) as integer
    )
{%- endmacro %}

{# Largest count of n that rounds to the printed percentage: floor(n (2P + 1) / 2S). A count exactly half a unit above
   belongs to it only where half to even rounds down, that is where P is even: hence 1 less for an odd P. #}
{% macro highest_possible_count(pct, n, decimals='0') -%}
    cast(
        least(
            floor(
                (
                    {{ n }} * (2 * {{ to_double('round(' ~ pct ~ ' * power(10, ' ~ decimals ~ '))') }} + 1)
                    - mod(cast(round({{ pct }} * power(10, {{ decimals }})) as bigint), 2)
                ) / (200 * power(10, {{ decimals }}))
            ), {{ n }}
        ) as integer
    )
{%- endmacro %}

{% macro percentage(k, n) -%}
    100 * {{ to_double(k) }} / {{ n }}
{%- endmacro %}

{% macro rounded_percentage(k, n) -%}
    floor({{ percentage(k, n) }} + 0.5)
{%- endmacro %}

{# Quantile of the normal distribution for a two-sided interval: 80 is the Inspectorate's own design level. #}
{% macro normal_quantile(confidence) -%}
    {%- set quantiles = {80: '1.2815515655446004', 95: '1.959963984540054'} -%}
    {{ to_double(quantiles[confidence]) }}
{%- endmacro %}

{# Quantile of the normal distribution for a two-sided test at 5/m per cent: 1.96 for one comparison, more for each of
   several. By Acklam's rational approximation for the tail, relative error below 1.2e-9 from two comparisons on.
   two_sided_quantile('comparisons_n') #}
{% macro two_sided_quantile(comparisons_n) -%}
    {%- set t = 'sqrt(-2 * ln(0.025 / ' ~ to_double(comparisons_n) ~ '))' -%}
    case
        when {{ comparisons_n }} = 1 then {{ normal_quantile(95) }}
        else -(
            ((((-7.784894002430293e-03 * {{ t }} - 3.223964580411365e-01) * {{ t }}
                - 2.400758277161838e+00) * {{ t }} - 2.549732539343734e+00) * {{ t }}
                + 4.374664141464968e+00) * {{ t }} + 2.938163982698783e+00
        ) / (
            (((7.784695709041462e-03 * {{ t }} + 3.224671290700398e-01) * {{ t }}
                + 2.445134137142996e+00) * {{ t }} + 3.754408661907416e+00) * {{ t }} + 1
        )
    end
{%- endmacro %}

{# Bounds of the Wilson interval of k in n, in per cent, 2 decimals: docs/intervals.md says what they leave out.
   wilson_low_pct('k', 'n', 80); wilson_high_pct likewise. NULL where n is NULL or 0. #}
{% macro wilson_low_pct(k, n, confidence) -%}
    cast({{ rounded(_wilson_bound(k, n, normal_quantile(confidence), '-'), 2) }} as decimal(5, 2))
{%- endmacro %}

{% macro wilson_high_pct(k, n, confidence) -%}
    cast({{ rounded(_wilson_bound(k, n, normal_quantile(confidence), '+'), 2) }} as decimal(5, 2))
{%- endmacro %}

{# The same of the share among the eligible_n cases from which the n were drawn without replacement: Wilson with the
   finite population correction, extended to whole eligible cases, and never beyond what the inspected cases themselves
   rule out. wilson_low_of_eligible_pct('k', 'n', 95, 'eligible_n'). NULL where eligible_n is. #}
{% macro wilson_low_of_eligible_pct(k, n, confidence, eligible_n) -%}
    {%- set low = _wilson_bound(k, n, _finite_quantile(n, confidence, eligible_n), '-') -%}
    cast({{ rounded(percentage('greatest(floor(' ~ eligible_n ~ ' * ' ~ low ~ ' / 100), ' ~ k ~ ')', eligible_n), 2) }}
        as decimal(5, 2))
{%- endmacro %}

{% macro wilson_high_of_eligible_pct(k, n, confidence, eligible_n) -%}
    {%- set high = _wilson_bound(k, n, _finite_quantile(n, confidence, eligible_n), '+') -%}
    {%- set most = eligible_n ~ ' - ' ~ n ~ ' + ' ~ k -%}
    cast({{ rounded(percentage('least(ceil(' ~ eligible_n ~ ' * ' ~ high ~ ' / 100), ' ~ most ~ ')', eligible_n), 2) }}
        as decimal(5, 2))
{%- endmacro %}

{% macro _finite_quantile(n, confidence, eligible_n) -%}
    (
        {{ normal_quantile(confidence) }}
        * sqrt({{ to_double('greatest(' ~ eligible_n ~ ' - ' ~ n ~ ', 0)') }} / nullif({{ eligible_n }} - 1, 0))
    )
{%- endmacro %}

{% macro _wilson_bound(k, n, z, sign) -%}
    100 * (
        ({{ k }} + {{ z }} * {{ z }} / 2)
        {{ sign }} {{ z }} * sqrt(
            greatest({{ to_double(k) }} * ({{ n }} - {{ k }}) / nullif({{ n }}, 0) + {{ z }} * {{ z }} / 4, 0)
        )
    ) / (nullif({{ n }}, 0) + {{ z }} * {{ z }})
{%- endmacro %}

{% macro decimals_of_value(value) -%}
    case when {{ value }} = floor({{ value }}) then 0 when 10 * {{ value }} = floor(10 * {{ value }}) then 1 else 2 end
{%- endmacro %}

{% macro is_printed_percentage(as_printed) -%}
    ({{ as_printed }} like '%per cent%' or replace({{ as_printed }}, '%', '') <> {{ as_printed }})
{%- endmacro %}
