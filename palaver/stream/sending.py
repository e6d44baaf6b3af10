"""What both encodings share: patience with a viewer that does not read, and the end of its connection."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from typing import Any, Final, Protocol

from starlette.types import Scope, Send

from palaver.stream.batches import Batch

ABORT_EXTENSION: Final = "palaver.abort"
"""ASGI scope extension of our server protocols: a function that drops the connection with what it still holds."""


class Ended(Protocol):
    """Why a stream ended, for its viewer."""

    @property
    def code(self) -> int:
        """The WebSocket's close code; 0 for a viewer that has gone."""

    @property
    def reason(self) -> str:
        """The close reason, or the last comment of the server-sent events."""


class Served(Protocol):
    """A stream as the encodings see it."""

    @property
    def ending(self) -> Ended:
        """Why `batches` ended."""

    def stop(self) -> None:
        """End the iteration at the next chance: the viewer has left. Idempotent."""

    def batches(self, heartbeat_seconds: float | None = None) -> AsyncGenerator[Batch, None]:
        """All batches to send, once; with `heartbeat_seconds` an empty one comes after that time without events."""


class SlowViewer(Exception):
    """The viewer did not take the last data in time."""


class PatientSender:
    """Sends to one viewer, from one task, and gives up when it takes nothing for `patience_seconds`.

    Does what `asyncio.timeout` around each send would do, with one timer for many sends: that is a fifth of the cost
    of a live part. To be closed, which ends the timer.
    """

    def __init__(self, send: Send, patience_seconds: float) -> None:
        self._send = send
        self._patience = patience_seconds
        self._loop = asyncio.get_running_loop()
        self._task = asyncio.current_task()
        self._timer: asyncio.TimerHandle | None = None
        self._since: float | None = None
        self._expired = False

    async def __call__(self, message: dict[str, Any]) -> None:
        """Send one ASGI message. Raises SlowViewer."""
        self._since = self._loop.time()
        if self._timer is None:
            self._timer = self._loop.call_later(self._patience, self._check)
        try:
            await self._send(message)
        except asyncio.CancelledError as error:
            if self._expired and self._task is not None:
                self._expired = False
                if self._task.uncancel() == 0:
                    raise SlowViewer from error
            raise
        finally:
            self._since = None

    def close(self) -> None:
        """End the timer."""
        if self._timer is not None:
            self._timer.cancel()

    def _check(self) -> None:
        self._timer = None
        if self._since is None:
            return
        waited = self._loop.time() - self._since
        if waited < self._patience:
            self._timer = self._loop.call_later(self._patience - waited, self._check)
        elif self._task is not None:
            # Only ever set while the task is suspended inside the send, so that is where the cancellation arrives.
            self._expired = True
            self._task.cancel()


def abort(scope: Scope) -> None:
    """Drop the connection: a graceful close would wait for a viewer that reads nothing, with its buffer in memory.

    Without our server protocols (see `palaver.stream.protocols`) this does nothing, the server closes on its own.
    """
    drop: Callable[[], None] | None = (scope.get("extensions") or {}).get(ABORT_EXTENSION)
    if drop is not None:
        drop()
