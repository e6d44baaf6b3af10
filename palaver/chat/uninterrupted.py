"""Work that a cancellation must not leave half done."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


async def completed(work: Coroutine[Any, Any, Result]) -> Result:
    """Await `work` to its end, whatever happens; a cancellation of the waiter is passed on afterwards."""
    task = asyncio.create_task(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            # Unlike awaiting the task, a cancelled wait leaves it running.
            await asyncio.wait((task,))
        except asyncio.CancelledError as cancellation:
            cancelled = cancellation
    result = task.result()
    if cancelled is not None:
        raise cancelled
    return result
