"""The parts of a turn that may be done again: a fault of the database is waited out, other faults a few times."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from itertools import count
from typing import TypeVar

import structlog

from palaver.database import is_outage
from palaver.errors.chat import ChatNotFound, StaleRunner
from palaver.errors.provider import ProviderError

log = structlog.get_logger(__name__)

PHASE_TRIES = 3
PHASE_FIRST_DELAY_SECONDS = 0.2
"""A failing phase is tried this often, with doubling waits, before the turn counts as failed."""
OUTAGE_SECONDS = 300.0
PHASE_LONGEST_DELAY_SECONDS = 5.0
"""A phase that cannot reach the database is tried for so long instead: an outage is a pause, not the turn's fault."""

Result = TypeVar("Result")


async def in_phase(work: Callable[[], Awaitable[Result]]) -> Result:
    """Do the work of a phase, again after a short wait when it fails unexpectedly.

    Raises ProviderError (generic) when it keeps failing: the turn counts as failed. StaleRunner, ChatNotFound and
    ProviderError are passed on at once.
    """
    delay = PHASE_FIRST_DELAY_SECONDS
    began = time.monotonic()
    for attempt in count(1):
        try:
            return await work()
        except (StaleRunner, ChatNotFound, ProviderError):
            raise
        except Exception as error:
            log.exception("phase of a turn failed", action="phase_failed", attempt=attempt)
            is_pause = is_outage(error) and time.monotonic() - began < OUTAGE_SECONDS
            if attempt >= PHASE_TRIES and not is_pause:
                raise ProviderError("generic") from error
        await asyncio.sleep(delay)
        delay = min(delay * 2, PHASE_LONGEST_DELAY_SECONDS)
    raise AssertionError("unreachable")
