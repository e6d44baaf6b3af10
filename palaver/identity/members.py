"""Who belongs to an organization, and with which roles."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, literal, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from models import OrganizationMember, User
from palaver.auth.visibility import VisibleMembers
from palaver.database import refusing
from palaver.errors.identity import AlreadyMember
from palaver.identity.organizations import OrganizationRecord, columns
from palaver.identity.users import UserRecord


@dataclass(frozen=True, slots=True)
class MembershipRecord:
    """A user's place in an organization, with its explicit roles."""

    organization_id: uuid.UUID
    user_id: uuid.UUID
    roles: list[str]
    created_at: dt.datetime
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class MemberRecord:
    """A membership with the account that it belongs to; `site_roles` without the implied `member`."""

    membership: MembershipRecord
    username: str
    name: str
    avatar_url: str
    email: str
    status: str
    login_type: str
    is_service_account: bool
    site_roles: list[str]
    last_seen_at: dt.datetime | None
    user_created_at: dt.datetime
    user_updated_at: dt.datetime


_USER_COLUMNS = (
    User.username,
    User.name,
    User.avatar_url,
    User.email,
    User.status,
    User.login_type,
    User.is_service_account,
    User.roles.label("site_roles"),
    User.last_seen_at,
    User.created_at.label("user_created_at"),
    User.updated_at.label("user_updated_at"),
)
BY_NAME = (func.lower(User.username), User.id)
"""The order of every list of members."""


def behind_user(user_id: uuid.UUID) -> ColumnElement[bool]:
    """A where-clause over `User`: what comes behind a user in the order of `BY_NAME`; nothing, if there is no such."""
    seen = aliased(User)
    name = select(func.lower(seen.username)).where(seen.id == user_id).scalar_subquery()
    return tuple_(*BY_NAME) > tuple_(name, literal(user_id))


async def list_members(
    conn: AsyncConnection,
    organization_id: uuid.UUID,
    visible: VisibleMembers,
    *which: ColumnElement[bool],
    after_id: uuid.UUID | None = None,
    limit: int = 0,
    offset: int = 0,
) -> list[MemberRecord]:
    """The members that a caller may read and for whom all of `which` (over `User`) holds, by username.

    `after_id` begins behind that user, also one who is not listed; a `limit` of 0 is none.
    """
    statement = _members(organization_id, [_within(visible), *which]).order_by(*BY_NAME).offset(offset)
    if after_id is not None:
        statement = statement.where(behind_user(after_id))
    if limit:
        statement = statement.limit(limit)
    return [_member(row) for row in await conn.execute(statement)]


async def count_members(
    conn: AsyncConnection, organization_id: uuid.UUID, visible: VisibleMembers, *which: ColumnElement[bool]
) -> int:
    """How many members `list_members` has without paging."""
    statement = select(func.count()).select_from(_members(organization_id, [_within(visible), *which]).subquery())
    return int(await conn.scalar(statement) or 0)


async def find_member(conn: AsyncConnection, organization_id: uuid.UUID, user_id: uuid.UUID) -> MemberRecord | None:
    """One member."""
    row = (await conn.execute(_members(organization_id, [User.id == user_id]))).first()
    return None if row is None else _member(row)


async def add_member(conn: AsyncConnection, organization: OrganizationRecord, user: UserRecord) -> MembershipRecord:
    """Make a user a member, with the organization's default roles. Raises AlreadyMember."""
    statement = (
        insert(OrganizationMember)
        .values(organization_id=organization.id, user_id=user.id, roles=[])
        .returning(*columns(OrganizationMember, MembershipRecord))
    )
    with refusing(pk_organization_members=AlreadyMember(user.username, organization.display_name or organization.name)):
        return MembershipRecord(*(await conn.execute(statement)).one())


async def add_first_member(conn: AsyncConnection, organization_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """Make a user the member, and admin, of an organization that was just made."""
    await conn.execute(
        insert(OrganizationMember).values(
            organization_id=organization_id, user_id=user_id, roles=["organization-admin"]
        )
    )


async def remove_member(conn: AsyncConnection, membership: MembershipRecord) -> None:
    """End a membership, and with it every place in the organization's groups."""
    await conn.execute(delete(OrganizationMember).where(*_of(membership.organization_id, membership.user_id)))


async def lock_membership(
    conn: AsyncConnection, organization_id: uuid.UUID, user_id: uuid.UUID
) -> MembershipRecord | None:
    """A user's membership; nobody else changes it before the end of the transaction."""
    statement = select(*columns(OrganizationMember, MembershipRecord)).where(*_of(organization_id, user_id))
    row = (await conn.execute(statement.with_for_update())).first()
    return None if row is None else MembershipRecord(*row)


async def set_member_roles(
    conn: AsyncConnection, membership: MembershipRecord, roles: Sequence[str]
) -> MembershipRecord:
    """Replace a member's explicit roles; the caller holds the row."""
    rows = await conn.execute(
        update(OrganizationMember)
        .where(*_of(membership.organization_id, membership.user_id))
        .values(roles=list(roles), updated_at=func.now())
        .returning(*columns(OrganizationMember, MembershipRecord))
    )
    return MembershipRecord(*rows.one())


def _of(organization_id: uuid.UUID, user_id: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    return OrganizationMember.organization_id == organization_id, OrganizationMember.user_id == user_id


def _within(visible: VisibleMembers) -> ColumnElement[bool]:
    return visible.of(OrganizationMember.__table__.c.organization_id, OrganizationMember.__table__.c.user_id)


def _members(organization_id: uuid.UUID, which: Sequence[ColumnElement[bool]]) -> Select[Any]:
    return (
        select(*columns(OrganizationMember, MembershipRecord), *_USER_COLUMNS)
        .join(User, User.id == OrganizationMember.user_id)
        .where(OrganizationMember.organization_id == organization_id, ~User.deleted, *which)
    )


def _member(row: Any) -> MemberRecord:
    fields = len(MembershipRecord.__slots__)
    return MemberRecord(MembershipRecord(*row[:fields]), *row[fields:])
