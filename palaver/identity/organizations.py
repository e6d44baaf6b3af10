"""Organizations: find, make, change and delete them. Who belongs to them is told by `palaver.identity.members`."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Chat, ChatFile, Organization, OrganizationMember
from palaver.auth.roles import DEFAULT_MEMBER_ROLES
from palaver.database import refusing
from palaver.errors.identity import OrganizationExists

DEFAULT = "default"
"""How a request names the organization that exists from the start."""

RESERVED_NAMES = frozenset({DEFAULT, "new", "create"})
"""What no organization may be called, in any case: paths give these words another meaning."""


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


async def list_organizations(conn: AsyncConnection) -> list[OrganizationRecord]:
    """All organizations by name."""
    rows = await conn.execute(_organizations().order_by(func.lower(Organization.name)))
    return [OrganizationRecord(*row) for row in rows]


async def find_organization(conn: AsyncConnection, named: str, *, lock: bool = False) -> OrganizationRecord | None:
    """The organization with this id or name, or the default one for `default`.

    With `lock`, nobody else changes it or adds anything to it before the end of the transaction.
    """
    which: ColumnElement[bool] = func.lower(Organization.name) == func.lower(named)
    if named.lower() == DEFAULT:
        which = Organization.is_default.is_(True)
    elif (organization_id := _uuid(named)) is not None:
        which = or_(which, Organization.id == organization_id)  # a name may look like an id
    statement = _organizations().where(which)
    row = (await conn.execute(statement.with_for_update() if lock else statement)).first()
    return None if row is None else OrganizationRecord(*row)


async def default_organization_id(conn: AsyncConnection) -> uuid.UUID:
    """The organization that exists from the start."""
    return (await conn.execute(select(Organization.id).where(Organization.is_default))).scalar_one()


async def existing_organizations(conn: AsyncConnection, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the ids that name an organization."""
    return set((await conn.execute(select(Organization.id).where(Organization.id.in_(ids)))).scalars())


def names_something_else(name: str) -> bool:
    """Whether a path with this name would mean something else than the organization: a reserved word, or an id."""
    return name.lower() in RESERVED_NAMES or _uuid(name) is not None


async def create_organization(conn: AsyncConnection, **values: str) -> OrganizationRecord:
    """Store an organization with `name` and the other values; members get the default roles of the deployment.

    Raises OrganizationExists, also when another request was faster.
    """
    statement = (
        insert(Organization)
        .values(id=uuid.uuid4(), default_member_roles=list(DEFAULT_MEMBER_ROLES), **values)
        .returning(*columns(Organization, OrganizationRecord))
    )
    with refusing(uq_organizations_name=OrganizationExists()):
        return OrganizationRecord(*(await conn.execute(statement)).one())


async def update_organization(
    conn: AsyncConnection, organization_id: uuid.UUID, values: Mapping[str, Any]
) -> OrganizationRecord:
    """Change some columns. Raises OrganizationExists."""
    statement = (
        update(Organization)
        .where(Organization.id == organization_id)
        .values(**values, updated_at=func.now())
        .returning(*columns(Organization, OrganizationRecord))
    )
    with refusing(uq_organizations_name=OrganizationExists()):
        return OrganizationRecord(*(await conn.execute(statement)).one())


async def count_contents(conn: AsyncConnection, organization_id: uuid.UUID, beside: uuid.UUID) -> tuple[int, int]:
    """(chats, members other than `beside`) of an organization."""
    chats = select(func.count()).select_from(Chat).where(Chat.organization_id == organization_id)
    members = (
        select(func.count())
        .select_from(OrganizationMember)
        .where(OrganizationMember.organization_id == organization_id, OrganizationMember.user_id != beside)
    )
    row = (await conn.execute(select(chats.scalar_subquery(), members.scalar_subquery()))).one()
    return row[0], row[1]


async def delete_organization(conn: AsyncConnection, organization_id: uuid.UUID) -> None:
    """Remove an organization without chats, with its memberships, its groups and files that no chat ever used."""
    await conn.execute(delete(ChatFile).where(ChatFile.organization_id == organization_id))
    await conn.execute(delete(Organization).where(Organization.id == organization_id))


def _organizations() -> Select[Any]:
    return select(*columns(Organization, OrganizationRecord))


def columns(model: Any, record: Any) -> list[Any]:
    """The columns of a table that a record class has fields for, in its order."""
    return [model.__table__.c[name] for name in record.__slots__]


def _uuid(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None
