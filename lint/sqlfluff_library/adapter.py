"""Stands in for dbt's adapter while SQL is linted: a dispatched macro is some expression."""

from collections.abc import Callable


def dispatch(macro_name: str, macro_namespace: str | None = None) -> Callable[..., str]:
    """A macro that gives a call of a function of its name with its first argument, or its name alone without any."""
    return lambda *arguments: f"{macro_name}({arguments[0]})" if arguments else macro_name
