"""The accounts: find, create and change them. A deleted user is never found."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, insert, select, text, update
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncConnection

from models import OrganizationMember, User
from palaver.database import refusing
from palaver.errors.identity import UserExists

_FIRST_USER_LOCK = 0x66697273745F75
"""Key of the advisory lock that only the making of the first user takes."""

_OLDEST_FIRST = aggregate_order_by(
    OrganizationMember.organization_id, OrganizationMember.created_at, OrganizationMember.organization_id
)
_ORGANIZATION_IDS = (
    select(func.coalesce(func.array_agg(_OLDEST_FIRST), text("'{}'::uuid[]")))
    .where(OrganizationMember.user_id == User.id)
    .correlate(User)
    .scalar_subquery()
    .label("organization_ids")
)


@dataclass(frozen=True, slots=True)
class UserRecord:
    """An account without its password; `roles` are site roles without the implied `member`."""

    id: uuid.UUID
    username: str
    email: str
    name: str
    avatar_url: str
    login_type: str
    status: str
    roles: list[str]
    is_service_account: bool
    last_seen_at: dt.datetime | None
    created_at: dt.datetime
    updated_at: dt.datetime
    organization_ids: list[uuid.UUID]


@dataclass(frozen=True, slots=True)
class NewUser:
    """An account to create; `password_hash` is None for one without a password."""

    username: str
    email: str
    name: str
    password_hash: str | None
    login_type: str
    status: str
    roles: Sequence[str]
    organization_ids: Sequence[uuid.UUID]
    is_service_account: bool = False


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a login is judged by."""

    user_id: uuid.UUID
    password_hash: str | None
    login_type: str
    status: str
    roles: list[str]


async def any_user(conn: AsyncConnection) -> bool:
    """Whether the server has, or ever had, a user: a deleted one counts, lest a stranger become the first again."""
    return bool(await conn.scalar(select(exists().where(User.id.is_not(None)))))


async def lock_first_user(conn: AsyncConnection) -> None:
    """Let one transaction at a time decide about the first user; held until its end."""
    await conn.execute(select(func.pg_advisory_xact_lock(_FIRST_USER_LOCK)))


async def find_user(conn: AsyncConnection, user_id: uuid.UUID, *, lock: bool = False) -> UserRecord | None:
    """The user with this id; with `lock`, nobody else changes its row before the end of the transaction."""
    return await _one(conn, User.id == user_id, lock=lock)


async def find_user_by_name(conn: AsyncConnection, username: str, *, lock: bool = False) -> UserRecord | None:
    """The user with this login name, upper and lower case being the same."""
    return await _one(conn, func.lower(User.username) == func.lower(username), lock=lock)


async def name_taken(conn: AsyncConnection, username: str, email: str) -> bool:
    """Whether a user has this login name or this e-mail address; the empty address is nobody's."""
    same_name = func.lower(User.username) == func.lower(username)
    same_email = (func.lower(User.email) == func.lower(email)) & (User.email != "")
    return bool(await conn.scalar(select(exists().where(~User.deleted, same_name | same_email))))


async def find_credentials(conn: AsyncConnection, email: str) -> Credentials | None:
    """What a login with this e-mail address is judged by."""
    rows = await conn.execute(
        select(User.id, User.password_hash, User.login_type, User.status, User.roles).where(
            func.lower(User.email) == func.lower(email), User.email != "", ~User.deleted
        )
    )
    row = rows.first()
    return None if row is None else Credentials(*row)


async def create_user(conn: AsyncConnection, user: NewUser) -> UserRecord:
    """Store an account and its memberships. Raises UserExists, also when another request was faster."""
    user_id = uuid.uuid4()
    with refusing(uq_users_username=UserExists(), uq_users_email=UserExists()):
        await conn.execute(
            insert(User).values(
                id=user_id,
                username=user.username,
                email=user.email,
                name=user.name,
                password_hash=user.password_hash,
                login_type=user.login_type,
                status=user.status,
                roles=list(user.roles),
                is_service_account=user.is_service_account,
            )
        )
    await conn.execute(
        insert(OrganizationMember),
        [
            {"organization_id": organization_id, "user_id": user_id, "roles": []}
            for organization_id in user.organization_ids
        ],
    )
    created = await find_user(conn, user_id)
    assert created is not None
    return created


async def set_site_roles(conn: AsyncConnection, user_id: uuid.UUID, roles: Sequence[str]) -> UserRecord:
    """Replace a user's explicit site roles; the caller holds the row."""
    await conn.execute(update(User).where(User.id == user_id).values(roles=list(roles), updated_at=func.now()))
    changed = await find_user(conn, user_id)
    assert changed is not None
    return changed


async def note_login(
    conn: AsyncConnection, user_id: uuid.UUID, credentials: Credentials | None = None, new_hash: str | None = None
) -> bool:
    """A user has logged in: seen now, and no longer dormant; `new_hash` replaces the password's hash.

    With `credentials` False, and nothing is written, where the account has another password by now, is suspended or
    deleted: a session that goes by an old password must not outlive it.
    """
    values: dict[str, Any] = {
        "last_seen_at": func.now(),
        "status": case((User.status == "dormant", "active"), else_=User.status),
    }
    which = [User.id == user_id]
    if credentials is not None:
        same_password = User.password_hash.is_not_distinct_from(credentials.password_hash)
        which += [~User.deleted, User.status != "suspended", same_password]
    if new_hash is not None:
        values["password_hash"] = new_hash
    return (await conn.execute(update(User).where(*which).values(values).returning(User.id))).first() is not None


async def _one(conn: AsyncConnection, which: ColumnElement[bool], *, lock: bool) -> UserRecord | None:
    statement = user_records().where(which)
    row = (await conn.execute(statement.with_for_update(of=User) if lock else statement)).first()
    return None if row is None else UserRecord(*row)


def user_records() -> Select[Any]:
    """A statement for the columns of UserRecord, of all users who are not deleted."""
    columns = [User.__table__.c[name] for name in UserRecord.__slots__ if name != "organization_ids"]
    return select(*columns, _ORGANIZATION_IDS).where(~User.deleted)
