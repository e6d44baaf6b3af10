"""Changing what waits in the queue: other words, another place, held for later or released.

Not part of the compatible wire; decision 12 says what holding means. An entry has a version, which each of these
transitions raises; one that has left the queue is not forgotten while its chat is there.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from palaver.chat.bundle import ChatTx
from palaver.chat.records import MessageRecord, QueuedRecord
from palaver.chat.statements import DEPARTURE
from palaver.chat.states import State, Transition
from palaver.chat.transitions import promote_entry
from palaver.errors.chat import QueuedMessageChanged, QueuedMessageLeft, QueuedMessageNotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class EditQueuedMessage:
    """What is to change of an entry; None keeps. `place` counts from 1, and one behind the end is the end."""

    content: Sequence[dict[str, Any]] | None = None
    model_config_id: uuid.UUID | None = None
    reasoning_effort: str | None = None
    place: int | None = None


async def expect_entry(tx: ChatTx, entry_id: int, versions: Sequence[int] | None) -> QueuedRecord:
    """The entry, if it waits in the queue and has one of the versions (None: any).

    Raises QueuedMessageLeft with where it went, QueuedMessageChanged with its version, and QueuedMessageNotFound for an
    id that the queue never had.
    """
    entry = await tx.queue_entry(entry_id)
    if entry is None:
        row = (await tx.conn.execute(DEPARTURE, {"chat_id": tx.chat.id, "entry_id": entry_id})).one_or_none()
        raise QueuedMessageNotFound if row is None else QueuedMessageLeft(row.message_id)
    if versions is not None and entry.version not in versions:
        raise QueuedMessageChanged(entry.version)
    return entry


async def edit_queued_message(tx: ChatTx, entry: QueuedRecord, edit: EditQueuedMessage) -> QueuedRecord:
    """EditQueuedMessage: the entry as it is then; the chat goes on as it was."""
    with tx.transition(Transition.EDIT_QUEUED_MESSAGE):
        after = replace(
            entry,
            content=entry.content if edit.content is None else list(edit.content),
            model_config_id=entry.model_config_id if edit.model_config_id is None else edit.model_config_id,
            reasoning_effort=entry.reasoning_effort if edit.reasoning_effort is None else edit.reasoning_effort,
        )
        if edit.place is not None:
            order = [other for other in await tx.queue_order() if other != entry.id]
            order.insert(edit.place - 1, entry.id)
            tx.reorder_queue(order)
        await tx.rewrite_entry(entry, after)
    await tx.flush()
    return after


async def hold_queued_message(tx: ChatTx, entry: QueuedRecord) -> QueuedRecord:
    """HoldQueuedMessage: the entry is passed over from now on; without another one the queue counts as empty."""
    with tx.transition(Transition.HOLD_QUEUED_MESSAGE):
        after = replace(entry, held=True)
        await tx.rewrite_entry(entry, after)
    await tx.flush()
    return after


async def release_queued_message(tx: ChatTx, entry: QueuedRecord) -> tuple[QueuedRecord | None, list[MessageRecord]]:
    """ReleaseQueuedMessage: the entry waits for its turn again, at its place.

    In an idle chat the message joins the history at once and the chat runs, as if it had been sent now: then there is
    no entry any more, but the inserted messages, cancel results first.
    """
    with tx.transition(Transition.RELEASE_QUEUED_MESSAGE) as before:
        after: QueuedRecord | None = None
        inserted: list[MessageRecord] = []
        if before is State.WAITING:
            inserted = promote_entry(tx, entry)
            tx.write_state(status="running", last_error=None)
        else:
            after = replace(entry, held=False)
            await tx.rewrite_entry(entry, after)
    await tx.flush()
    return after, inserted
