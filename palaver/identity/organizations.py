"""Organizations and who belongs to them."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Organization, OrganizationMember

DEFAULT = "default"
"""How a request names the organization that exists from the start."""


@dataclass(frozen=True, slots=True)
class OrganizationRecord:
    """An organization; every member has `default_member_roles` without being given them."""

    id: uuid.UUID
    name: str
    display_name: str
    description: str
    icon: str
    is_default: bool
    default_member_roles: list[str]
    created_at: dt.datetime
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class MembershipRecord:
    """A user's place in an organization, with its explicit roles."""

    organization_id: uuid.UUID
    user_id: uuid.UUID
    roles: list[str]
    created_at: dt.datetime
    updated_at: dt.datetime


async def list_organizations(conn: AsyncConnection) -> list[OrganizationRecord]:
    """All organizations by name."""
    rows = await conn.execute(_organizations().order_by(func.lower(Organization.name)))
    return [OrganizationRecord(*row) for row in rows]


async def find_organization(conn: AsyncConnection, named: str) -> OrganizationRecord | None:
    """The organization with this id or name, or the default one for `default`."""
    which: ColumnElement[bool] = func.lower(Organization.name) == func.lower(named)
    if named.lower() == DEFAULT:
        which = Organization.is_default.is_(True)
    elif (organization_id := _uuid(named)) is not None:
        which = or_(which, Organization.id == organization_id)  # a name may look like an id
    row = (await conn.execute(_organizations().where(which))).first()
    return None if row is None else OrganizationRecord(*row)


async def default_organization_id(conn: AsyncConnection) -> uuid.UUID:
    """The organization that exists from the start."""
    return (await conn.execute(select(Organization.id).where(Organization.is_default))).scalar_one()


async def existing_organizations(conn: AsyncConnection, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the ids that name an organization."""
    return set((await conn.execute(select(Organization.id).where(Organization.id.in_(ids)))).scalars())


async def lock_membership(
    conn: AsyncConnection, organization_id: uuid.UUID, user_id: uuid.UUID
) -> MembershipRecord | None:
    """A user's membership; nobody else changes it before the end of the transaction."""
    rows = await conn.execute(
        select(*_columns(OrganizationMember, MembershipRecord))
        .where(OrganizationMember.organization_id == organization_id, OrganizationMember.user_id == user_id)
        .with_for_update()
    )
    row = rows.first()
    return None if row is None else MembershipRecord(*row)


async def set_member_roles(
    conn: AsyncConnection, membership: MembershipRecord, roles: Sequence[str]
) -> MembershipRecord:
    """Replace a member's explicit roles; the caller holds the row."""
    rows = await conn.execute(
        update(OrganizationMember)
        .where(
            OrganizationMember.organization_id == membership.organization_id,
            OrganizationMember.user_id == membership.user_id,
        )
        .values(roles=list(roles), updated_at=func.now())
        .returning(*_columns(OrganizationMember, MembershipRecord))
    )
    return MembershipRecord(*rows.one())


def _organizations() -> Select[Any]:
    return select(*_columns(Organization, OrganizationRecord))


def _columns(model: Any, record: Any) -> list[Any]:
    return [model.__table__.c[name] for name in record.__slots__]


def _uuid(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None
