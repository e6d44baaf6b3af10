"""How streams end, and what they try before: what streams of a chat and watches have in common."""

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Final, TypeVar

from palaver.database import DATABASE_FAULTS
from palaver.errors.auth import AuthenticationFault

BEHIND_SECONDS: Final = 0.002
"""How long after the notice of a change a viewer reads it: whoever made the change goes on first."""
READ_RETRY_SECONDS: Final = (0.1, 0.2, 0.4, 0.8, 1.0)
"""Waits between the tries of a read (states.yaml `stream.read_retry`)."""
READ_TRIES: Final = 5
RECHECK_SECONDS: Final = 5.0
"""Time between looks at the viewer's right: with what is remembered of keys, a revocation ends streams within 10 s."""

Read = TypeVar("Read")


class Ending(Enum):
    """Why a stream ended; the values are the WebSocket's close code and reason."""

    LEFT = (1000, "")
    CHAT_DELETED = (1000, "chat was deleted")
    REVOKED = (1008, "access was revoked")
    NOT_STARTED = (1011, "failed to start stream")
    READ_FAILED = (1011, "failed to read chat")
    CHECK_FAILED = (1011, "failed to check access")
    DRAINING = (1012, "server is restarting")
    LOST = (1013, "events were lost; load the list and reconnect")

    @property
    def code(self) -> int:
        """The close code."""
        return self.value[0]

    @property
    def reason(self) -> str:
        """The close reason."""
        return self.value[1]


class ReadFailed(Exception):
    """The database could not be read in all tries."""


async def read_patiently(read: Callable[[], Awaitable[Read]], is_wanted: Callable[[], bool]) -> Read:
    """What `read` returns; it is tried again after a fault while it is wanted. Raises ReadFailed."""
    for attempt in range(READ_TRIES):
        try:
            return await read()
        except (*DATABASE_FAULTS, AuthenticationFault) as error:
            if attempt == READ_TRIES - 1 or not is_wanted():
                raise ReadFailed from error
        await asyncio.sleep(READ_RETRY_SECONDS[attempt])
    raise AssertionError("unreachable")
