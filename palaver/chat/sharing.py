"""The access list of a root chat: user and group entries with a role."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Chat, Organization, OrganizationMember, User
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


@dataclass(frozen=True, slots=True)
class GroupShare:
    """A group with which a chat is shared; an organization's own id stands for all its members."""

    id: uuid.UUID
    organization_name: str
    organization_display_name: str
    member_count: int
    role: str


@dataclass(frozen=True, slots=True)
class Acl:
    """All shares of a root chat, users by name."""

    users: list[UserShare]
    groups: list[GroupShare]


async def load_acl(conn: AsyncConnection, chat: ChatRecord) -> Acl:
    """The shares of a chat whose subjects still exist."""
    users = await conn.execute(
        select(User.id, User.username, User.name, User.avatar_url)
        .where(User.id.in_([uuid.UUID(key) for key in chat.user_acl]), ~User.deleted)
        .order_by(func.lower(User.username))
    )
    members = (
        select(func.count())
        .select_from(OrganizationMember)
        .where(OrganizationMember.organization_id == Organization.id)
        .scalar_subquery()
        .label("members")
    )
    groups = await conn.execute(
        select(Organization.id, Organization.name, Organization.display_name, members).where(
            Organization.id.in_([uuid.UUID(key) for key in chat.group_acl])
        )
    )
    return Acl(
        [UserShare(row.id, row.username, row.name, row.avatar_url, chat.user_acl[str(row.id)]) for row in users],
        [GroupShare(row.id, row.name, row.display_name, row.members, chat.group_acl[str(row.id)]) for row in groups],
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
    known = {organization_id} if kind == "group" else await _known_users(conn, named)
    details = []
    for key, role in entries.items():
        if role not in ROLES:
            details.append(f'role "{role}" is not a valid chat role')
        elif (subject := _uuid(key)) is None:
            details.append(f"{key} is not a valid UUID.")
        elif role and subject not in known:
            details.append(f"{kind} with ID {key} does not exist")
    return [FieldError(field=field, detail=detail) for detail in details]


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
