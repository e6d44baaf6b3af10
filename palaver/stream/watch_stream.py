"""The stream of one watcher: what becomes of the caller's own chats, without snapshot and without replay.

A watcher that may have missed something is let go, with a word that says so: he loads his list and comes back. Where
the other processes cannot be heard, the stream looks at the chats itself.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from typing import Final, Protocol, TypeVar

import structlog

from palaver.chat.notices import WatchNotice
from palaver.stream.batches import Batch
from palaver.stream.bus import WatchSubscription
from palaver.stream.ending import BEHIND_SECONDS, RECHECK_SECONDS, Ending, ReadFailed, read_patiently
from palaver.stream.signals import Signal

log = structlog.get_logger(__name__)
_NO_EVENTS: Final = Batch((), iter(()))
READ_SECONDS: Final = 10.0
"""How long events may take to be read, all tries together: meanwhile the watcher hears nothing, no heartbeat either."""
_Answer = TypeVar("_Answer")
Read = Callable[[Sequence[WatchNotice]], Awaitable[list[bytes]]]
"""Makes the events of notices; see `read_events`."""


class Watcher(Protocol):
    """Whose chats are watched, and what he may see of them."""

    async def renew(self) -> bool:
        """Look at the caller's rights anew; False when his key or he is out of use."""

    def may_see(self, event: bytes) -> bool:
        """Whether the chat in a ChatWatchEvent may be read, by the rights of the last look."""


class Looks(Protocol):
    """The chats themselves; see `ChatLooks`."""

    async def look(self) -> list[WatchNotice] | None:
        """What has changed since the last look; None when that cannot be told."""


class WatchStream:
    """One watcher's stream. Iterate `batches()` once; `ending` then tells why it ended.

    `changes` is entered already, so that nothing falls between its opening and the first batch; `signal` is its signal.
    `looks`, which have looked once, are given where `changes` do not hear all.
    """

    def __init__(
        self,
        changes: WatchSubscription,
        signal: Signal,
        watcher: Watcher,
        read: Read,
        looks: Looks | None = None,
        *,
        recheck_seconds: float = RECHECK_SECONDS,
    ) -> None:
        self.ending = Ending.LEFT
        self._changes = changes
        self._signal = signal
        self._watcher = watcher
        self._read = read
        self._looks = looks
        self._recheck_seconds = recheck_seconds
        self._stopped = False

    def stop(self) -> None:
        """End the iteration at the next chance: the viewer has left. Idempotent."""
        self._stopped = True
        self._signal.set()

    async def batches(self, heartbeat_seconds: float | None = None) -> AsyncGenerator[Batch, None]:
        """All events until the watcher leaves or is let go.

        With `heartbeat_seconds` an empty batch comes after that time without events. Close the iterator (aclosing).
        """
        loop = asyncio.get_running_loop()
        sent_at = checked_at = loop.time()
        while not self._stopped:
            self._signal.clear()
            news = self._changes.take()
            # What is left of changes with a hole in them: nobody can tell where.
            events = None if news.dropped else await self._made(news.notices)
            if events is None:
                self.ending = Ending.LOST
                return
            # Behind the reading, which may have taken long: what is shown is judged by the rights of now.
            if loop.time() >= checked_at + self._recheck_seconds:
                checked_at = loop.time()
                if not await self._renewed():
                    return
                if not await self._looked():
                    self.ending = Ending.LOST
                    return
            seen = [event for event in events if self._watcher.may_see(event)]
            if seen:
                yield Batch(seen, iter(()))
                sent_at = loop.time()
                continue
            if self._changes.closed:
                self.ending = Ending.DRAINING
                return
            deadline = checked_at + self._recheck_seconds
            if heartbeat_seconds is not None:
                if loop.time() >= sent_at + heartbeat_seconds:
                    sent_at = loop.time()
                    yield _NO_EVENTS
                    continue
                deadline = min(deadline, sent_at + heartbeat_seconds)
            timer = loop.call_at(deadline, self._signal.set)
            try:
                await self._signal.wait()
            finally:
                timer.cancel()

    async def _made(self, notices: Sequence[WatchNotice]) -> list[bytes] | None:
        """The events of `notices`; None when they could not be read."""
        if not notices:
            return []
        await asyncio.sleep(BEHIND_SECONDS)
        return await self._answer(lambda: self._read(notices))

    async def _looked(self) -> bool:
        """Look for what nobody tells; False when the watcher may have missed something."""
        if self._looks is None:
            return self._changes.hears_all
        found = await self._answer(self._looks.look)
        for notice in found or ():
            self._changes.offer(notice)
        return found is not None

    async def _answer(self, ask: Callable[[], Awaitable[_Answer | None]]) -> _Answer | None:
        """What the database says; None when it says nothing for long."""
        try:
            async with asyncio.timeout(READ_SECONDS):
                return await read_patiently(ask, lambda: not self._stopped and not self._changes.closed)
        except (ReadFailed, TimeoutError):
            log.exception("a watcher could not be told", action="watch_failed")
            return None

    async def _renewed(self) -> bool:
        """Look at the watcher's rights; False, and why, when the watch has to end."""
        try:
            if await read_patiently(self._watcher.renew, lambda: not self._stopped):
                return True
            self.ending = Ending.REVOKED
        except ReadFailed:
            log.exception("a watcher's rights could not be read", action="watch_check_failed")
            self.ending = Ending.CHECK_FAILED
        return False
