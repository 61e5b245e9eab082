{# How views, tables, seeds and data tests are made on DuckDB. It replaces a table or view in one statement and takes
   several statements at once; dbt's own materialisations send about ten a node, which is most of a small build. Hooks,
   contracts, constraints and comments are as with those; indexes, grants and DuckLake's partitions are not
   provided for.
   sqlfluff cannot read what is in this directory. #}

{% materialization view, adapter='duckdb' -%}
    {%- set target_relation = this.incorporate(type='view') -%}
    {%- set statements -%}
        create or replace view {{ target_relation }} as (
        {{ sql }}
        );
    {%- endset -%}
    {%- if config.get('contract').enforced -%}
        {{ get_assert_columns_equivalent(sql) }}
    {%- endif -%}
    {{ duckdb_build(target_relation, statements) }}
    {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}

{% materialization table, adapter='duckdb' -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set statements -%}
        create or replace table {{ target_relation }}
        {%- if config.get('contract').enforced %}
        {{ get_table_columns_and_constraints() }};
        {{ duckdb_assert_contract(target_relation) }};
        insert into {{ target_relation }} by name (
        {%- elif var('report_tables', none) and not adapter.is_ducklake(target_relation) %}
        {{ duckdb_compressed_columns() }};
        insert into {{ target_relation }} by name (
        {%- else %}
        as (
        {%- endif %}
        {{ sql }}
        );
    {%- endset -%}
    {{ duckdb_build(target_relation, statements) }}
    {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}

{# Runs statements that make a relation, in one transaction with its comments. #}
{% macro duckdb_build(relation, statements) -%}
    {%- set existing_relation = load_cached_relation(this) -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- if existing_relation is not none and existing_relation.type != relation.type -%}
        {%- do adapter.drop_relation(existing_relation) -%}
    {%- endif -%}
    {%- call statement('main') -%}
        {{ statements }}
        {{ duckdb_comments(relation) }}
    {%- endcall -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
{%- endmacro %}

{# The columns that the model's SQL gives, with their types and compression. #}
{% macro duckdb_compressed_columns() -%}
    {%- set definitions = [] -%}
    {%- for column in run_query('describe (' ~ sql ~ ')') -%}
        {%- do definitions.append(column[0] ~ ' ' ~ column[1] ~ duckdb_compression(column[0])) -%}
    {%- endfor -%}
    ({{ definitions | join(', ') }})
{%- endmacro %}

{# Fails where names or types of the model's columns are not those of the table, which are those of the contract. #}
{% macro duckdb_assert_contract(relation) -%}
    select error(concat('contract of {{ relation.identifier }}: ', string_agg(concat(
        column_name, ' is ', coalesce(made.column_type, 'missing'), ', not ',
        coalesce(promised.column_type, 'promised')
    ), '; ')))
    from (describe (
        {{ sql }}
    )) as made
    full join (describe {{ relation }}) as promised using (column_name)
    where made.column_type is distinct from promised.column_type
    having count(*) > 0
{%- endmacro %}

{# The descriptions of a model and its columns as comments, as far as persist_docs says and DuckLake takes them, which has
   none on the columns of views. #}
{% macro duckdb_comments(relation) -%}
    {%- if config.persist_relation_docs() and model.description %}
    comment on {{ relation.type }} {{ relation }} is '{{ model.description | replace("'", "''") }}';
    {%- endif -%}
    {%- if config.persist_column_docs() and not (relation.is_view and adapter.is_ducklake(relation)) -%}
    {%- for column in model.columns.values() if column.description %}
    comment on column {{ relation }}.{{ column.name }} is '{{ column.description | replace("'", "''") }}';
    {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# A seed's table is made anew by every build: a column added to the CSV needs no full refresh. #}
{% materialization seed, adapter='duckdb' -%}
    {%- set agate_table = load_agate_table() -%}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- set types = config.get('column_types', {}) -%}
    {%- set statements -%}
        create or replace table {{ target_relation }} (
        {%- for name in agate_table.column_names %}
            {{ adapter.quote_seed_column(name, config.get('quote_columns')) }}
            {{ types.get(name, adapter.convert_type(agate_table, loop.index0)) }} {{- ',' if not loop.last }}
        {%- endfor %}
        );
        {%- if agate_table.rows %}
        copy {{ target_relation }} from '{{ adapter.get_seed_file_path(model) | replace("'", "''") }}'
        (format csv, header true, delimiter '{{ config.get('delimiter', ',') }}');
        {%- endif %}
        {{ duckdb_comments(target_relation) }}
    {%- endset -%}
    {%- do store_result('agate_table', response='OK', agate_table=agate_table) -%}
    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- do adapter.add_query(statements, abridge_sql_log=True) -%}
    {%- set rows_n = agate_table.rows | length -%}
    {%- call noop_statement('main', 'INSERT ' ~ rows_n, 'INSERT', rows_n) -%}
        {{ statements }}
    {%- endcall -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [target_relation]}) }}
{%- endmaterialization %}

{# A test reads alone and needs no transaction. #}
{% materialization test, adapter='duckdb' -%}
    {%- if should_store_failures() -%}
        {{ return(dbt.materialization_test_default()) }}
    {%- endif -%}
    {%- call statement('main', fetch_result=True, auto_begin=False) -%}
        {{ get_test_sql(
            get_limit_subquery_sql(sql, config.get('limit')), config.get('fail_calc'), config.get('warn_if'),
            config.get('error_if'), limit=none
        ) }}
    {%- endcall -%}
    {{ return({'relations': []}) }}
{%- endmaterialization %}
