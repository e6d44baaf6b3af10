"""Users' own API keys of providers, which their chats' model calls are made with."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import audit
from palaver.auth.policy import Action, ApiKeyResource, UserResource
from palaver.checks.identity import known_user
from palaver.configuration import user_keys
from palaver.contract.context import Context
from palaver.contract.types import CreateUserAIProviderKeyRequest, UserAIProviderKeyConfig
from palaver.errors import Forbidden, NotFound
from palaver.errors.configuration import OwnKeysDisabled
from palaver.identity.accounts import hold_account
from palaver.identity.users import UserRecord
from palaver.wire.configuration import own_key_json


async def list_user_ai_provider_keys(ctx: Context, user: str) -> list[UserAIProviderKeyConfig]:
    """The providers, and whether the user has a key of each."""
    async with ctx.services.database.connect() as conn:
        owner = await _owner(ctx, conn, user, "api_key:read")
        keys = await user_keys.list_own_keys(conn, owner.id)
    return [own_key_json(key, allowed=_allowed(ctx)) for key in keys]


async def upsert_user_ai_provider_key(
    ctx: Context, user: str, ai_provider: uuid.UUID, body: CreateUserAIProviderKeyRequest
) -> UserAIProviderKeyConfig:
    """Store a key, encrypted, in place of the one before.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    async with ctx.services.database.begin() as conn:
        owner = await _owner(ctx, conn, user, "api_key:update")
        if not _allowed(ctx):
            raise OwnKeysDisabled
        await user_keys.hold_enabled_provider(conn, ai_provider)
        user_keys.check_own_key(body["api_key"])
        if not await hold_account(conn, owner.id):
            raise NotFound
        stored = await user_keys.store_own_key(conn, owner.id, ai_provider, body["api_key"], ctx.services.secrets)
        await _record(ctx, conn, owner, ai_provider, "stored")
    ctx.services.catalog.forget()
    return own_key_json(stored, allowed=True)


async def delete_user_ai_provider_key(ctx: Context, user: str, ai_provider: uuid.UUID) -> None:
    """Erase a key; nothing happens where there is none."""
    async with ctx.services.database.begin() as conn:
        owner = await _owner(ctx, conn, user, "api_key:delete")
        await user_keys.delete_own_key(conn, owner.id, ai_provider)
        await _record(ctx, conn, owner, ai_provider, "erased")
    ctx.services.catalog.forget()


async def _owner(ctx: Context, conn: AsyncConnection, named: str, action: Action) -> UserRecord:
    """The user, if the caller may do this to its keys; NotFound where the caller may not even read the user."""
    owner = await known_user(ctx, conn, named)
    allowed = ctx.services.authorizer.allowed
    if not allowed(ctx.user, action, ApiKeyResource(owner.id)):
        raise Forbidden if allowed(ctx.user, "user:read", UserResource(owner.id)) else NotFound
    return owner


def _allowed(ctx: Context) -> bool:
    return ctx.services.settings.user_provider_keys != "disabled"


async def _record(ctx: Context, conn: AsyncConnection, owner: UserRecord, provider_id: uuid.UUID, what: str) -> None:
    told = {"ai_provider_key": what, "ai_provider_id": str(provider_id)}
    await audit.record(conn, ctx.user.user_id, "update", "user", owner.id, ctx, told)
