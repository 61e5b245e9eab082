"""What a parser of untrusted files loses for good before it sees its file: network, other processes, files.

Three means of Linux, each of which stands alone; what a kernel does not offer is left out, and `isolate` says so:

- namespaces: an empty network, no shared memory with other processes;
- capabilities: none is kept but, for root, that to read the files of others, which Landlock bounds;
- Landlock: no file can be opened but those of Python and of this package, for reading; no TCP; no signals to others;
- seccomp: the calls that make sockets, processes and traces, that change the modes, owners, times and attributes of
  files, or the priorities and limits of other processes, and a few that were ways around the others, fail.

What stays possible is to ask whether a path exists, and for its size, mode and times. Elsewhere than on Linux only the
limits of limits.py hold.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_SECCOMP_MODE_FILTER = 2
_SIGKILL = 9
_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC = 0x1000_0000, 0x4000_0000, 0x0800_0000
_CLONE_THREAD = 0x0001_0000

_LANDLOCK_CREATE_RULESET, _LANDLOCK_ADD_RULE, _LANDLOCK_RESTRICT_SELF = 444, 445, 446
"""System calls newer than 5.0 have the same number on every architecture."""
_LANDLOCK_VERSION_FLAG = 1
_LANDLOCK_RULE_PATH_BENEATH = 1
_READ_FILE, _READ_DIRECTORY = 1 << 2, 1 << 3
_RIGHTS_BY_VERSION = {1: 1 << 13, 2: 1 << 14, 3: 1 << 15, 5: 1 << 16}
"""The first bit beyond the rights to files that each version of Landlock knows."""
_NET_SINCE, _ALL_TCP = 4, 0b11
_SCOPE_SINCE, _ALL_SCOPES = 6, 0b11

_AUDIT_ARCH = {"x86_64": 0xC000_003E, "aarch64": 0xC000_00B7}
_FORBIDDEN_CALLS = {
    "x86_64": {
        "ioctl": 16, "shmget": 29, "shmat": 30, "socket": 41, "connect": 42, "accept": 43, "sendto": 44, "bind": 49,
        "listen": 50, "socketpair": 53, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "semget": 64, "msgget": 68,
        "chmod": 90, "fchmod": 91, "chown": 92, "fchown": 93, "lchown": 94, "ptrace": 101, "syslog": 103,
        "rt_sigqueueinfo": 129, "utime": 132, "setpriority": 141, "sched_setparam": 142, "sched_setscheduler": 144,
        "pivot_root": 155, "chroot": 161, "mount": 165, "umount2": 166, "setxattr": 188, "lsetxattr": 189,
        "fsetxattr": 190, "removexattr": 197, "lremovexattr": 198, "fremovexattr": 199, "tkill": 200,
        "sched_setaffinity": 203, "utimes": 235, "mq_open": 240, "add_key": 248, "request_key": 249,
        "keyctl": 250, "ioprio_set": 251, "inotify_init": 253, "migrate_pages": 256, "fchownat": 260, "futimesat": 261,
        "fchmodat": 268, "unshare": 272, "move_pages": 279, "utimensat": 280, "inotify_init1": 294,
        "rt_tgsigqueueinfo": 297, "perf_event_open": 298, "fanotify_init": 300, "open_by_handle_at": 304, "setns": 308,
        "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312, "sched_setattr": 314, "bpf": 321,
        "execveat": 322, "userfaultfd": 323,
    },
    "aarch64": {
        "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "removexattr": 14, "lremovexattr": 15, "fremovexattr": 16,
        "inotify_init1": 26, "ioctl": 29, "ioprio_set": 30, "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51,
        "fchmod": 52, "fchmodat": 53, "fchownat": 54, "fchown": 55, "utimensat": 88, "unshare": 97, "syslog": 116,
        "ptrace": 117, "sched_setparam": 118, "sched_setscheduler": 119, "sched_setaffinity": 122, "kill": 129,
        "tkill": 130, "rt_sigqueueinfo": 138, "setpriority": 140, "mq_open": 180, "msgget": 186,
        "semget": 190, "shmget": 194, "shmat": 196, "socket": 198, "socketpair": 199, "bind": 200, "listen": 201,
        "accept": 202, "connect": 203, "sendto": 206, "add_key": 217, "request_key": 218, "keyctl": 219, "execve": 221,
        "migrate_pages": 238, "move_pages": 239, "rt_tgsigqueueinfo": 240, "perf_event_open": 241,
        "fanotify_init": 262, "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270,
        "process_vm_writev": 271, "kcmp": 272, "sched_setattr": 274, "bpf": 280, "execveat": 281, "userfaultfd": 282,
    },
}  # fmt: skip
_NEW_FORBIDDEN_CALLS = (424, 425, 434, 438, 440, 448, 452, 463, 466, 469)
"""pidfd_send_signal, io_uring_setup (makes other calls unseen), pidfd_open, pidfd_getfd, process_madvise,
process_mrelease, fchmodat2, setxattrat, removexattrat, file_setattr."""
_CALLS_ON_ITSELF = {"x86_64": {"tgkill": 234, "prlimit64": 302}, "aarch64": {"tgkill": 131, "prlimit64": 261}}
"""Calls that name a process first: allowed where that is 0 or the process itself, as abort() does."""
_CAPABILITIES_VERSION, _READ_FILES_OF_OTHERS = 0x2008_0522, 1 << 2
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
_X32_BIT = 0x4000_0000
_KILL_PROCESS, _ALLOW, _FAIL_EPERM, _FAIL_ENOSYS = 0x8000_0000, 0x7FFF_0000, 0x0005_0001, 0x0005_0026
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_CALL_AT, _ARCH_AT, _FIRST_ARGUMENT_AT = 0, 4, 16


def isolate(readable: Iterable[Path]) -> list[str]:
    """Give up network, processes and all files but those below the readable folders; what could not be given up.

    The process is killed when its parent ends.
    """
    if not sys.platform.startswith("linux"):
        return ["network", "processes", "files"]
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
    has_no_network = _leave_network(libc)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _drop_capabilities(libc)
    has_no_files = _restrict_files(libc, readable)
    has_no_calls = _restrict_calls(libc)
    held = {"network": has_no_network or has_no_calls, "processes": has_no_calls, "files": has_no_files}
    return [name for name, is_held in held.items() if not is_held]


def _leave_network(libc: ctypes.CDLL) -> bool:
    """Move into a network that leads nowhere: as root, or in a user namespace where the kernel lets users have one."""
    return any(libc.unshare(also | _CLONE_NEWNET | _CLONE_NEWIPC) == 0 for also in (0, _CLONE_NEWUSER))


def _drop_capabilities(libc: ctypes.CDLL) -> None:
    """Give up what root may do beyond others; of its rights only that to read the libraries of somebody else stays."""
    header = struct.pack("=Ii", _CAPABILITIES_VERSION, 0)
    for kept in (_READ_FILES_OF_OTHERS, 0):
        if libc.capset(header, struct.pack("=6I", kept, kept, 0, 0, 0, 0)) == 0:
            return


def _restrict_files(libc: ctypes.CDLL, readable: Iterable[Path]) -> bool:
    """Let files below some folders be read, and no other file be opened in any way."""
    version = libc.syscall(_LANDLOCK_CREATE_RULESET, None, 0, _LANDLOCK_VERSION_FLAG)
    if version < 1:
        return False
    rights = max(bit for since, bit in _RIGHTS_BY_VERSION.items() if since <= version) - 1
    fields = [rights, _ALL_TCP if version >= _NET_SINCE else 0, _ALL_SCOPES if version >= _SCOPE_SINCE else 0]
    count = 1 + (version >= _NET_SINCE) + (version >= _SCOPE_SINCE)
    attributes = struct.pack(f"={count}Q", *fields[:count])
    ruleset = libc.syscall(_LANDLOCK_CREATE_RULESET, attributes, len(attributes), 0)
    if ruleset < 0:
        return False
    try:
        for folder in readable:
            if folder.is_dir():
                descriptor = os.open(folder, os.O_PATH | os.O_CLOEXEC)
                rule = struct.pack("=Qi", _READ_FILE | _READ_DIRECTORY, descriptor)
                libc.syscall(_LANDLOCK_ADD_RULE, ruleset, _LANDLOCK_RULE_PATH_BENEATH, rule, 0)
                os.close(descriptor)
        return int(libc.syscall(_LANDLOCK_RESTRICT_SELF, ruleset, 0)) == 0
    finally:
        os.close(ruleset)


def _restrict_calls(libc: ctypes.CDLL) -> bool:
    """Let forbidden system calls fail as if the process had no right to them; threads may still be started."""
    machine = platform.machine()
    if machine not in _AUDIT_ARCH:
        return False
    filters = b"".join(_filter_program(machine))
    buffer = ctypes.create_string_buffer(filters, len(filters))
    program = struct.pack("HxxxxxxP", len(filters) // 8, ctypes.addressof(buffer))
    return int(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, program, 0, 0)) == 0


def _filter_program(machine: str) -> list[bytes]:
    """The filter: another architecture's calls end the process, forbidden ones fail, clone makes threads only.

    Signals and limits are allowed that the process gives to itself.
    """
    program = [
        _step(_LOAD, _ARCH_AT),
        _step(_EQUAL, _AUDIT_ARCH[machine], 1, 0),
        _step(_RETURN, _KILL_PROCESS),
        _step(_LOAD, _CALL_AT),
        _step(_AT_LEAST, _X32_BIT, 0, 1),
        _step(_RETURN, _KILL_PROCESS),
    ]
    for number in (*_FORBIDDEN_CALLS[machine].values(), *_NEW_FORBIDDEN_CALLS):
        program += [_step(_EQUAL, number, 0, 1), _step(_RETURN, _FAIL_EPERM)]
    program += [_step(_EQUAL, _CLONE3, 0, 1), _step(_RETURN, _FAIL_ENOSYS)]
    for number in _CALLS_ON_ITSELF[machine].values():
        program += [
            _step(_EQUAL, number, 0, 5),
            _step(_LOAD, _FIRST_ARGUMENT_AT),
            _step(_EQUAL, 0, 2, 0),
            _step(_EQUAL, os.getpid(), 1, 0),
            _step(_RETURN, _FAIL_EPERM),
            _step(_RETURN, _ALLOW),
        ]
    program += [
        _step(_EQUAL, _CLONE[machine], 0, 3),
        _step(_LOAD, _FIRST_ARGUMENT_AT),
        _step(_ANY_BIT, _CLONE_THREAD, 1, 0),
        _step(_RETURN, _FAIL_EPERM),
        _step(_RETURN, _ALLOW),
    ]
    return program


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)
