"""Why a build stopped."""

from __future__ import annotations

from pdu_inspections.exit_codes import ExitCode


class BuildError(Exception):
    """A build that stopped for a reason a person can act on; the message says what and what to do."""

    def __init__(self, exit_code: ExitCode, message: str) -> None:
        self.exit_code = exit_code
        super().__init__(message)
