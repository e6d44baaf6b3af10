"""A wake-up that many sources may give and one task waits for."""

import asyncio


class Signal:
    """Level-triggered and without memory of how often it was set: the waiter looks for itself what has changed.

    One task waits at a time. `set` is cheap enough to be called for each part of each viewer: it never makes a task.
    """

    __slots__ = ("_future", "_set")

    def __init__(self) -> None:
        self._set = False
        self._future: asyncio.Future[None] | None = None

    def set(self) -> None:
        """Wake the waiter, now or when it next waits. To be called on the event loop's thread; never blocks."""
        self._set = True
        future = self._future
        if future is not None:
            self._future = None
            if not future.done():
                future.set_result(None)

    def is_set(self) -> bool:
        """Whether a wake-up is pending."""
        return self._set

    def clear(self) -> None:
        """Forget a pending wake-up; to be called before looking, not after, so that no change is missed."""
        self._set = False

    async def wait(self) -> None:
        """Return once set; leaves it set."""
        if self._set:
            return
        if self._future is not None:
            raise RuntimeError("a Signal has one waiter")
        self._future = future = asyncio.get_running_loop().create_future()
        try:
            await future
        finally:
            if self._future is future:
                self._future = None
