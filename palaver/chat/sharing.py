"""The access list of a root chat: user and group entries with a role."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Text, bindparam, func, literal, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Chat, Group, User
from palaver.chat.records import ChatRecord
from palaver.errors import FieldError
from palaver.errors.checks import InvalidAcl

ROLES = ("read", "")
"""What an update accepts: a role, or the empty string to remove the entry."""

# Set the given entries, drop the removed ones, keep the rest, whoever else writes at the same time.
_MERGE = text(
    "UPDATE chats SET user_acl = (user_acl || :set_users) - CAST(:drop_users AS text[]),"
    " group_acl = (group_acl || :set_groups) - CAST(:drop_groups AS text[]) WHERE id = :chat_id"
).bindparams(
    bindparam("set_users", type_=JSONB), bindparam("set_groups", type_=JSONB), bindparam("chat_id", type_=Chat.id.type)
)


@dataclass(frozen=True, slots=True)
class UserShare:
    """A user with whom a chat is shared."""

    id: uuid.UUID
    username: str
    name: str
    avatar_url: str
    role: str


async def user_shares(conn: AsyncConnection, chat: ChatRecord) -> list[UserShare]:
    """The users with whom a root chat is shared, as far as they still exist, by name."""
    users = await conn.execute(
        select(User.id, User.username, User.name, User.avatar_url)
        .where(User.id.in_([uuid.UUID(key) for key in chat.user_acl]), ~User.deleted)
        .order_by(func.lower(User.username))
    )
    return [UserShare(row.id, row.username, row.name, row.avatar_url, chat.user_acl[str(row.id)]) for row in users]


async def forget_group(conn: AsyncConnection, organization_id: uuid.UUID, group_id: uuid.UUID) -> None:
    """Take a group that is about to go out of every access list."""
    key = str(group_id)
    await conn.execute(
        update(Chat)
        .where(Chat.organization_id == organization_id, Chat.group_acl.has_key(key))
        .values(group_acl=Chat.group_acl.op("-")(literal(key, Text)))
    )


async def update_acl(
    conn: AsyncConnection, chat: ChatRecord, *, users: Mapping[str, str], groups: Mapping[str, str]
) -> None:
    """Merge entries into the list. Raises InvalidAcl with one validation per wrong entry, groups before users."""
    problems = await _problems(conn, "group_roles", "group", groups, chat.organization_id)
    problems += await _problems(conn, "user_roles", "user", users, chat.organization_id)
    if problems:
        raise InvalidAcl(validations=problems)
    await conn.execute(
        _MERGE,
        {
            "chat_id": chat.id,
            "set_users": _kept(users),
            "drop_users": _dropped(users),
            "set_groups": _kept(groups),
            "drop_groups": _dropped(groups),
        },
    )


async def _problems(
    conn: AsyncConnection, field: str, kind: str, entries: Mapping[str, str], organization_id: uuid.UUID
) -> list[FieldError]:
    named = {subject for key, role in entries.items() if role and (subject := _uuid(key)) is not None}
    known = await (_known_groups(conn, organization_id, named) if kind == "group" else _known_users(conn, named))
    details = []
    for key, role in entries.items():
        if role not in ROLES:
            details.append(f'role "{role}" is not a valid chat role')
        elif (subject := _uuid(key)) is None:
            details.append(f"{key} is not a valid UUID.")
        elif role and subject not in known:
            details.append(f"{kind} with ID {key} does not exist")
    return [FieldError(field=field, detail=detail) for detail in details]


async def _known_groups(conn: AsyncConnection, organization_id: uuid.UUID, ids: set[uuid.UUID]) -> set[uuid.UUID]:
    """Groups of the organization; its own id stands for the group of all its members."""
    groups = select(Group.id).where(Group.organization_id == organization_id, Group.id.in_(ids))
    # Locked, so that a group is not deleted between the look and the entry.
    found = (await conn.execute(groups.with_for_update(read=True))).scalars() if ids - {organization_id} else ()
    return {organization_id, *found}


async def _known_users(conn: AsyncConnection, ids: set[uuid.UUID]) -> set[uuid.UUID]:
    if not ids:
        return set()
    return set((await conn.execute(select(User.id).where(User.id.in_(ids), ~User.deleted))).scalars())


def _uuid(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None


def _kept(entries: Mapping[str, str]) -> dict[str, str]:
    return {str(uuid.UUID(key)): role for key, role in entries.items() if role}


def _dropped(entries: Mapping[str, str]) -> list[str]:
    return [str(uuid.UUID(key)) for key, role in entries.items() if not role]
