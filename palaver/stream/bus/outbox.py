"""What a shared bus has yet to send: bounded, notices coalesced, everyone's news before single replicas' messages."""

import uuid
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from palaver.chat.notices import ChatNotice
from palaver.stream.bus.frames import encode
from palaver.stream.bus.link import Destination
from palaver.stream.bus.subscriptions import MAX_PENDING_CHATS
from palaver.stream.signals import Signal

MAX_OUTBOX_BYTES = 12 * 1024 * 1024
"""Bytes that wait to be sent; enough for two of the largest messages."""


class Packed(NamedTuple):
    """Entries that go out in one frame."""

    destination: Destination
    entries: bytes


class Outbox:
    """Filled by the bus, emptied by its sending task.

    `signal` is set while something waits, `hurried` while something of it is for one replica alone.
    """

    def __init__(self, *, most_bytes: int = MAX_OUTBOX_BYTES) -> None:
        self.signal = Signal()
        self.hurried = Signal()
        self._most_bytes = most_bytes
        self._size = 0
        self._notices: dict[uuid.UUID, ChatNotice] = {}
        self._queues: dict[Destination, deque[bytes]] = {}

    def __bool__(self) -> bool:
        return bool(self._notices or self._queues)

    def put_notice(self, notice: ChatNotice) -> bool:
        """Replace the chat's older notice, if one waits; False when there is no room."""
        waiting = self._notices.get(notice.chat_id)
        if waiting is None and len(self._notices) >= MAX_PENDING_CHATS:
            return False
        if waiting is None or waiting.snapshot_version < notice.snapshot_version:
            self._notices[notice.chat_id] = notice
            self.signal.set()
        return True

    def put(self, destination: Destination, entries: Iterable[bytes]) -> bool:
        """Append entries, all or none; False when there is no room."""
        entries = list(entries)
        size = sum(map(len, entries))
        if self._size + size > self._most_bytes:
            return False
        self._size += size
        self._queues.setdefault(destination, deque()).extend(entries)
        self.signal.set()
        if destination is not None:
            self.hurried.set()
        return True

    def take(self, room: int, most: int) -> list[Packed]:
        """At most `most` frames' entries, each of at most `room` bytes; what is for everyone comes first."""
        taken: list[Packed] = []
        self._encode_notices(most * room)
        for destination in sorted(self._queues, key=lambda destination: destination is not None):
            queue = self._queues[destination]
            # However much there is for everyone, messages go on.
            limit = most if destination is not None or len(self._queues) == 1 else max(1, most * 3 // 4)
            while queue and len(taken) < limit:
                taken.append(Packed(destination, self._pack(queue, room)))
            del self._queues[destination]
            if queue:
                self._queues[destination] = queue  # last now: who was served waits for the others
            if len(taken) >= most:
                break
        if not self:
            self.signal.clear()
        if not self._queues.keys() - {None}:
            self.hurried.clear()
        return taken

    def clear(self) -> int:
        """Forget everything; returns how many entries that were."""
        forgotten = len(self._notices) + sum(map(len, self._queues.values()))
        self._notices.clear()
        self._queues.clear()
        self._size = 0
        self.signal.clear()
        self.hurried.clear()
        return forgotten

    def _encode_notices(self, most_bytes: int) -> None:
        """Turn waiting notices into entries, as many as may be sent now: the others can still be replaced."""
        if not self._notices:
            return
        queue = self._queues.setdefault(None, deque())
        budget = most_bytes - sum(map(len, queue))
        while self._notices and budget > 0:
            entry = encode(self._notices.pop(next(iter(self._notices))))
            queue.append(entry)
            self._size += len(entry)
            budget -= len(entry)
        if not queue:
            del self._queues[None]

    def _pack(self, queue: deque[bytes], room: int) -> bytes:
        packed = [queue.popleft()]
        size = len(packed[0])
        while queue and size + len(queue[0]) <= room:
            size += len(queue[0])
            packed.append(queue.popleft())
        self._size -= size
        return b"".join(packed)
