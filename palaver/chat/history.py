"""Reads of chats, histories and queues, for handlers, streams and workers. Nothing here locks or writes."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    any_,
    bindparam,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from models import User
from palaver.chat.records import ChatRecord, MessageRecord, QueuedRecord
from palaver.chat.statements import chats, messages, queue, queue_length
from palaver.database import Database

_root = chats.alias("root")

# The row as ChatRecord takes it; only a root's access list counts, so a sub-chat shows its root's.
_CHAT: Select[Any] = (
    select(
        *[_root.c[column.name] if column.name in ("user_acl", "group_acl") else column for column in chats.c],
        queue_length,
        User.username,
        User.name,
    )
    .join(_root, _root.c.id == chats.c.root_chat_id)
    .join(User, User.id == chats.c.owner_id)
)

_LIVE = messages.c.deleted.is_(false())
_VISIBLE = and_(_LIVE, messages.c.visibility.in_(["user", "both"]))
_OF_CHAT = messages.c.chat_id == bindparam("chat_id")

_CHAT_BY_ID = _CHAT.where(chats.c.id == bindparam("chat_id"))

_VISIBLE_HISTORY = select(*messages.c).where(_OF_CHAT, _VISIBLE).order_by(messages.c.id)

_CHANGED_SINCE = (
    select(*messages.c).where(_OF_CHAT, messages.c.revision > bindparam("revision")).order_by(messages.c.id)
)

# A summary stands for everything in front of it, system messages excepted; the messages that show it to users
# (compressed ones behind it) are not for the model.
_boundary = (
    select(func.max(messages.c.id))
    .where(_OF_CHAT, _LIVE, messages.c.compressed.is_(true()), messages.c.role == "user")
    .correlate(None)
    .scalar_subquery()
)
_PROMPT_HISTORY = (
    select(*messages.c)
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

_QUEUE = select(*queue.c).where(queue.c.chat_id == bindparam("chat_id")).order_by(queue.c.position, queue.c.id)

_USER_PROMPTS = select(*messages.c).where(_OF_CHAT, _VISIBLE, messages.c.role == "user").order_by(messages.c.id.desc())

# An answer that its reader has not seen; computed for rows and children of lists.
_unread_message = messages.alias("unread")
_HAS_UNREAD = (
    exists()
    .where(
        _unread_message.c.chat_id == chats.c.id,
        _unread_message.c.id > func.coalesce(chats.c.last_read_message_id, 0),
        _unread_message.c.role == "assistant",
        _unread_message.c.deleted.is_(false()),
    )
    .label("has_unread")
)

_MARK_READ = text("""
UPDATE chats SET last_read_message_id = newest.id
FROM (SELECT max(id) AS id FROM chat_messages
      WHERE chat_id = :chat_id AND role = 'assistant' AND NOT deleted) AS newest
WHERE chats.id = :chat_id AND newest.id > coalesce(chats.last_read_message_id, 0)
""")


async def load_chat(conn: AsyncConnection, chat_id: uuid.UUID) -> ChatRecord | None:
    """The chat with its owner's names, its queue's length and its root's access list; None when there is none."""
    row = (await conn.execute(_CHAT_BY_ID, {"chat_id": chat_id})).one_or_none()
    return None if row is None else ChatRecord(*row)


async def visible_history(conn: AsyncConnection, chat_id: uuid.UUID) -> list[MessageRecord]:
    """All messages that clients may see, ascending."""
    return _messages(await conn.execute(_VISIBLE_HISTORY, {"chat_id": chat_id}))


async def changed_since(conn: AsyncConnection, chat_id: uuid.UUID, revision: int) -> list[MessageRecord]:
    """Every message, removed and hidden ones included, that changed after `revision`, ascending."""
    return _messages(await conn.execute(_CHANGED_SINCE, {"chat_id": chat_id, "revision": revision}))


async def prompt_history(conn: AsyncConnection, chat_id: uuid.UUID) -> list[MessageRecord]:
    """What the model shall see: system messages, the newest summary, everything behind it. Ascending."""
    return _messages(await conn.execute(_PROMPT_HISTORY, {"chat_id": chat_id}))


async def read_queue(conn: AsyncConnection, chat_id: uuid.UUID) -> list[QueuedRecord]:
    """The queue in the order of promotion."""
    return [QueuedRecord(*row) for row in await conn.execute(_QUEUE, {"chat_id": chat_id})]


async def user_prompts(conn: AsyncConnection, chat_id: uuid.UUID, limit: int) -> list[MessageRecord]:
    """Visible messages of users, newest first."""
    return _messages(await conn.execute(_USER_PROMPTS.limit(limit), {"chat_id": chat_id}))


async def list_messages(
    conn: AsyncConnection, chat_id: uuid.UUID, *, before_id: int = 0, after_id: int = 0, limit: int = 50
) -> tuple[list[MessageRecord], bool]:
    """A page of visible messages as list-chat-messages gives it, and whether a further one exists in its direction.

    0 leaves a cursor unset. Ascending when only `after_id` is given, else descending; both give the open interval.
    """
    statement = select(*messages.c).where(_OF_CHAT, _VISIBLE)
    if before_id:
        statement = statement.where(messages.c.id < before_id)
    if after_id:
        statement = statement.where(messages.c.id > after_id)
    ascending = bool(after_id) and not before_id
    statement = statement.order_by(messages.c.id if ascending else messages.c.id.desc()).limit(limit + 1)
    page = _messages(await conn.execute(statement, {"chat_id": chat_id}))
    return page[:limit], len(page) > limit


async def mark_read(conn: AsyncConnection, chat_id: uuid.UUID) -> None:
    """Move the owner's read cursor to the newest answer; it never moves back."""
    await conn.execute(_MARK_READ, {"chat_id": chat_id})


# ---- what a stream reads ----


@dataclass(frozen=True, slots=True)
class ChatSnapshot:
    """One consistent look at a chat for a viewer who already knows an older one.

    `messages` are visible ones, ascending: those that changed, or the whole history when `reset` says that
    something the viewer knows was removed. `queue` is None when it did not change.
    """

    chat: ChatRecord
    messages: list[MessageRecord]
    reset: bool
    queue: list[QueuedRecord] | None


async def read_snapshot(
    database: Database,
    chat_id: uuid.UUID,
    *,
    history_version: int | None = None,
    queue_version: int | None = None,
    after_id: int = 0,
) -> ChatSnapshot | None:
    """Chat, messages and queue as of one moment; None when the chat does not exist.

    `history_version` and `queue_version` are what the viewer was last sent, None for nothing yet. What did not
    change since is not read. `after_id` leaves out older messages of a first look.
    """
    async with database.engine.connect() as conn:
        await conn.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        chat = await load_chat(conn, chat_id)
        if chat is None:
            return None
        found: list[MessageRecord] = []
        reset = False
        if history_version is None:
            found, _ = await _visible_after(conn, chat_id, after_id)
        elif chat.history_version > history_version:
            changed = await changed_since(conn, chat_id, history_version)
            reset = any(message.deleted for message in changed)
            found = (
                await visible_history(conn, chat_id) if reset else [message for message in changed if message.visible]
            )
        entries = None
        if chat.queue_version != queue_version:
            entries = await read_queue(conn, chat_id) if chat.queue_length else []
        return ChatSnapshot(chat, found, reset, entries)


async def _visible_after(conn: AsyncConnection, chat_id: uuid.UUID, after_id: int) -> tuple[list[MessageRecord], bool]:
    statement = select(*messages.c).where(_OF_CHAT, _VISIBLE, messages.c.id > bindparam("after_id"))
    rows = await conn.execute(statement.order_by(messages.c.id), {"chat_id": chat_id, "after_id": after_id})
    return _messages(rows), False


# ---- lists ----


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatFilter:
    """Which root chats a list holds; None and empty values do not restrict.

    `created_by_me` and `shared_with_me` are the sources, at least one of them true. `title` is a substring in which
    `%` and `_` are wildcards.
    """

    viewer_id: uuid.UUID
    group_ids: Sequence[uuid.UUID] = ()
    created_by_me: bool = True
    shared_with_me: bool = False
    archived: bool = False
    has_unread: bool | None = None
    title: str = ""
    labels: Mapping[str, str] | None = None


async def list_chats(
    conn: AsyncConnection,
    wanted: ChatFilter,
    *,
    after_id: uuid.UUID | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[ChatRecord]:
    """Root chats with has_unread: pinned first by pin_order, then newest execution change, then highest id.

    `after_id` continues behind that chat in this order; an unknown one gives no rows.
    """
    statement = _CHAT.add_columns(_HAS_UNREAD).where(
        chats.c.parent_chat_id.is_(None), chats.c.archived.is_(true() if wanted.archived else false())
    )
    statement = statement.where(or_(*_sources(wanted)))
    if wanted.title:
        statement = statement.where(chats.c.title.ilike(f"%{wanted.title}%"))
    if wanted.labels:
        statement = statement.where(chats.c.labels.contains(dict(wanted.labels)))
    if wanted.has_unread is not None:
        statement = statement.where(_HAS_UNREAD.element if wanted.has_unread else ~_HAS_UNREAD.element)
    if after_id is not None:
        statement = statement.where(_behind(after_id))
    statement = statement.order_by(
        chats.c.pin_order == 0, chats.c.pin_order, chats.c.updated_at.desc(), chats.c.id.desc()
    )
    return [ChatRecord(*row) for row in await conn.execute(statement.limit(limit).offset(offset))]


async def list_children(
    conn: AsyncConnection, root_ids: Iterable[uuid.UUID], *, archived: bool
) -> dict[uuid.UUID, list[ChatRecord]]:
    """The sub-chats of some root chats with has_unread, newest created first, by root; a root without has no key."""
    statement = (
        _CHAT.add_columns(_HAS_UNREAD)
        .where(
            chats.c.parent_chat_id == any_(cast(list(root_ids), ARRAY(chats.c.id.type))),
            chats.c.archived.is_(true() if archived else false()),
        )
        .order_by(chats.c.created_at.desc(), chats.c.id.desc())
    )
    children: dict[uuid.UUID, list[ChatRecord]] = {}
    for row in await conn.execute(statement):
        child = ChatRecord(*row)
        children.setdefault(child.root_chat_id, []).append(child)
    return children


def _sources(wanted: ChatFilter) -> list[ColumnElement[bool]]:
    sources: list[ColumnElement[bool]] = []
    if wanted.created_by_me:
        sources.append(chats.c.owner_id == wanted.viewer_id)
    if wanted.shared_with_me:
        groups = cast([str(group) for group in wanted.group_ids], ARRAY(Text))
        sources.append(
            and_(
                chats.c.owner_id != wanted.viewer_id,
                or_(
                    cast(chats.c.user_acl, JSONB).has_key(literal(str(wanted.viewer_id), Text)),
                    cast(chats.c.group_acl, JSONB).has_any(groups),
                ),
            )
        )
    return sources


def _behind(after_id: uuid.UUID) -> ColumnElement[bool]:
    # (pinned first, pin_order, updated_at, id) with two ascending and two descending keys: not one row comparison.
    last = chats.alias("last")

    def at(column: str) -> ColumnElement[Any]:
        return select(last.c[column]).where(last.c.id == after_id).correlate(None).scalar_subquery()

    pin_order, updated_at = at("pin_order"), at("updated_at")
    same_place = chats.c.pin_order == pin_order
    later: list[ColumnElement[bool]] = [
        and_(pin_order != 0, or_(chats.c.pin_order == 0, chats.c.pin_order > pin_order)),
        and_(same_place, chats.c.updated_at < updated_at),
        and_(same_place, chats.c.updated_at == updated_at, chats.c.id < after_id),
    ]
    return or_(*later)


def _messages(rows: Iterable[Any]) -> list[MessageRecord]:
    return [MessageRecord(*row) for row in rows]


async def database_time(conn: AsyncConnection) -> dt.datetime:
    """The database's clock, which alone judges deadlines and staleness."""
    time: dt.datetime = (await conn.execute(select(func.clock_timestamp()))).scalar_one()
    return time
