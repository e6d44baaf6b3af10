"""Users as an OpenID provider knows them: find and link them, keep its tokens. Tokens come and go as ciphertext."""

import datetime as dt
import hashlib
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from models import ExternalIdentity, FinishedSignIn, Group, GroupMember, Organization, OrganizationMember, User


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """The provider's tokens of one user, encrypted."""

    access_token: bytes | None
    refresh_token: bytes | None
    expires_at: dt.datetime | None


async def finish_sign_in(conn: AsyncConnection, state: bytes, expires_at: dt.datetime) -> bool:
    """Note that a sign-in has come back; False when it had before. Forgets those that have expired anyway."""
    await conn.execute(delete(FinishedSignIn).where(FinishedSignIn.expires_at < func.now()))
    noted = await conn.execute(
        insert(FinishedSignIn)
        .values(state=state, expires_at=expires_at)
        .on_conflict_do_nothing()
        .returning(FinishedSignIn.state)
    )
    return noted.first() is not None


async def lock_identity(conn: AsyncConnection, issuer: str, subject: str) -> None:
    """Let nobody else sign this subject in or up before the end of the transaction; there may be no row yet."""
    digest = hashlib.sha256(f"{issuer}\0{subject}".encode("utf-8", "surrogatepass")).digest()
    await conn.execute(select(func.pg_advisory_xact_lock(int.from_bytes(digest[:8], signed=True))))


async def find_identity(conn: AsyncConnection, issuer: str, subject: str) -> uuid.UUID | None:
    """The user who is this subject; None for a stranger and for one whose user was deleted."""
    found: uuid.UUID | None = await conn.scalar(
        select(ExternalIdentity.user_id)
        .join(User, User.id == ExternalIdentity.user_id)
        .where(ExternalIdentity.issuer == issuer, ExternalIdentity.subject == subject, ~User.deleted)
    )
    return found


async def email_taken(conn: AsyncConnection, email: str, by_other_than: uuid.UUID | None = None) -> bool:
    """Whether another user has this e-mail address, upper and lower case being the same."""
    others = select(User.id).where(func.lower(User.email) == func.lower(email), ~User.deleted)
    if by_other_than is not None:
        others = others.where(User.id != by_other_than)
    return (await conn.execute(others)).first() is not None


async def save_identity(
    conn: AsyncConnection, issuer: str, subject: str, user_id: uuid.UUID, tokens: StoredTokens
) -> None:
    """Link the user to the subject, or keep the link, with new tokens; a deleted user's link passes to a new user."""
    values = {
        "user_id": user_id,
        "access_token": tokens.access_token,
        "refresh_token": tokens.refresh_token,
        "token_expires_at": tokens.expires_at,
    }
    await conn.execute(
        insert(ExternalIdentity)
        .values(issuer=issuer, subject=subject, **values)
        .on_conflict_do_update(index_elements=["issuer", "subject"], set_={**values, "updated_at": func.now()})
    )


async def read_tokens(
    conn: AsyncConnection, issuer: str, user_id: uuid.UUID, *, lock: bool = False
) -> StoredTokens | None:
    """A user's tokens; with `lock` nobody else changes them before the end of the transaction."""
    statement = select(
        ExternalIdentity.access_token, ExternalIdentity.refresh_token, ExternalIdentity.token_expires_at
    ).where(ExternalIdentity.issuer == issuer, ExternalIdentity.user_id == user_id)
    row = (await conn.execute(statement.with_for_update() if lock else statement)).first()
    return None if row is None else StoredTokens(*row)


async def replace_tokens(conn: AsyncConnection, issuer: str, user_id: uuid.UUID, tokens: StoredTokens) -> None:
    """Store what a refresh gave; the caller holds the row."""
    await conn.execute(
        update(ExternalIdentity)
        .where(ExternalIdentity.issuer == issuer, ExternalIdentity.user_id == user_id)
        .values(
            access_token=tokens.access_token,
            refresh_token=tokens.refresh_token,
            token_expires_at=tokens.expires_at,
            updated_at=func.now(),
        )
    )


async def set_profile(conn: AsyncConnection, user_id: uuid.UUID, email: str, name: str) -> None:
    """What the provider says about a user replaces what was known, where it says something else."""
    await conn.execute(
        update(User)
        .where(User.id == user_id, or_(User.email != email, User.name != name))
        .values(email=email, name=name, updated_at=func.now())
    )


async def set_groups(conn: AsyncConnection, user_id: uuid.UUID, names: Collection[str]) -> bool:
    """Make the user a member of exactly those groups of the default organization; True when something changed.

    Names of groups that do not exist are passed over: a provider has many that are none of ours. Someone who is no
    member of the organization gets into none.
    """
    default = select(Organization.id).where(Organization.is_default).scalar_subquery()
    groups_there = select(Group.id).where(Group.organization_id == default)
    named = func.lower(Group.name).in_([name.lower() for name in names])
    left = await conn.execute(
        delete(GroupMember)
        .where(
            GroupMember.user_id == user_id,
            GroupMember.group_id.in_(groups_there),
            GroupMember.group_id.not_in(groups_there.where(named)),
        )
        .returning(GroupMember.group_id)
    )
    joined = await conn.execute(
        insert(GroupMember)
        .from_select(
            ["group_id", "user_id", "organization_id"],
            select(Group.id, OrganizationMember.user_id, Group.organization_id)
            .join(OrganizationMember, OrganizationMember.organization_id == Group.organization_id)
            .where(Group.organization_id == default, named, OrganizationMember.user_id == user_id),
        )
        .on_conflict_do_nothing()
        .returning(GroupMember.group_id)
    )
    return left.first() is not None or joined.first() is not None
