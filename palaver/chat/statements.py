"""The reading SQL of the state machine, built once; what a bundle changed is written by `palaver.chat.writing`."""

from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    DateTime,
    Double,
    Select,
    Table,
    bindparam,
    func,
    literal_column,
    select,
    text,
    true,
)
from sqlalchemy import (
    cast as sql_cast,
)

from models import Chat, ChatHeartbeat, ChatMessage, ChatQueueDeparture, ChatQueuedMessage, UsageHour

chats = cast(Table, Chat.__table__)
messages = cast(Table, ChatMessage.__table__)
queue = cast(Table, ChatQueuedMessage.__table__)
departures = cast(Table, ChatQueueDeparture.__table__)
heartbeats = cast(Table, ChatHeartbeat.__table__)
hours = cast(Table, UsageHour.__table__)

CHAT_COLUMNS = len(chats.c)

message_columns = [column for column in messages.c if column.name != "search"]
"""A message as MessageRecord takes it: its words are for the index alone."""

_entries = select(func.count()).select_from(queue).where(queue.c.chat_id == chats.c.id)
queue_length: ColumnElement[int] = _entries.where(~queue.c.held).scalar_subquery().label("queue_length")
held_length: ColumnElement[int] = _entries.where(queue.c.held).scalar_subquery().label("held_length")


def spent_since(owner_id: ColumnElement[Any]) -> Select[Any]:
    """What an owner has spent since the hour `spent_since`, in micros."""
    total = sql_cast(func.coalesce(func.sum(hours.c.cost_micros), literal_column("0")), BigInteger())
    since = hours.c.hour >= bindparam("spent_since", type_=DateTime(timezone=True))
    return select(total).where(hours.c.owner_id == owner_id, since)


def look_statement(
    *, lock: bool, durable: bool = True, spent: bool = False, beside: Select[Any] | None = None
) -> Select[Any]:
    """Read the row of `chat_id`; with `lock`, hold it until the transaction ends.

    Columns: the row, queue length, held length, whether the owner's heartbeat is younger than `stale_seconds`, and the
    snapshot_version of which these two tell. While the statement waits for the lock it keeps its old snapshot: the
    locked row is read anew, the subqueries are not. Where that version is not the row's, look again, without waiting.
    With `durable` false the transaction's commit does not wait for the disk. `spent` adds a column: what the chat's
    owner has spent since the hour `spent_since`, in micros. The columns of `beside`, of which at most one row belongs
    to the chat, are the last ones; they are null where none does.
    """
    seen = chats.alias("seen")
    heartbeat_fresh = (
        select(literal_column("1"))
        .where(
            heartbeats.c.chat_id == chats.c.id,
            heartbeats.c.runner_id == chats.c.runner_id,
            heartbeats.c.heartbeat_at
            > func.now() - bindparam("stale_seconds", type_=Double()) * literal_column("interval '1 second'"),
        )
        .exists()
    )
    statement = select(
        *chats.c,
        queue_length,
        held_length,
        heartbeat_fresh,
        select(seen.c.snapshot_version).where(seen.c.id == chats.c.id).scalar_subquery(),
    )
    if spent:
        statement = statement.add_columns(spent_since(chats.c.owner_id).scalar_subquery())
    if not durable:
        relaxed = func.set_config("synchronous_commit", "off", literal_column("true", Boolean))
        statement = statement.add_columns(relaxed)
    if beside is not None:
        row = beside.correlate(chats).lateral("beside")
        statement = statement.add_columns(*row.c).select_from(chats.outerjoin(row, true()))
    statement = statement.where(chats.c.id == bindparam("chat_id"))
    return statement.with_for_update(key_share=True, of=chats) if lock else statement


LOOK = look_statement(lock=False)
LOCK = look_statement(lock=True)
LOCK_RELAXED = look_statement(lock=True, durable=False)

CHILD_IDS = select(chats.c.id).where(chats.c.parent_chat_id == bindparam("chat_id")).order_by(chats.c.id)

QUEUE_HEAD = (
    select(*queue.c)
    .where(queue.c.chat_id == bindparam("chat_id"), ~queue.c.held)
    .order_by(queue.c.position, queue.c.id)
    .limit(literal_column("1"))
)
QUEUE_ORDER = select(queue.c.id).where(queue.c.chat_id == bindparam("chat_id")).order_by(queue.c.position, queue.c.id)
QUEUE_ENTRY = select(*queue.c).where(queue.c.chat_id == bindparam("chat_id"), queue.c.id == bindparam("entry_id"))

DEPARTURE = select(departures.c.message_id).where(
    departures.c.chat_id == bindparam("chat_id"), departures.c.entry_id == bindparam("entry_id")
)

MESSAGE = select(*message_columns).where(
    messages.c.chat_id == bindparam("chat_id"),
    messages.c.id == bindparam("message_id"),
    messages.c.deleted.is_(literal_column("false", Boolean)),
)

# The newest answer in front of a message, and what follows it up to that message: its calls and their results.
LAST_STEP_BEFORE = (
    select(messages.c.role, messages.c.content)
    .where(
        messages.c.chat_id == bindparam("chat_id"),
        messages.c.id < bindparam("message_id"),
        messages.c.deleted.is_(literal_column("false", Boolean)),
        messages.c.role.in_(["assistant", "tool"]),
        messages.c.id
        >= select(func.max(messages.c.id))
        .where(
            messages.c.chat_id == bindparam("chat_id"),
            messages.c.id < bindparam("message_id"),
            messages.c.deleted.is_(literal_column("false", Boolean)),
            messages.c.role == "assistant",
        )
        .correlate(None)
        .scalar_subquery(),
    )
    .order_by(messages.c.id)
)

LAST_PROMPT = (
    select(messages.c.id)
    .where(
        messages.c.chat_id == bindparam("chat_id"),
        messages.c.deleted.is_(literal_column("false", Boolean)),
        messages.c.role == "user",
        messages.c.compressed.is_(literal_column("false", Boolean)),
    )
    .order_by(messages.c.id.desc())
    .limit(literal_column("1"))
)

SOMETHING_TO_COMPACT = text("""
SELECT EXISTS (
  SELECT FROM chat_messages
  WHERE chat_id = :chat_id AND role = 'assistant' AND NOT compressed AND NOT deleted
    AND id > coalesce((SELECT max(id) FROM chat_messages
                       WHERE chat_id = :chat_id AND compressed AND NOT deleted), 0))
""")

SPENT = spent_since(bindparam("owner_id"))
