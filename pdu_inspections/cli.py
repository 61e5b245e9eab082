"""`pdu`: the command line. A command's module is imported only when the command runs."""

from __future__ import annotations

import errno
import sys
import tomllib
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import click

from pdu_inspections.errors import InputError, escape_unprintable
from pdu_inspections.exit_codes import ExitCode
from pdu_inspections.output import discard_output, flush_standard_streams, open_standard_streams
from pdu_inspections.project import PACKAGE

_COMMANDS = {
    "read": ("pdu_inspections.reader.command:read", "Read reports into seeds/reports/."),
    "review": ("pdu_inspections.review.command:review", "Decide what needs judgement, on a page on this machine."),
    "cite": ("pdu_inspections.review.command:cite", "The printed passage that a citation points to."),
    "check": ("pdu_inspections.gate.command:check", "Check the seed CSVs: the gate alone."),
    "build": ("pdu_inspections.release.command:build", "Gate, dbt, audit, publish."),
    "status": ("pdu_inspections.release.command:status", "What is current, how old, and whether inputs changed since."),
    "releases": ("pdu_inspections.release.command:releases", "The releases that are kept."),
    "rollback": ("pdu_inspections.release.command:rollback", "Make an earlier release current again."),
    "site": ("pdu_inspections.site.command:site", "The static site of the current release."),
    "query": ("pdu_inspections.release.query:query", "Run a query on the current release."),
}


class _CommandGroup(click.Group):
    """A group that imports a command's module on use, and reports bad input without a traceback."""

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command line."""
        open_standard_streams()
        try:
            return super().main(*args, **options)
        except OSError as error:  # of the words of click itself, such as those of --help
            discard_output(sys.stdout)
            click.echo(f"cannot be written: {error}", err=True)
            sys.exit(ExitCode.BAD_INPUT)
        finally:
            flush_standard_streams()

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
            message = str(error)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # whoever read the output has enough; click ends the command without a word
            discard_output(sys.stdout)
            message = f"cannot be read or written: {escape_unprintable(str(error))}"
        except MemoryError:
            message = "the command needs more memory than it may use"
        click.echo(message, err=True)
        ctx.exit(ExitCode.BAD_INPUT)


def _version() -> str:
    """The version of the clone that this runs in, or of what pip installed."""
    clone = PACKAGE.parent / "pyproject.toml"
    if clone.is_file():
        return str(tomllib.loads(clone.read_text(encoding="utf-8"))["project"]["version"])
    return metadata.version("pdu-inspections")


def _print_version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    click.echo(f"pdu {_version()}")
    ctx.exit()


@click.group(cls=_CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and end.",
)
@click.option(
    "--project",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The project to work on, instead of the current directory.",
)
def main(project: Path | None) -> None:
    """Figures of probation inspections: from reports to a published warehouse."""
