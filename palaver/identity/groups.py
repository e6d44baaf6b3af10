"""Groups: some members of an organization by name, and the one of all its members, which is implied.

The group of everybody has no row. Its id is the organization's, its members are the organization's, its name is
`Everyone`.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, insert, literal, select, union_all, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Group, GroupMember, Organization, OrganizationMember, User
from palaver.auth.visibility import VisibleMembers
from palaver.database import refusing
from palaver.errors.identity import GroupExists, NotInTheOrganization
from palaver.identity.members import BY_NAME, behind_user
from palaver.identity.organizations import columns

EVERYONE = "Everyone"
"""The name of an organization's implied group, which no other group may have in any case."""


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group; `member_count` counts all members, those too that a caller may not read."""

    id: uuid.UUID
    name: str
    display_name: str
    organization_id: uuid.UUID
    avatar_url: str
    quota_allowance: int
    source: str
    organization_name: str
    organization_display_name: str
    member_count: int

    @property
    def is_everyone(self) -> bool:
        """Whether it is the implied group of all members."""
        return self.id == self.organization_id


@dataclass(frozen=True, slots=True)
class GroupMemberRecord:
    """An account as a group shows it."""

    id: uuid.UUID
    username: str
    name: str
    avatar_url: str
    email: str
    status: str
    login_type: str
    is_service_account: bool
    last_seen_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime


_PLACES = union_all(
    select(GroupMember.group_id, GroupMember.organization_id, GroupMember.user_id),
    select(
        OrganizationMember.organization_id.label("group_id"),
        OrganizationMember.organization_id,
        OrganizationMember.user_id,
    ),
).subquery("places")
"""Who is in which group, the implied ones included."""

_GROUPS = union_all(
    select(
        Group.id,
        Group.name,
        Group.display_name,
        Group.organization_id,
        Group.avatar_url,
        Group.quota_allowance,
        Group.source,
    ),
    select(
        Organization.id,
        literal(EVERYONE).label("name"),
        literal("").label("display_name"),
        Organization.id.label("organization_id"),
        literal("").label("avatar_url"),
        literal(0).label("quota_allowance"),
        literal("user").label("source"),
    ),
).subquery("all_groups")


async def list_groups(
    conn: AsyncConnection,
    organization_ids: Collection[uuid.UUID],
    *,
    group_ids: Collection[uuid.UUID] | None = None,
    has_member: uuid.UUID | None = None,
    visibility: VisibleMembers | None = None,
) -> list[GroupRecord]:
    """The groups of some organizations, by organization and name, the implied ones first.

    `group_ids` narrows to these, `has_member` to those that have this user as far as `visibility` lets that be known.
    """
    statement = _groups().where(_GROUPS.c.organization_id.in_(list(organization_ids)))
    if group_ids is not None:
        statement = statement.where(_GROUPS.c.id.in_(list(group_ids)))
    if has_member is not None:
        places = select(_PLACES.c.group_id).where(_PLACES.c.user_id == has_member)
        if visibility is not None:
            places = places.where(visibility.of(_PLACES.c.organization_id, _PLACES.c.user_id))
        statement = statement.where(_GROUPS.c.id.in_(places))
    order = (func.lower(Organization.name), _GROUPS.c.id != _GROUPS.c.organization_id, func.lower(_GROUPS.c.name))
    return [GroupRecord(*row) for row in await conn.execute(statement.order_by(*order))]


async def find_group(conn: AsyncConnection, group_id: uuid.UUID) -> GroupRecord | None:
    """The group with this id, which may be an organization's for its implied group."""
    return await _one(conn, _GROUPS.c.id == group_id)


async def find_group_by_name(conn: AsyncConnection, organization_id: uuid.UUID, name: str) -> GroupRecord | None:
    """The group of an organization with this name, upper and lower case being the same."""
    return await _one(
        conn, and_(_GROUPS.c.organization_id == organization_id, func.lower(_GROUPS.c.name) == func.lower(name))
    )


async def group_members(
    conn: AsyncConnection, group_ids: Collection[uuid.UUID], visibility: VisibleMembers
) -> dict[uuid.UUID, list[GroupMemberRecord]]:
    """The members of groups that a caller may read, by username."""
    found: dict[uuid.UUID, list[GroupMemberRecord]] = {id_: [] for id_ in group_ids}
    for row in await conn.execute(_members(group_ids, visibility).order_by(*BY_NAME)):
        found[row[0]].append(GroupMemberRecord(*row[1:]))
    return found


async def page_of_members(
    conn: AsyncConnection,
    group_id: uuid.UUID,
    visibility: VisibleMembers,
    *,
    after_id: uuid.UUID | None = None,
    limit: int = 0,
    offset: int = 0,
) -> tuple[list[GroupMemberRecord], int]:
    """One page of `group_members` of one group, and how many there are without paging.

    `after_id` begins behind that user, also one who is not in the group; a `limit` of 0 is none.
    """
    readable = _members([group_id], visibility)
    count = await conn.scalar(select(func.count()).select_from(readable.subquery()))
    statement = readable.order_by(*BY_NAME).offset(offset)
    if after_id is not None:
        statement = statement.where(behind_user(after_id))
    if limit:
        statement = statement.limit(limit)
    return [GroupMemberRecord(*row[1:]) for row in await conn.execute(statement)], int(count or 0)


async def create_group(conn: AsyncConnection, organization_id: uuid.UUID, values: Mapping[str, Any]) -> GroupRecord:
    """Store a group without members. Raises GroupExists."""
    group_id = uuid.uuid4()
    with refusing(uq_groups_name=GroupExists()):
        await conn.execute(insert(Group).values(id=group_id, organization_id=organization_id, **values))
    created = await find_group(conn, group_id)
    assert created is not None
    return created


async def update_group(conn: AsyncConnection, group_id: uuid.UUID, values: Mapping[str, Any]) -> None:
    """Change some columns. Raises GroupExists."""
    with refusing(uq_groups_name=GroupExists()):
        await conn.execute(update(Group).where(Group.id == group_id).values(**values, updated_at=func.now()))


async def delete_group(conn: AsyncConnection, group_id: uuid.UUID) -> list[uuid.UUID]:
    """Remove a group; returns who was in it."""
    gone = delete(GroupMember).where(GroupMember.group_id == group_id).returning(GroupMember.user_id)
    members = list((await conn.execute(gone)).scalars())
    await conn.execute(delete(Group).where(Group.id == group_id))
    return members


async def add_to_group(conn: AsyncConnection, group: GroupRecord, user_ids: Sequence[uuid.UUID]) -> None:
    """Put members of the organization into one of its groups; who is there already stays.

    Raises NotInTheOrganization.
    """
    # Locked, so that nobody leaves the organization between the look and the insert.
    here = (
        select(OrganizationMember.user_id)
        .join(User, User.id == OrganizationMember.user_id)
        .where(
            OrganizationMember.organization_id == group.organization_id,
            OrganizationMember.user_id.in_(user_ids),
            ~User.deleted,
        )
        .order_by(OrganizationMember.user_id)
        .with_for_update(read=True, of=OrganizationMember)
    )
    members = set((await conn.execute(here)).scalars())
    if strangers := [user_id for user_id in user_ids if user_id not in members]:
        raise NotInTheOrganization(strangers)
    if members:
        await conn.execute(
            pg_insert(GroupMember)
            .values(
                [
                    {"group_id": group.id, "user_id": user_id, "organization_id": group.organization_id}
                    for user_id in members
                ]
            )
            .on_conflict_do_nothing()
        )


async def remove_from_group(conn: AsyncConnection, group: GroupRecord, user_ids: Sequence[uuid.UUID]) -> None:
    """Take users out of a group; who is not in it is no fault."""
    await conn.execute(delete(GroupMember).where(GroupMember.group_id == group.id, GroupMember.user_id.in_(user_ids)))


async def lock_group(conn: AsyncConnection, group_id: uuid.UUID) -> None:
    """Let nobody else change a group before the end of the transaction."""
    await conn.execute(select(Group.id).where(Group.id == group_id).with_for_update())


async def _one(conn: AsyncConnection, which: ColumnElement[bool]) -> GroupRecord | None:
    row = (await conn.execute(_groups().where(which))).first()
    return None if row is None else GroupRecord(*row)


def _members(group_ids: Collection[uuid.UUID], visibility: VisibleMembers) -> Select[Any]:
    return (
        select(_PLACES.c.group_id, *columns(User, GroupMemberRecord))
        .join(User, User.id == _PLACES.c.user_id)
        .where(
            _PLACES.c.group_id.in_(list(group_ids)),
            ~User.deleted,
            visibility.of(_PLACES.c.organization_id, _PLACES.c.user_id),
        )
    )


def _groups() -> Select[Any]:
    members = (
        select(func.count())
        .select_from(_PLACES.join(User, User.id == _PLACES.c.user_id))
        .where(_PLACES.c.group_id == _GROUPS.c.id, ~User.deleted)
        .correlate(_GROUPS)
        .scalar_subquery()
    )
    return select(*_GROUPS.c, Organization.name, Organization.display_name, members).join(
        Organization, Organization.id == _GROUPS.c.organization_id
    )
