"""Start a program as another user: `python unprivileged.py [--reach] UID GID PROGRAM ARGUMENT...`; runs as root only.

PostgreSQL refuses to run as root, and the user it gets may lack the way to its own files (a home directory is closed
to others). With `--reach` the program keeps one capability, to pass through directories, so that no mode needs
loosening. This file is run by path and imports only the standard library.
"""

import ctypes
import os
import sys
from typing import Final

_PR_SET_KEEPCAPS: Final = 8
_PR_GET_SECUREBITS: Final = 27
_PR_SET_SECUREBITS: Final = 28
_SECBIT_NO_SETUID_FIXUP: Final = 1 << 2
_PR_CAP_AMBIENT: Final = 47
_PR_CAP_AMBIENT_RAISE: Final = 2
_CAPABILITY_VERSION_3: Final = 0x20080522
_CAP_DAC_OVERRIDE: Final = 1
_CAP_DAC_READ_SEARCH: Final = 2


def _permitted_capabilities() -> int:
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1], 16) for line in status if line.startswith("CapPrm:"))


def _keep(capability: int) -> None:
    """Reduce this process to one capability that survives exec. Raises OSError."""
    libc = ctypes.CDLL(None, use_errno=True)
    mask = 1 << capability
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    data = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    if libc.capset(header, data) or libc.prctl(_PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability, 0, 0):
        raise OSError(ctypes.get_errno(), "cannot keep the capability to pass through directories")


def _capability_for(program: str) -> int:
    """The least capability we are allowed that gets another user to `program`; ends the process without one."""
    permitted = _permitted_capabilities()
    # Containers are often given only the second, which allows more than is needed; a file that others may not
    # execute needs it.
    wanted = (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE) if os.stat(program).st_mode & 0o001 else (_CAP_DAC_OVERRIDE,)
    capability = next((c for c in wanted if permitted & 1 << c), None)
    return sys.exit("not allowed to pass through the directories above") if capability is None else capability


def main(arguments: list[str]) -> None:
    """Become the user and then the program; does not return."""
    reach = arguments[0] == "--reach"
    uid, gid, *program = arguments[1:] if reach else arguments
    capability = _capability_for(program[0]) if reach else None
    if reach:
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_KEEPCAPS, 1, 0, 0, 0)
        # PostgreSQL asks access(2) about its own binaries, which heeds capabilities of other users only with this bit.
        libc.prctl(_PR_SET_SECUREBITS, libc.prctl(_PR_GET_SECUREBITS, 0, 0, 0, 0) | _SECBIT_NO_SETUID_FIXUP, 0, 0, 0)
    os.setgroups([])
    os.setgid(int(gid))
    os.setuid(int(uid))
    if capability is not None:
        _keep(capability)
    os.execv(program[0], program)  # noqa: S606 - our own program, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
