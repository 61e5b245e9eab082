{# dbt-duckdb's own macro with one difference: an apostrophe in the path of the project is escaped, without which no
   seed can be loaded there. #}
{% macro duckdb__load_csv_rows(model, agate_table) %}
    {% set seed_path = adapter.get_seed_file_path(model) | replace("'", "''") %}
    {% set load %}
        copy {{ this.render() }} from '{{ seed_path }}' (format csv, header true)
    {% endset %}
    {% do adapter.add_query(load, abridge_sql_log=True) %}
    {{ return(load) }}
{% endmacro %}
