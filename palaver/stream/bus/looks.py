"""How long whoever listens to a bus goes without a look at the database."""

import asyncio

from palaver.stream.bus.interface import Bus

SYNC_SECONDS = 10.0
"""The longest time until something is found out that the bus does not tell."""


async def pause(bus: Bus, seconds: float, reason: asyncio.Event | None = None) -> None:
    """Wait until the next look at the database is due, or until there is a `reason` for one before.

    It is due after `seconds` while the bus hears all, and after at most SYNC_SECONDS of them while it does not. A bus
    that is lost meanwhile is noticed by the end of the next SYNC_SECONDS, not only by that of the pause.
    """
    loop, reason = asyncio.get_running_loop(), reason or asyncio.Event()
    began = loop.time()
    while (rest := began + _patience(bus, seconds) - loop.time()) > 0:
        try:
            async with asyncio.timeout(min(rest, SYNC_SECONDS)):
                await reason.wait()
                return
        except TimeoutError:
            continue


def _patience(bus: Bus, seconds: float) -> float:
    return seconds if bus.hears_all else min(seconds, SYNC_SECONDS)
