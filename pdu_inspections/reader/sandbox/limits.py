"""What a child process may use."""

from __future__ import annotations

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one job: bytes of the file, of the child's address space and of its output; seconds; pages."""

    file_bytes: int = 50 * _MIB
    memory_bytes: int = 1024 * _MIB
    output_bytes: int = 16 * _MIB
    cpu_seconds: int = 60
    wall_seconds: float = 90.0
    pages: int = 500
