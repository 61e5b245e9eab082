"""Runs a parser of untrusted files in a child process with limits, and checks what comes back."""

from pdu_inspections.reader.sandbox.limits import Limits
from pdu_inspections.reader.sandbox.parent import run

__all__ = ["Limits", "run"]
