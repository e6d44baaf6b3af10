"""Reads of chats, histories and queues, for handlers, streams and workers. Nothing here locks or writes."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    Select,
    Uuid,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from models import User
from palaver.chat.parts import text_of
from palaver.chat.records import ChatRecord, MessageRecord, QueuedRecord
from palaver.chat.statements import chats, held_length, message_columns, messages, queue_length
from palaver.chat.statements import queue as queue_table

_root = chats.alias("root")

# Only a root's access list counts, so a sub-chat shows its root's.
CHAT_ROWS: Select[Any] = (
    select(
        *[_root.c[column.name] if column.name in ("user_acl", "group_acl") else column for column in chats.c],
        queue_length,
        held_length,
        User.username,
        User.name,
    )
    .join(_root, _root.c.id == chats.c.root_chat_id)
    .join(User, User.id == chats.c.owner_id)
)
"""Chats, as ChatRecord takes their rows."""

_LIVE = messages.c.deleted.is_(false())
_VISIBLE = and_(_LIVE, messages.c.visibility.in_(["user", "both"]))
_OF_CHAT = messages.c.chat_id == bindparam("chat_id")

_CHAT_BY_ID = CHAT_ROWS.where(chats.c.id == bindparam("chat_id"))
_CHATS_BY_ID = CHAT_ROWS.where(chats.c.id == func.any(bindparam("chat_ids", type_=ARRAY(Uuid()))))

# A summary stands for everything in front of it, system messages excepted; the messages that show it to users
# (compressed ones behind it) are not for the model.
_boundary = (
    select(func.max(messages.c.id))
    .where(_OF_CHAT, _LIVE, messages.c.compressed.is_(true()), messages.c.role == "user")
    .correlate(None)
    .scalar_subquery()
)
PROMPT_HISTORY = (
    select(*message_columns)
    .where(
        _OF_CHAT,
        _LIVE,
        messages.c.visibility.in_(["model", "both"]),
        or_(
            messages.c.role == "system",
            messages.c.id == _boundary,
            and_(messages.c.id > func.coalesce(_boundary, 0), messages.c.compressed.is_(false())),
        ),
    )
    .order_by(messages.c.id)
)
"""What the model shall see of a chat, `chat_id`: columns as `MessageRecord` takes them."""

_QUEUE = (
    select(*queue_table.c)
    .where(queue_table.c.chat_id == bindparam("chat_id"))
    .order_by(queue_table.c.position, queue_table.c.id)
)


async def load_chat(conn: AsyncConnection, chat_id: uuid.UUID) -> ChatRecord | None:
    """The chat with its owner's names, its queue's length and its root's access list; None when there is none."""
    row = (await conn.execute(_CHAT_BY_ID, {"chat_id": chat_id})).one_or_none()
    return None if row is None else ChatRecord(*row)


async def load_chats(conn: AsyncConnection, chat_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, ChatRecord]:
    """Those of the chats that exist, each as `load_chat` would give it."""
    rows = await conn.execute(_CHATS_BY_ID, {"chat_ids": list(chat_ids)})
    return {row[0]: ChatRecord(*row) for row in rows}


async def prompt_history(conn: AsyncConnection, chat_id: uuid.UUID) -> list[MessageRecord]:
    """What the model shall see: system messages, the newest summary, everything behind it. Ascending."""
    return _messages(await conn.execute(PROMPT_HISTORY, {"chat_id": chat_id}))


_STEPS_BEFORE = select(func.count()).where(
    _OF_CHAT,
    _LIVE,
    messages.c.role == "assistant",
    messages.c.compressed.is_(false()),
    messages.c.id < bindparam("message_id"),
    messages.c.id
    > select(func.coalesce(func.max(messages.c.id), 0))
    .where(
        _OF_CHAT,
        _LIVE,
        messages.c.role == "user",
        messages.c.compressed.is_(false()),
        messages.c.id < bindparam("message_id"),
    )
    .correlate(None)
    .scalar_subquery(),
)


async def steps_before(conn: AsyncConnection, chat_id: uuid.UUID, summary_id: int) -> int:
    """The answers of the model between a summary and the newest user message in front of it."""
    steps: int = (await conn.execute(_STEPS_BEFORE, {"chat_id": chat_id, "message_id": summary_id})).scalar_one()
    return steps


async def queue(conn: AsyncConnection, chat_id: uuid.UUID) -> list[QueuedRecord]:
    """The queue in the order of promotion."""
    return [QueuedRecord(*row) for row in await conn.execute(_QUEUE, {"chat_id": chat_id})]


@dataclass(frozen=True, slots=True)
class MessagePage:
    """Some visible messages, and whether a further one exists in the direction of the page."""

    messages: list[MessageRecord]
    has_more: bool


async def list_messages(
    conn: AsyncConnection,
    chat_id: uuid.UUID,
    *,
    before_id: int | None = None,
    after_id: int | None = None,
    limit: int = 50,
) -> MessagePage:
    """A page of visible messages as list-chat-messages gives it.

    Ascending when only `after_id` is given, else descending; both give the open interval.
    """
    statement = select(*message_columns).where(_OF_CHAT, _VISIBLE)
    if before_id is not None:
        statement = statement.where(messages.c.id < before_id)
    if after_id is not None:
        statement = statement.where(messages.c.id > after_id)
    ascending = after_id is not None and before_id is None
    statement = statement.order_by(messages.c.id if ascending else messages.c.id.desc()).limit(limit + 1)
    page = _messages(await conn.execute(statement, {"chat_id": chat_id}))
    return MessagePage(page[:limit], len(page) > limit)


PROMPT_BATCH = 500
"""User messages read at a time while prompts are gathered."""

_USER_MESSAGES = (
    select(messages.c.id, messages.c.content)
    .where(_OF_CHAT, _VISIBLE, messages.c.role == "user", messages.c.id < bindparam("before_id"))
    .order_by(messages.c.id.desc())
    .limit(bindparam("batch"))
)


async def list_prompts(conn: AsyncConnection, chat_id: uuid.UUID, *, limit: int) -> list[tuple[int, str]]:
    """(id, text) of the newest visible user messages that have text other than white space, newest first."""
    # Texts are joined here, not in SQL, which cannot take a U+0000 out of JSON.
    prompts: list[tuple[int, str]] = []
    before_id = 2**63 - 1
    while True:
        batch = min(PROMPT_BATCH, limit - len(prompts))
        parameters = {"chat_id": chat_id, "before_id": before_id, "batch": batch}
        rows = (await conn.execute(_USER_MESSAGES, parameters)).all()
        prompts += [(row.id, text) for row in rows if (text := text_of(row.content)).strip()]
        if len(rows) < batch or len(prompts) == limit:
            return prompts
        before_id = rows[-1].id


async def count_turns(conn: AsyncConnection, chat_id: uuid.UUID) -> int:
    """How many messages of users a client sees in the history."""
    statement = select(func.count()).where(_OF_CHAT, _VISIBLE, messages.c.role == "user")
    return int((await conn.execute(statement, {"chat_id": chat_id})).scalar_one())


def _messages(rows: Iterable[Any]) -> list[MessageRecord]:
    return [MessageRecord(*row) for row in rows]
