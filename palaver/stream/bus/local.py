"""The bus within a process: notices go straight into the subscriptions."""

import uuid
from typing import TypeVar

from palaver.chat.notices import ChatNotice, Notice, OwnershipNotice, WatchNotice
from palaver.stream.bus.interface import MAX_MESSAGE_BYTES, Change, OnChange, OnMessage
from palaver.stream.bus.subscriptions import (
    ChatSubscription,
    ChatTap,
    OwnershipSubscription,
    Subscription,
    WatchSubscription,
)
from palaver.stream.signals import Signal

_Kind = TypeVar("_Kind", bound=Subscription)


class LocalBus:
    """Reaches the subscriptions of this process, and nobody else.

    `alone` says that no other process shares the database, which only whoever starts the database knows.
    """

    def __init__(self, replica_id: uuid.UUID | None = None, *, alone: bool = False) -> None:
        self._replica_id = replica_id or uuid.uuid4()
        self._alone = alone
        self._chats: dict[uuid.UUID, set[ChatSubscription]] = {}
        self._watchers: dict[uuid.UUID, set[WatchSubscription]] = {}
        self._taps: set[ChatTap] = set()
        self._ownership: set[OwnershipSubscription] = set()
        self._closed = False

    @property
    def replica_id(self) -> uuid.UUID:
        """See Bus.replica_id."""
        return self._replica_id

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed

    @property
    def connected(self) -> bool:
        """Always: there is nobody else to reach."""
        return True

    @property
    def hears_all(self) -> bool:
        """Whether there is nobody else to be heard."""
        return self._alone

    @property
    def peers(self) -> int:
        """None."""
        return 0

    async def start(self) -> None:
        """See Bus.start."""

    async def stop(self) -> None:
        """See Bus.stop."""

    def announce(self, change: Change) -> None:
        """See Bus.announce."""

    def on_change(self, callback: OnChange) -> None:
        """See Bus.on_change."""

    def send(self, replica_id: uuid.UUID, payload: bytes) -> bool:
        """See Bus.send; nobody is there."""
        check_message(payload)
        return False

    def on_message(self, callback: OnMessage) -> None:
        """See Bus.on_message."""

    def publish(self, notice: Notice) -> None:
        """See Bus.publish."""
        match notice:
            case ChatNotice():
                for subscription in self._chats.get(notice.chat_id, ()):
                    subscription.offer(notice)
                for tap in self._taps:
                    tap.offer(notice)
            case OwnershipNotice():
                for waiting in self._ownership:
                    waiting.offer(notice)
            case WatchNotice():
                for watcher in self._watchers.get(notice.owner_id, ()):
                    watcher.offer(notice)

    def subscribe_chat(self, chat_id: uuid.UUID, signal: Signal | None = None) -> ChatSubscription:
        """See Bus.subscribe_chat."""
        return ChatSubscription(self, chat_id, signal)

    def subscribe_chats(self, signal: Signal | None = None) -> ChatTap:
        """See Bus.subscribe_chats."""
        return ChatTap(self, signal)

    def subscribe_ownership(self, signal: Signal | None = None) -> OwnershipSubscription:
        """See Bus.subscribe_ownership."""
        return OwnershipSubscription(self, signal)

    def subscribe_watch(self, owner_id: uuid.UUID, signal: Signal | None = None) -> WatchSubscription:
        """See Bus.subscribe_watch."""
        return WatchSubscription(self, owner_id, signal)

    def attach(self, subscription: Subscription) -> None:
        """Begin to deliver; called by the subscription's context manager."""
        match subscription:
            case ChatSubscription():
                self._chats.setdefault(subscription.chat_id, set()).add(subscription)
            case WatchSubscription():
                self._watchers.setdefault(subscription.owner_id, set()).add(subscription)
            case ChatTap():
                self._taps.add(subscription)
            case OwnershipSubscription():
                self._ownership.add(subscription)

    def detach(self, subscription: Subscription) -> None:
        """Stop to deliver; called by the subscription's context manager."""
        match subscription:
            case ChatSubscription():
                _discard(self._chats, subscription.chat_id, subscription)
            case WatchSubscription():
                _discard(self._watchers, subscription.owner_id, subscription)
            case ChatTap():
                self._taps.discard(subscription)
            case OwnershipSubscription():
                self._ownership.discard(subscription)

    def close(self) -> None:
        """See Bus.close."""
        self._closed = True
        for subscription in self.subscriptions():
            subscription.signal.set()

    def subscriptions(self) -> list[Subscription]:
        """All that receive now."""
        subscriptions: list[Subscription] = [*self._taps, *self._ownership]
        for chat_subscriptions in self._chats.values():
            subscriptions.extend(chat_subscriptions)
        for watchers in self._watchers.values():
            subscriptions.extend(watchers)
        return subscriptions


def check_message(payload: bytes) -> None:
    """Raises ValueError unless `payload` can be sent, see Bus.send."""
    if len(payload) > MAX_MESSAGE_BYTES:
        raise ValueError(f"a message of {len(payload)} bytes; at most {MAX_MESSAGE_BYTES} can be sent")
    if b"\0" in payload:
        raise ValueError("a message with NUL")
    payload.decode()


def _discard(groups: dict[uuid.UUID, set[_Kind]], key: uuid.UUID, subscription: _Kind) -> None:
    group = groups.get(key)
    if group is not None:
        group.discard(subscription)
        if not group:
            del groups[key]
