"""What waits for notices: one bounded subscription per kind of news, which says when it has dropped something."""

import uuid
from abc import ABC, abstractmethod
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Protocol, Self

from palaver import metrics
from palaver.chat.notices import ChatNotice, OwnershipNotice, WatchNotice
from palaver.stream.signals import Signal

MAX_PENDING_CHATS = 10_000
"""Chats that a tap or an ownership subscription remembers until they are taken; beyond it, the consumer must resync."""
MAX_PENDING_CHANGES = 256
"""Changes kept for one slow watcher."""
_DROPPED: Final = metrics.NOTICES_DROPPED.labels("subscription")


class BusClosed(Exception):
    """The bus was closed: the process is draining. Raised by every `wait`."""


@dataclass(frozen=True, slots=True)
class TapBatch:
    """The newest notice of each chat since the last batch. After an overflow some chats are missing: read them all."""

    notices: list[ChatNotice]
    overflowed: bool


@dataclass(frozen=True, slots=True)
class OwnershipBatch:
    """Chats that want an owner. After an overflow some are missing: look for candidates in the database."""

    chat_ids: set[uuid.UUID]
    overflowed: bool


@dataclass(frozen=True, slots=True)
class WatchBatch:
    """What happened to which chats, in order. `dropped`: some is missing, the watcher has to load its list anew."""

    notices: list[WatchNotice]
    dropped: bool


class Hub(Protocol):
    """The bus as a subscription sees it."""

    @property
    def closed(self) -> bool:
        """Whether the bus was closed."""

    @property
    def hears_all(self) -> bool:
        """See Bus.hears_all."""

    def attach(self, subscription: "Subscription") -> None:
        """Begin to deliver."""

    def detach(self, subscription: "Subscription") -> None:
        """Stop to deliver."""


class Subscription(ABC):
    """Base of all subscriptions: a context manager with a signal; a given signal may be shared with other sources."""

    def __init__(self, bus: "Hub", signal: Signal | None) -> None:
        self._bus = bus
        self.signal = signal or Signal()

    @property
    def closed(self) -> bool:
        """Whether the bus was closed; what is still pending can be taken all the same."""
        return self._bus.closed

    def __enter__(self) -> Self:
        self._bus.attach(self)
        if self._bus.closed:
            self.signal.set()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._bus.detach(self)

    @abstractmethod
    def resync(self) -> None:
        """Tell the consumer that it may have missed anything: it has to look at the database."""

    @abstractmethod
    def _pending(self) -> bool:
        """Whether there is something to take."""

    async def _until_pending(self) -> None:
        """Wait for something to take; raises BusClosed."""
        while True:
            if self._pending():
                return
            if self._bus.closed:
                raise BusClosed
            self.signal.clear()
            await self.signal.wait()


class ChatSubscription(Subscription):
    """The newest notice of one chat: one slot, so a slow consumer skips intermediate versions."""

    def __init__(self, bus: "Hub", chat_id: uuid.UUID, signal: Signal | None) -> None:
        super().__init__(bus, signal)
        self.chat_id = chat_id
        self._latest: ChatNotice | None = None
        self._stale = False

    def offer(self, notice: ChatNotice) -> None:
        """Keep `notice` if it is newer than the one that waits."""
        if self._latest is None or notice.snapshot_version > self._latest.snapshot_version:
            self._latest = notice
            self.signal.set()

    def resync(self) -> None:
        """See Subscription.resync."""
        self._stale = True
        self.signal.set()

    def take_resync(self) -> bool:
        """Whether notices may have been missed since the last call."""
        stale, self._stale = self._stale, False
        return stale

    def take(self) -> ChatNotice | None:
        """The notice that came since the last call, if any."""
        latest, self._latest = self._latest, None
        return latest

    async def wait(self) -> ChatNotice:
        """The next notice; raises BusClosed. Only for a subscription with a signal of its own."""
        await self._until_pending()
        notice = self.take()
        assert notice is not None
        return notice

    def _pending(self) -> bool:
        return self._latest is not None


class ChatTap(Subscription):
    """All chat notices of this process, the newest per chat."""

    def __init__(self, bus: "Hub", signal: Signal | None) -> None:
        super().__init__(bus, signal)
        self._notices: dict[uuid.UUID, ChatNotice] = {}
        self._overflowed = False

    def offer(self, notice: ChatNotice) -> None:
        """Keep `notice` if it is the newest of its chat."""
        known = self._notices.get(notice.chat_id)
        if known is None:
            if len(self._notices) >= MAX_PENDING_CHATS:
                self._overflowed = True
                _DROPPED.inc()
                self.signal.set()
                return
        elif known.snapshot_version >= notice.snapshot_version:
            return
        self._notices[notice.chat_id] = notice
        self.signal.set()

    def resync(self) -> None:
        """See Subscription.resync."""
        self._overflowed = True
        self.signal.set()

    def take(self) -> TapBatch:
        """What came since the last call; may be empty."""
        batch = TapBatch(list(self._notices.values()), self._overflowed)
        self._notices, self._overflowed = {}, False
        return batch

    async def wait(self) -> TapBatch:
        """The next batch; raises BusClosed."""
        await self._until_pending()
        return self.take()

    def _pending(self) -> bool:
        return self._overflowed or bool(self._notices)


class OwnershipSubscription(Subscription):
    """Chats that were left runnable and without a live owner."""

    def __init__(self, bus: "Hub", signal: Signal | None) -> None:
        super().__init__(bus, signal)
        self._chat_ids: set[uuid.UUID] = set()
        self._overflowed = False

    def offer(self, notice: OwnershipNotice) -> None:
        """Remember the notice's chat."""
        if len(self._chat_ids) >= MAX_PENDING_CHATS and notice.chat_id not in self._chat_ids:
            self._overflowed = True
            _DROPPED.inc()
        else:
            self._chat_ids.add(notice.chat_id)
        self.signal.set()

    def resync(self) -> None:
        """See Subscription.resync."""
        self._overflowed = True
        self.signal.set()

    def take(self) -> OwnershipBatch:
        """What came since the last call; may be empty."""
        batch = OwnershipBatch(self._chat_ids, self._overflowed)
        self._chat_ids, self._overflowed = set(), False
        return batch

    async def wait(self) -> OwnershipBatch:
        """The next batch; raises BusClosed."""
        await self._until_pending()
        return self.take()

    def _pending(self) -> bool:
        return self._overflowed or bool(self._chat_ids)


class WatchSubscription(Subscription):
    """The changes of one owner's chats, in order; of those alike the newest. A slow watcher is told that it lost some.

    `hears_all`: see Bus. An event shows the chat as it is when it is read, so that two of a kind would say the same.
    """

    def __init__(self, bus: "Hub", owner_id: uuid.UUID, signal: Signal | None) -> None:
        super().__init__(bus, signal)
        self.owner_id = owner_id
        self._notices: dict[tuple[uuid.UUID, str], WatchNotice] = {}
        self._dropped = False

    @property
    def hears_all(self) -> bool:
        """See Bus.hears_all."""
        return self._bus.hears_all

    def offer(self, notice: WatchNotice) -> None:
        """Append `notice`, in place of one that says the same."""
        # Which of the two it is, is read with the chat: what processes tell apart has no common order.
        change = (notice.chat_id, "created" if notice.kind == "deleted" else notice.kind)
        waiting = self._notices.pop(change, None)
        if waiting is not None and waiting.event:
            notice = waiting
        if len(self._notices) >= MAX_PENDING_CHANGES:
            self._dropped = True
            _DROPPED.inc()
        else:
            self._notices[change] = notice
        self.signal.set()

    def resync(self) -> None:
        """See Subscription.resync."""
        self._dropped = True
        self.signal.set()

    def take(self) -> WatchBatch:
        """What came since the last call; may be empty."""
        batch = WatchBatch(list(self._notices.values()), self._dropped)
        self._notices, self._dropped = {}, False
        return batch

    async def wait(self) -> WatchBatch:
        """The next batch; raises BusClosed."""
        await self._until_pending()
        return self.take()

    def _pending(self) -> bool:
        return self._dropped or bool(self._notices)
