"""Exit codes of `pdu`. Nothing but PUBLISHED changes what is current."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command reports to its caller, a person or a scheduler."""

    PUBLISHED = 0
    BAD_INPUT = 1
    BAD_USAGE = 2
    GATE_FAILED = 3
    BUILD_FAILED = 4
    PUBLISH_FAILED = 5
    LOCKED = 6
