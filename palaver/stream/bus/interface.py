"""What every bus offers, in whatever way it reaches other processes."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from palaver.chat.notices import Notice
from palaver.stream.bus.subscriptions import ChatSubscription, ChatTap, OwnershipSubscription, WatchSubscription
from palaver.stream.signals import Signal

MAX_MESSAGE_BYTES = 4 * 1024 * 1024
"""Largest payload of `Bus.send`."""

ChangeKind = Literal["user", "key", "everyone", "models", "limits", "config", "tool_servers"]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that processes remember is stale. `key` is the user's id (kind user) or the API key's id (kind key)."""

    kind: ChangeKind
    key: str = ""


OnChange = Callable[[Change | None], None]
OnMessage = Callable[[uuid.UUID, bytes], None]


class Bus(Protocol):
    """What every bus offers; subscriptions are context managers and receive only between enter and exit.

    All methods are called on the event loop's thread; those that are no coroutines return at once. What other
    processes say may be lost, doubled or late. Notices of one chat that say the same are coalesced to the newest.
    """

    @property
    def replica_id(self) -> uuid.UUID:
        """Names this process among all on the bus; new at each start."""

    @property
    def closed(self) -> bool:
        """Whether `close` was called."""

    @property
    def connected(self) -> bool:
        """Whether other processes can be reached, or need not be: False is a fault."""

    @property
    def hears_all(self) -> bool:
        """Whether what other processes publish comes here, or there are none for certain.

        False while the broker is not reached, and always where the bus was switched off though others may share the
        database: then only looks at the database tell what others did. It changes at any time, without a notice.
        """

    @property
    def peers(self) -> int:
        """Other processes heard of lately."""

    async def start(self) -> None:
        """Connect. Returns without a connection when there is none to be had soon, and goes on trying."""

    async def stop(self) -> None:
        """Send what waits, within a second, and disconnect; after it, only this process is told. Idempotent."""

    def publish(self, notice: Notice) -> None:
        """Tell all subscribers of the notice's kind, here and elsewhere; to be called after the commit."""

    def announce(self, change: Change) -> None:
        """Tell the other processes that something they may remember is stale."""

    def on_change(self, callback: OnChange) -> None:
        """Have `callback` called with each change that another process announces; None means: forget everything."""

    def send(self, replica_id: uuid.UUID, payload: bytes) -> bool:
        """Tell one other process, best effort; False when it is dropped at once.

        Raises ValueError unless `payload` is UTF-8 text without NUL of at most MAX_MESSAGE_BYTES.
        """

    def on_message(self, callback: OnMessage) -> None:
        """Have `callback` called with the sender and the payload of each message to this process."""

    def subscribe_chat(self, chat_id: uuid.UUID, signal: Signal | None = None) -> ChatSubscription:
        """Notices of one chat, coalesced to the newest."""

    def subscribe_chats(self, signal: Signal | None = None) -> ChatTap:
        """Notices of all chats, coalesced per chat."""

    def subscribe_ownership(self, signal: Signal | None = None) -> OwnershipSubscription:
        """Chats that want an owner."""

    def subscribe_watch(self, owner_id: uuid.UUID, signal: Signal | None = None) -> WatchSubscription:
        """What happens to the chats of one owner."""

    def close(self) -> None:
        """Begin to drain: every `wait` ends with BusClosed and every stream ends, so that its viewer reconnects."""
