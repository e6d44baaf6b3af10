"""The lists of chats: which rows, in which order, and how a page of them is found without reading the others.

Every list goes by an index in the list's own order and ends with the page, however many chats there are behind it
(tests/chat/test_list_plans.py holds the plans).
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    Uuid,
    and_,
    any_,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.chat.history import CHAT_ROWS
from palaver.chat.records import ChatRecord
from palaver.chat.searching import ways_to_find, word_of, words_of_owners
from palaver.chat.statements import chats, messages

# An answer that its reader has not seen; computed for rows and children of lists.
_unread_message = messages.alias("unread")
_HAS_UNREAD = exists().where(
    _unread_message.c.chat_id == chats.c.id,
    _unread_message.c.id > func.coalesce(chats.c.last_read_message_id, 0),
    _unread_message.c.role == "assistant",
    _unread_message.c.deleted.is_(false()),
)


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

    `sources` are `created_by_me` and `shared_with_me`; `title` is a substring in which `%` and `_` are wildcards;
    `words` are looked for in titles and messages, in the syntax of `websearch_to_tsquery`, and have a word in them.
    """

    @property
    def title(self) -> str | None: ...

    @property
    def words(self) -> str | None: ...

    @property
    def archived(self) -> bool: ...

    @property
    def has_unread(self) -> bool | None: ...

    @property
    def sources(self) -> Collection[str]: ...

    @property
    def labels(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chat stands in the lists."""

    pin_order: int
    updated_at: dt.datetime
    id: uuid.UUID


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
    `after_id` continues behind that chat in this order; an unknown one gives no rows. Where words are looked for,
    `conn` is in a transaction that `searching.begin_search` began.
    """
    after = None
    if after_id is not None and (after := await _place(conn, after_id)) is None:
        return []
    statement = list_statement(viewer, wanted, readable=readable, after=after, limit=limit, offset=offset)
    return [_listed(row) for row in await conn.execute(statement)]


async def children(
    conn: AsyncConnection, root_ids: Collection[uuid.UUID], *, archived: bool
) -> dict[uuid.UUID, list[ListedChat]]:
    """The sub-chats of some root chats, newest created first, by root; a root without any has no key."""
    found: dict[uuid.UUID, list[ListedChat]] = {}
    for row in await conn.execute(children_statement(root_ids, archived=archived)):
        child = _listed(row)
        found.setdefault(child.chat.root_chat_id, []).append(child)
    return found


def list_statement(
    viewer: Viewer,
    wanted: Wanted,
    *,
    readable: ColumnElement[bool],
    after: Place | None = None,
    limit: int = 50,
    offset: int = 0,
) -> Select[Any]:
    """The statement of `list_chats`: the page is found in parts, each in the order of an index, and merged.

    No index has the order of the whole, in which chats that are not pinned (0) come last: so the pinned ones are a
    part and the others are a part. What is shared with the viewer is found by the access lists.
    """
    listed: list[ColumnElement[bool]] = [
        chats.c.parent_chat_id.is_(None),
        chats.c.archived.is_(true() if wanted.archived else false()),
        readable,
        *_narrowings(wanted),
    ]
    parts = [
        select(chats.c.id, chats.c.pin_order, chats.c.updated_at)
        .where(*part, *listed)
        .order_by(*order)
        .limit(limit + offset)
        for part, order in _parts(viewer, wanted, after, listed)
    ]
    merged = union_all(*parts).subquery("merged")
    page = select(merged.c.id).order_by(*_order(merged)).limit(limit).offset(offset).subquery("page")
    return CHAT_ROWS.add_columns(_HAS_UNREAD).join(page, page.c.id == chats.c.id).order_by(*_order(chats))


def children_statement(root_ids: Collection[uuid.UUID], *, archived: bool) -> Select[Any]:
    """The statement of `children`."""
    return (
        CHAT_ROWS.add_columns(_HAS_UNREAD)
        .where(
            chats.c.parent_chat_id == any_(cast(list(root_ids), ARRAY(Uuid()))),
            chats.c.archived.is_(true() if archived else false()),
        )
        .order_by(chats.c.created_at.desc(), chats.c.id.desc())
    )


def _listed(row: Sequence[Any]) -> ListedChat:
    *columns, has_unread = row
    return ListedChat(ChatRecord(*columns), has_unread)


async def _place(conn: AsyncConnection, chat_id: uuid.UUID) -> Place | None:
    row = (await conn.execute(select(chats.c.pin_order, chats.c.updated_at).where(chats.c.id == chat_id))).one_or_none()
    return None if row is None else Place(row.pin_order, row.updated_at, chat_id)


def _order(rows: Any) -> list[ColumnElement[Any]]:
    return [rows.c.pin_order == 0, rows.c.pin_order, *_newest(rows)]


def _newest(rows: Any) -> list[ColumnElement[Any]]:
    return [rows.c.updated_at.desc(), rows.c.id.desc()]


def _parts(
    viewer: Viewer, wanted: Wanted, after: Place | None, listed: Sequence[ColumnElement[bool]]
) -> Iterator[tuple[list[ColumnElement[bool]], list[ColumnElement[Any]]]]:
    """Conditions and order of each part, beside `listed`; `after` leaves out what is in front of it, and itself."""
    if "created_by_me" in wanted.sources:
        mine = chats.c.owner_id == viewer.user_id
        for way in _ways(wanted, "mine", word_of(viewer.user_id), [mine, *listed]):
            if after is None or after.pin_order:
                pinned = [chats.c.pin_order > 0, *_behind_pinned(after)]
                yield [mine, *pinned, *way], [chats.c.pin_order, *_newest(chats)]
            behind = [_older(after)] if after is not None and not after.pin_order else []
            yield [mine, chats.c.pin_order == 0, *behind, *way], _newest(chats)
    if "shared_with_me" in wanted.sources:
        shared = _shared(viewer)
        owners = words_of_owners(chats, shared, chats.c.parent_chat_id.is_(None))
        for way in _ways(wanted, "shared", owners, [shared, *listed]):
            yield [shared, *_behind(after), *way], _order(chats)


def _ways(
    wanted: Wanted, mark: str, owners: ColumnElement[Any], listed: Sequence[ColumnElement[bool]]
) -> Iterator[list[ColumnElement[bool]]]:
    if wanted.words is None:
        yield []
    else:
        yield from ([way] for way in ways_to_find(chats, wanted.words, mark=mark, owners=owners, listed=listed))


def _shared(viewer: Viewer) -> ColumnElement[bool]:
    groups = cast([str(group) for group in viewer.groups], ARRAY(Text))
    return and_(
        chats.c.owner_id != viewer.user_id,
        or_(
            chats.c.user_acl.has_key(literal(str(viewer.user_id), Text)),
            chats.c.group_acl.has_any(groups),
        ),
    )


def _narrowings(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.title is not None:
        yield chats.c.title.ilike(f"%{wanted.title}%")
    if wanted.labels:
        yield chats.c.labels.contains(dict(wanted.labels))
    if wanted.has_unread is not None:
        yield _HAS_UNREAD if wanted.has_unread else ~_HAS_UNREAD


def _older(place: Place) -> ColumnElement[bool]:
    return tuple_(chats.c.updated_at, chats.c.id) < tuple_(
        literal(place.updated_at, chats.c.updated_at.type), literal(place.id, chats.c.id.type)
    )


def _behind_pinned(place: Place | None) -> list[ColumnElement[bool]]:
    if place is None:
        return []
    # The first condition follows from the second, but only the first is one that an index can start at.
    later = or_(chats.c.pin_order > place.pin_order, _older(place))
    return [chats.c.pin_order >= place.pin_order, later]


def _behind(place: Place | None) -> list[ColumnElement[bool]]:
    if place is None:
        return []
    same_place = and_(chats.c.pin_order == place.pin_order, _older(place))
    if place.pin_order == 0:
        return [same_place]
    return [or_(chats.c.pin_order == 0, chats.c.pin_order > place.pin_order, same_place)]
