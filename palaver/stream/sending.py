"""What both encodings share: patience with a viewer that does not read, and the end of its connection."""

import asyncio
from collections.abc import Callable
from typing import Any, Final

from starlette.types import Scope, Send

ABORT_EXTENSION: Final = "palaver.abort"
"""ASGI scope extension of our server protocols: a function that drops the connection with what it still holds."""


class SlowViewer(Exception):
    """The viewer did not take the last data in time."""


async def send_in_time(send: Send, message: dict[str, Any], patience_seconds: float) -> None:
    """Send, waiting at most that long for the viewer to make room. Raises SlowViewer."""
    try:
        async with asyncio.timeout(patience_seconds):
            await send(message)
    except TimeoutError as error:
        raise SlowViewer from error


def abort(scope: Scope) -> None:
    """Drop the connection: a graceful close would wait for a viewer that reads nothing, with its buffer in memory.

    Without our server protocols (see `palaver.stream.protocols`) this does nothing, the server closes on its own.
    """
    drop: Callable[[], None] | None = (scope.get("extensions") or {}).get(ABORT_EXTENSION)
    if drop is not None:
        drop()
