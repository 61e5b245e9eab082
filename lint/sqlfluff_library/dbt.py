"""Stands in for dbt's cross-database macros while SQL is linted: only the shape of the SQL counts."""


def position(substring_text: str, string_text: str) -> str:
    """Where a text stands in another."""
    return f"position({substring_text} in {string_text})"


def type_string() -> str:
    """The type of text."""
    return "varchar"


def split_part(string_text: str, delimiter_text: str, part_number: int) -> str:
    """A part of a text."""
    return f"split_part({string_text}, {delimiter_text}, {part_number})"


def dateadd(datepart: str, interval: str, from_date_or_timestamp: str) -> str:
    """A later time."""
    return f"{from_date_or_timestamp} + interval ({interval}) {datepart}"


def generate_series(upper_bound: int) -> str:
    """Numbers from 1."""
    return f"select generated_number from numbers where generated_number <= {upper_bound}"


def escape_single_quotes(expression: str) -> str:
    """Text as it stands between quotes."""
    return expression.replace("'", "''")


def string_literal(value: str) -> str:
    """A text."""
    return f"'{value}'"
