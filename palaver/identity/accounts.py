"""What happens to an account in its life: listed, renamed, suspended, given a new password, deleted."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import ApiKey, ExternalIdentity, MCPUserToken, OrganizationMember, User, UserAIProviderKey
from palaver.auth.sessions import delete_keys_of
from palaver.database import refusing
from palaver.errors.accounts import LastOwner, UsernameTaken
from palaver.identity.users import Credentials, UserRecord, find_user, user_records

_OWNERS_LOCK = 0x6F776E657273
"""Key of the advisory lock that is held while an owner goes."""

_by_name = func.lower(User.username)


async def list_users(
    conn: AsyncConnection,
    visible: ColumnElement[bool],
    *which: ColumnElement[bool],
    after_id: uuid.UUID | None = None,
    limit: int = 0,
    offset: int = 0,
) -> tuple[list[UserRecord], int]:
    """A page of the visible users for whom all of `which` holds, by username, and their number without paging.

    `after_id` begins behind that user, also one who has been deleted since; a `limit` of 0 is none.
    """
    count = await conn.scalar(select(func.count()).select_from(User).where(~User.deleted, visible, *which))
    statement = user_records().where(visible, *which).order_by(_by_name).offset(offset)
    if after_id is not None:
        # Whoever is not visible is no cursor: where the list goes on would tell its name.
        seen = select(_by_name).where(User.id == after_id, visible)
        statement = statement.where(_by_name > seen.correlate(None).scalar_subquery())
    if limit:
        statement = statement.limit(limit)
    return [UserRecord(*row) for row in await conn.execute(statement)], count or 0


async def update_profile(
    conn: AsyncConnection, user_id: uuid.UUID, *, username: str, name: str, avatar_url: str
) -> UserRecord:
    """Replace username, real name and picture. Raises UsernameTaken."""
    with refusing(uq_users_username=UsernameTaken()):
        await _update(conn, user_id, username=username, name=name, avatar_url=avatar_url)
    return await _changed(conn, user_id)


async def set_status(conn: AsyncConnection, user_id: uuid.UUID, status: str) -> UserRecord:
    """Set an account's status. Afterwards: `Authenticator.forget_user`."""
    await _update(conn, user_id, status=status)
    return await _changed(conn, user_id)


async def find_own_credentials(conn: AsyncConnection, user_id: uuid.UUID) -> Credentials | None:
    """What a change of this user's password is judged by."""
    columns = (User.id, User.password_hash, User.login_type, User.status, User.roles)
    row = (await conn.execute(select(*columns).where(User.id == user_id, ~User.deleted))).first()
    return None if row is None else Credentials(*row)


async def set_password(
    conn: AsyncConnection, user_id: uuid.UUID, password_hash: str, *, instead_of: str | None
) -> bool:
    """Store a new hash where `instead_of` still is, and delete every key of the user; False when another was faster.

    The account's row is written first: a login or a new token that still goes by the old state ends before the keys
    are looked for, or begins after they are gone. Afterwards: `Authenticator.forget_user`.
    """
    changed = await conn.execute(
        update(User)
        .where(User.id == user_id, User.password_hash.is_not_distinct_from(instead_of), ~User.deleted)
        .values(password_hash=password_hash, updated_at=func.now())
        .returning(User.id)
    )
    if changed.first() is None:
        return False
    await delete_keys_of(conn, user_id)
    return True


async def delete_account(conn: AsyncConnection, user_id: uuid.UUID) -> None:
    """Mark an account as deleted; its keys (those of providers too), tokens for MCP servers, memberships and
    identities elsewhere go. The caller holds the row.

    Afterwards: `Authenticator.forget_user`.
    """
    await _update(conn, user_id, deleted=True)
    await delete_keys_of(conn, user_id)
    await conn.execute(delete(OrganizationMember).where(OrganizationMember.user_id == user_id))
    await conn.execute(delete(ExternalIdentity).where(ExternalIdentity.user_id == user_id))
    await conn.execute(delete(UserAIProviderKey).where(UserAIProviderKey.user_id == user_id))
    await conn.execute(delete(MCPUserToken).where(MCPUserToken.user_id == user_id))


async def is_last_owner(conn: AsyncConnection, user_id: uuid.UUID) -> bool:
    """Whether nobody else is an owner and not suspended.

    Until the end of the transaction nobody else can ask: of two owners who remove each other one stays. The caller
    holds the row of the user who may go.
    """
    await conn.execute(select(func.pg_advisory_xact_lock(_OWNERS_LOCK)))
    is_owner = User.__table__.c.roles.contains(["owner"])
    other = exists().where(is_owner, ~User.deleted, User.status != "suspended", User.id != user_id)
    return not await conn.scalar(select(other))


async def require_other_owner(conn: AsyncConnection, user_id: uuid.UUID) -> None:
    """Raise LastOwner for the last owner; see `is_last_owner`."""
    if await is_last_owner(conn, user_id):
        raise LastOwner


async def explicit_roles(conn: AsyncConnection, user_id: uuid.UUID) -> dict[uuid.UUID, list[str]]:
    """The roles given to a user in each of its organizations."""
    rows = await conn.execute(
        select(OrganizationMember.organization_id, OrganizationMember.roles)
        .where(OrganizationMember.user_id == user_id)
        .order_by(OrganizationMember.organization_id)
    )
    return {row.organization_id: row.roles for row in rows}


async def hold_account(conn: AsyncConnection, user_id: uuid.UUID, key_id: str | None = None) -> bool:
    """Keep an account as it is until the end of the transaction; others may hold it too.

    False when it is deleted or, with `key_id`, suspended or that key has ended: so nothing is made with a key that
    another replica has just revoked.
    """
    usable: Sequence[ColumnElement[bool]] = () if key_id is None else (User.status != "suspended",)
    row = await conn.execute(
        select(User.id).where(User.id == user_id, ~User.deleted, *usable).with_for_update(read=True)
    )
    if row.first() is None:
        return False
    if key_id is None:
        return True
    key = exists().where(ApiKey.id == key_id, ApiKey.user_id == user_id, ApiKey.expires_at > func.now())
    return bool(await conn.scalar(select(key)))


async def _update(conn: AsyncConnection, user_id: uuid.UUID, **values: object) -> None:
    await conn.execute(update(User).where(User.id == user_id).values(updated_at=func.now(), **values))


async def _changed(conn: AsyncConnection, user_id: uuid.UUID) -> UserRecord:
    user = await find_user(conn, user_id)
    assert user is not None
    return user
