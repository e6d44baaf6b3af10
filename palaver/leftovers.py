"""Tasks that nobody wants any more: cancelled, and seen off before their owner ends."""

import asyncio
from typing import Any


class Leftovers:
    """Takes tasks over from whoever has no use for them, and cannot wait for their clean-up."""

    def __init__(self) -> None:
        self._ending: set[asyncio.Task[Any]] = set()

    def cancel(self, task: asyncio.Task[Any]) -> None:
        """Cancel a task; what it raises is nobody's concern."""
        if task.cancel():
            self._ending.add(task)
            task.add_done_callback(self._ended)

    async def gone(self) -> None:
        """Wait until all have ended. Nothing is cancelled by a cancellation of this."""
        if self._ending:
            await asyncio.wait(self._ending)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._ending.discard(task)
        if not task.cancelled():
            task.exception()
