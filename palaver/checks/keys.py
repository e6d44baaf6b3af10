"""Who may make, read and end which keys."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.auth.allow_lists import is_within
from palaver.auth.policy import Action, ApiKeyResource, UserResource, in_scope
from palaver.auth.sessions import ALL_SCOPES
from palaver.checks.identity import known_user
from palaver.contract.context import Context
from palaver.errors import Forbidden, NotFound
from palaver.errors.auth import TokenUnknown
from palaver.identity.accounts import hold_account
from palaver.identity.keys import KeyRecord
from palaver.identity.users import UserRecord


def require_key_creation(ctx: Context, owner: UserRecord, scopes: Sequence[str], allow_list: Sequence[str]) -> None:
    """Raise Forbidden unless the caller may make a key for this user, and its own covers all of it.

    NotFound instead where the caller may not read the user.
    """
    allowed = ctx.services.authorizer.allowed
    if allowed(ctx.user, "api_key:create", ApiKeyResource(owner.id)):
        if all(_covered(ctx.user.scopes, scope) for scope in scopes) and is_within(allow_list, ctx.user.allow_list):
            return
    elif not allowed(ctx.user, "user:read", UserResource(owner.id)):
        raise NotFound
    raise Forbidden


async def hold_for_new_key(ctx: Context, conn: AsyncConnection, owner: UserRecord) -> None:
    """Until the end of the transaction neither the caller's nor the owner's keys can be ended as a whole.

    What the authenticator remembers may be some seconds old; a key that has ended since makes no other. Raises
    TokenUnknown, or NotFound when the owner is gone.
    """
    caller = ctx.user
    if not await hold_account(conn, caller.user_id, caller.key_id):
        ctx.services.authenticator.forget_key(caller.key_id)
        raise TokenUnknown(ctx.services.authenticator.base_url(ctx.headers.get("host", "")))
    if owner.id != caller.user_id and not await hold_account(conn, owner.id):
        raise NotFound


async def owner_of_keys(ctx: Context, conn: AsyncConnection, named: str, action: Action) -> UserRecord:
    """The user with this id or username, or the caller for `me`, if the caller may do `action` to keys of this user.

    Which of the keys is asked with `access_key`. Nobody else's keys are looked for, so that the time of the answer
    does not tell whether there is such a user. Raises BadUserParameter and NotFound.
    """
    owner = await known_user(ctx, conn, named)
    without_list = replace(ctx.user, allow_list=None)
    ctx.services.authorizer.require(without_list, action, ApiKeyResource(owner.id))
    return owner


def access_key(ctx: Context, action: Action, key: KeyRecord | None) -> KeyRecord:
    """The key, if there is one and the caller may do `action` to it. Raises NotFound."""
    if key is None:
        raise NotFound
    ctx.services.authorizer.require(ctx.user, action, ApiKeyResource(key.user_id, key.id))
    return key


def _covered(scopes: frozenset[str], wanted: str) -> bool:
    if wanted in scopes:
        return True
    if wanted in ALL_SCOPES or wanted.endswith(":*"):
        return not scopes.isdisjoint(ALL_SCOPES)
    return in_scope(scopes, wanted)
