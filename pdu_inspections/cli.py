"""`pdu`: the command line. A command's module is imported only when the command runs."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from pdu_inspections.errors import InputError
from pdu_inspections.exit_codes import ExitCode

_COMMANDS = {
    "read": ("pdu_inspections.reader.command:read", "Read reports into seeds/reports/."),
    "check": ("pdu_inspections.gate.command:check", "Check the seed CSVs: the gate alone."),
    "build": ("pdu_inspections.release.command:build", "Gate, dbt, audit, publish."),
    "status": ("pdu_inspections.release.command:status", "What is current, how old, and whether inputs changed since."),
    "releases": ("pdu_inspections.release.command:releases", "The releases that are kept."),
    "rollback": ("pdu_inspections.release.command:rollback", "Make an earlier release current again."),
    "site": ("pdu_inspections.site.command:site", "The static site of the current release."),
    "query": ("pdu_inspections.release.command:query", "Run a query on the current release."),
}


class _LazyGroup(click.Group):
    """A group that imports a command's module on use, and tells bad input without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, _, attribute = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except InputError as error:
            click.echo(str(error), err=True)
            ctx.exit(ExitCode.BAD_INPUT)


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Figures of probation inspections: from reports to a published warehouse. Works on the current directory."""
