"""Answers of the database that a process remembers for a short time."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Final, Generic, TypeVar
from weakref import WeakValueDictionary

REMEMBERED_SECONDS: Final = 10.0
"""Age at which an answer is read anew, counted from the beginning of its reading, whatever was told meanwhile."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """Remembers what `read` answered for each of at most `entries` keys; those who ask at once share one reading.

    `clock` counts seconds and only grows.
    """

    def __init__(
        self,
        read: Callable[[Key], Awaitable[Value]],
        *,
        entries: int = 1,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read = read
        self._entries = entries
        self._clock = clock
        self._known: dict[Key, tuple[float, Value]] = {}
        self._reading: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()
        self._generation = 0

    def drop(self) -> None:
        """Forget everything; who asks from now on sees what is committed now."""
        self._generation += 1
        self._known.clear()

    async def get(self, key: Key) -> Value:
        """The answer for `key`, read anew when it is too old; raises what the reading raises."""
        if (known := self._fresh(key)) is not None:
            return known[1]
        lock = self._reading.get(key)
        if lock is None:
            lock = self._reading[key] = asyncio.Lock()
        async with lock:
            if (known := self._fresh(key)) is not None:
                return known[1]
            generation, asked = self._generation, self._clock()
            value = await self._read(key)
            # A drop() during the reading means that it may be older than the change it was told of.
            if generation == self._generation:
                if len(self._known) >= self._entries:
                    self._known.clear()
                self._known[key] = (asked, value)
            return value

    def _fresh(self, key: Key) -> tuple[float, Value] | None:
        known = self._known.get(key)
        return known if known is not None and self._clock() - known[0] < REMEMBERED_SECONDS else None
