"""How a running call goes, as its server tells."""

import time
from collections.abc import Callable
from typing import Final, Protocol

LEAST_SECONDS: Final = 0.1
"""Between two reports that are passed on; those in between are dropped, for a server may send any number."""


class OnProgress(Protocol):
    """Hears how a call goes: `progress` out of `total`, where that is known, and a text for people."""

    async def __call__(self, progress: float, total: float | None, message: str | None) -> None: ...


def throttled(on_progress: OnProgress, clock: Callable[[], float] = time.monotonic) -> OnProgress:
    """The same, but not more often than every `LEAST_SECONDS`; what completes the total is always passed on."""
    told: float | None = None

    async def sometimes(progress: float, total: float | None, message: str | None) -> None:
        nonlocal told
        now = clock()
        if told is None or now - told >= LEAST_SECONDS or progress == total:
            told = now
            await on_progress(progress, total, message)

    return sometimes
