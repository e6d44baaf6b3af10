"""The queue of a chat as a bundle of transitions sees and changes it."""

import uuid
from abc import ABC, abstractmethod
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.chat.records import NOT_YET, ChatRecord, QueuedRecord
from palaver.chat.statements import QUEUE_ENTRY, QUEUE_HEAD, QUEUE_ORDER
from palaver.chat.writing import Changes


class QueueOfBundle(ABC):
    """What of a bundle concerns the queue: reads see what the bundle has written, changes follow with its write."""

    conn: AsyncConnection
    _changes: Changes
    _unwritten: bool

    @property
    @abstractmethod
    def chat(self) -> ChatRecord:
        """The chat of the bundle."""

    @abstractmethod
    def _require_lock(self) -> None:
        """Raise Overtaken where nothing is locked: then what does not fit may have changed since the look."""

    @abstractmethod
    async def _flush_in_between(self) -> None:
        """Write what is not written yet, in the midst of the bundle."""

    async def queue_head(self) -> QueuedRecord:
        """The entry that is promoted next; entries must be waiting."""
        await self._settle_queue()
        row = (await self.conn.execute(QUEUE_HEAD, {"chat_id": self.chat.id})).one_or_none()
        if row is None:
            self._require_lock()
            raise AssertionError("no entry of the queue waits")
        return QueuedRecord(*row)

    async def queue_entry(self, entry_id: int) -> QueuedRecord | None:
        """One entry of the queue; None when it has no such entry."""
        await self._settle_queue()
        row = (await self.conn.execute(QUEUE_ENTRY, {"chat_id": self.chat.id, "entry_id": entry_id})).one_or_none()
        return None if row is None else QueuedRecord(*row)

    def enqueue(
        self,
        content: list[dict[str, Any]],
        *,
        created_by: uuid.UUID | None,
        model_config_id: uuid.UUID | None,
        reasoning_effort: str,
    ) -> QueuedRecord:
        """Append an entry to the queue; its id follows with `flush`."""
        assert self._changes.enqueued is None, "one new queue entry per write"
        self._changes.enqueued = QueuedRecord(
            self.chat.id, 0, 0, content, created_by, model_config_id, reasoning_effort, NOT_YET, 1, False
        )
        self._queue_changed(1)
        return self._changes.enqueued

    def dequeue(self, entry: QueuedRecord, *, became_last: bool = False) -> None:
        """Remove an entry of the queue; `became_last`: it became the message that was inserted last."""
        assert self._changes.dequeued is None, "one removed queue entry per write"
        self._changes.dequeued = entry.id
        self._changes.promoted_place = len(self._changes.records) if became_last else None
        self._queue_changed(0 if entry.held else -1, held=-1 if entry.held else 0)

    async def clear_queue(self) -> None:
        """Remove every entry of the queue that waits for its turn; what is held stays."""
        await self._settle_queue()
        if self.chat.queue_length:
            self._changes.queue_cleared = True
            self._queue_changed(-self.chat.queue_length)

    def move_to_head(self, entry: QueuedRecord) -> None:
        """Let an entry be promoted before all others, held or not."""
        self._changes.moved = entry.id
        self._queue_changed(1 if entry.held else 0, held=-1 if entry.held else 0)

    async def queue_order(self) -> list[int]:
        """The ids of all entries, those that are held among them, in their order."""
        await self._settle_queue()
        return list((await self.conn.execute(QUEUE_ORDER, {"chat_id": self.chat.id})).scalars())

    def reorder_queue(self, entry_ids: list[int]) -> None:
        """Give all entries their places."""
        self._changes.reordered = entry_ids
        self._queue_changed(0)

    async def rewrite_entry(self, before: QueuedRecord, after: QueuedRecord) -> None:
        """Let an entry have another content, or be held or not; the next version of it."""
        await self._settle_queue()
        after.version = before.version + 1
        self._changes.rewritten = after
        held = int(after.held) - int(before.held)
        self._queue_changed(-held, held=held)

    def _queue_changed(self, by: int, *, held: int = 0) -> None:
        self._unwritten = True
        self.chat.queue_length += by
        self.chat.held_length += held
        self.chat.queue_version = self.chat.snapshot_version

    async def _settle_queue(self) -> None:
        # Parts of one statement do not see each other's work: a second change of the queue needs the first written.
        if self._changes.of_queue:
            await self._flush_in_between()
