"""Which user or organization a request means, and whether the caller may know of it."""

import re
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.auth.passwords import check_strength
from palaver.auth.policy import OrganizationResource, UserResource
from palaver.contract.context import Context
from palaver.errors import NotFound
from palaver.errors.identity import BadUserParameter, PasswordTooWeak
from palaver.identity.organizations import OrganizationRecord, find_organization, list_organizations
from palaver.identity.users import UserRecord, find_user, find_user_by_name

ME = "me"
_UUID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_USERNAME = re.compile(r"[a-zA-Z0-9]+(?:-[a-zA-Z0-9]+)*")
_MAX_USERNAME = 32


async def access_user(ctx: Context, conn: AsyncConnection, named: str, *, lock: bool = False) -> UserRecord:
    """The user with this id or username, or the caller for `me`, if the caller may read it.

    With `lock` its row stays as it is until the end of the transaction. Raises BadUserParameter and NotFound.
    """
    user = await known_user(ctx, conn, named, lock=lock)
    ctx.services.authorizer.require(ctx.user, "user:read", UserResource(user.id))
    return user


async def known_user(ctx: Context, conn: AsyncConnection, named: str, *, lock: bool = False) -> UserRecord:
    """As `access_user`, where another right than reading the user decides: the caller checks it."""
    if named == ME:
        user = await find_user(conn, ctx.user.user_id, lock=lock)
    elif _UUID.fullmatch(named):
        user = await find_user(conn, uuid.UUID(named), lock=lock)
    elif len(named) <= _MAX_USERNAME and _USERNAME.fullmatch(named):
        user = await find_user_by_name(conn, named, lock=lock)
    else:
        raise BadUserParameter
    if user is None:
        raise NotFound
    return user


async def access_organization(
    ctx: Context, conn: AsyncConnection, named: str, *, lock: bool = False
) -> OrganizationRecord:
    """The organization with this id or name, or the default one for `default`, if the caller may read it.

    With `lock` it stays as it is, and nothing is added to it, until the end of the transaction. Raises NotFound.
    """
    organization = await find_organization(conn, named, lock=lock)
    if organization is None:
        raise NotFound
    ctx.services.authorizer.require(ctx.user, "organization:read", OrganizationResource(organization.id))
    return organization


async def readable_organizations(ctx: Context, conn: AsyncConnection) -> list[OrganizationRecord]:
    """All organizations that the caller may read, by name."""
    allowed = ctx.services.authorizer.allowed
    return [
        organization
        for organization in await list_organizations(conn)
        if allowed(ctx.user, "organization:read", OrganizationResource(organization.id))
    ]


def check_password(password: str) -> None:
    """Raise PasswordTooWeak for a password that is too long or too easy to guess."""
    if (reason := check_strength(password)) is not None:
        raise PasswordTooWeak(reason)
