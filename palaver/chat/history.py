"""Reads of chats, histories and queues, for handlers, streams and workers. Nothing here locks or writes."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
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
    true,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from models import User
from palaver.chat.parts import text_of
from palaver.chat.records import ChatRecord, MessageRecord, QueuedRecord
from palaver.chat.statements import chats, held_length, messages, queue_length
from palaver.chat.statements import queue as queue_table

_root = chats.alias("root")

# The row as ChatRecord takes it; only a root's access list counts, so a sub-chat shows its root's.
_CHAT: Select[Any] = (
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

_LIVE = messages.c.deleted.is_(false())
_VISIBLE = and_(_LIVE, messages.c.visibility.in_(["user", "both"]))
_OF_CHAT = messages.c.chat_id == bindparam("chat_id")

_CHAT_BY_ID = _CHAT.where(chats.c.id == bindparam("chat_id"))

# A summary stands for everything in front of it, system messages excepted; the messages that show it to users
# (compressed ones behind it) are not for the model.
_boundary = (
    select(func.max(messages.c.id))
    .where(_OF_CHAT, _LIVE, messages.c.compressed.is_(true()), messages.c.role == "user")
    .correlate(None)
    .scalar_subquery()
)
PROMPT_HISTORY = (
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
"""What the model shall see of a chat, `chat_id`: columns as `MessageRecord` takes them."""

_QUEUE = (
    select(*queue_table.c)
    .where(queue_table.c.chat_id == bindparam("chat_id"))
    .order_by(queue_table.c.position, queue_table.c.id)
)

# An answer that its reader has not seen; computed for rows and children of lists.
_unread_message = messages.alias("unread")
_HAS_UNREAD = exists().where(
    _unread_message.c.chat_id == chats.c.id,
    _unread_message.c.id > func.coalesce(chats.c.last_read_message_id, 0),
    _unread_message.c.role == "assistant",
    _unread_message.c.deleted.is_(false()),
)


async def load_chat(conn: AsyncConnection, chat_id: uuid.UUID) -> ChatRecord | None:
    """The chat with its owner's names, its queue's length and its root's access list; None when there is none."""
    row = (await conn.execute(_CHAT_BY_ID, {"chat_id": chat_id})).one_or_none()
    return None if row is None else ChatRecord(*row)


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
    statement = select(*messages.c).where(_OF_CHAT, _VISIBLE)
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


# ---- lists ----


@dataclass(frozen=True, slots=True)
class ListedChat:
    """A row of a list: the chat, and whether its owner has not seen its newest answer."""

    chat: ChatRecord
    has_unread: bool


class Viewer(Protocol):
    """Whose list it is."""

    @property
    def user_id(self) -> uuid.UUID: ...

    @property
    def groups(self) -> Collection[uuid.UUID]: ...


class Wanted(Protocol):
    """What a list is narrowed to; None leaves a property open.

    `sources` are `created_by_me` and `shared_with_me`; `title` is a substring in which `%` and `_` are wildcards.
    """

    @property
    def title(self) -> str | None: ...

    @property
    def archived(self) -> bool: ...

    @property
    def has_unread(self) -> bool | None: ...

    @property
    def sources(self) -> Collection[str]: ...

    @property
    def labels(self) -> Mapping[str, str]: ...


async def list_chats(
    conn: AsyncConnection,
    viewer: Viewer,
    wanted: Wanted,
    *,
    readable: ColumnElement[bool],
    after_id: uuid.UUID | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[ListedChat]:
    """Root chats: pinned ones first by pin_order, then by newest execution change, then by highest id.

    `readable` is a condition on `chats`: what the viewer may read. A list never shows anything else, though the chat
    be the viewer's own or shared with him: a former member, or a key without the right, sees nothing.
    `after_id` continues behind that chat in this order; an unknown one gives no rows.
    """
    statement = _CHAT.add_columns(_HAS_UNREAD).where(
        chats.c.parent_chat_id.is_(None),
        chats.c.archived.is_(true() if wanted.archived else false()),
        or_(false(), *_sources(viewer, wanted.sources)),
        readable,
    )
    if wanted.title is not None:
        statement = statement.where(chats.c.title.ilike(f"%{wanted.title}%"))
    if wanted.labels:
        statement = statement.where(chats.c.labels.contains(dict(wanted.labels)))
    if wanted.has_unread is not None:
        statement = statement.where(_HAS_UNREAD if wanted.has_unread else ~_HAS_UNREAD)
    if after_id is not None:
        statement = statement.where(_behind(after_id))
    statement = statement.order_by(
        chats.c.pin_order == 0, chats.c.pin_order, chats.c.updated_at.desc(), chats.c.id.desc()
    )
    return [_listed(row) for row in await conn.execute(statement.limit(limit).offset(offset))]


async def children(
    conn: AsyncConnection, root_ids: Collection[uuid.UUID], *, archived: bool
) -> dict[uuid.UUID, list[ListedChat]]:
    """The sub-chats of some root chats, newest created first, by root; a root without any has no key."""
    statement = (
        _CHAT.add_columns(_HAS_UNREAD)
        .where(
            chats.c.parent_chat_id == any_(cast(list(root_ids), ARRAY(Uuid()))),
            chats.c.archived.is_(true() if archived else false()),
        )
        .order_by(chats.c.created_at.desc(), chats.c.id.desc())
    )
    found: dict[uuid.UUID, list[ListedChat]] = {}
    for row in await conn.execute(statement):
        child = _listed(row)
        found.setdefault(child.chat.root_chat_id, []).append(child)
    return found


def _listed(row: Sequence[Any]) -> ListedChat:
    *columns, has_unread = row
    return ListedChat(ChatRecord(*columns), has_unread)


def _sources(viewer: Viewer, wanted: Collection[str]) -> list[ColumnElement[bool]]:
    sources: list[ColumnElement[bool]] = []
    if "created_by_me" in wanted:
        sources.append(chats.c.owner_id == viewer.user_id)
    if "shared_with_me" in wanted:
        groups = cast([str(group) for group in viewer.groups], ARRAY(Text))
        shared = or_(
            chats.c.user_acl.has_key(literal(str(viewer.user_id), Text)),
            chats.c.group_acl.has_any(groups),
        )
        sources.append(and_(chats.c.owner_id != viewer.user_id, shared))
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
