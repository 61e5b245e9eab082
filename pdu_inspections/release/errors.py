"""Why a build stopped."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

from pdu_inspections.exit_codes import ExitCode


class BuildError(Exception):
    """A build that stopped for a reason a person can act on; the message says what and what to do."""

    def __init__(self, exit_code: ExitCode, message: str) -> None:
        self.exit_code = exit_code
        super().__init__(message)


def explain_os_error(error: OSError) -> str:
    """An error of the operating system, and whose file is in the way where it is somebody else's."""
    owner = next((name for name in map(_other_owner, (error.filename, error.filename2)) if name), None)
    return f"{error}{f'; {owner}' if owner else ''}"


def _other_owner(name: object) -> str | None:
    """Who owns a file, or the folder that it would be in, if that is not the user of this process."""
    if not isinstance(name, str | bytes | os.PathLike):
        return None
    path = Path(os.fsdecode(name))
    for place in (path, path.parent):
        try:
            uid = place.lstat().st_uid
        except OSError:
            continue
        if uid != os.geteuid():
            me = user_name(os.geteuid())
            return f"{place} belongs to {user_name(uid)}: build as that user, or give it to {me}"
    return None


def user_name(uid: int) -> str:
    """A user's name, or number where the system knows no name."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
