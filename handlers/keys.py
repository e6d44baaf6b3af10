"""Sessions and tokens: made, listed, ended."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import cast

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import audit
from palaver.auth.allow_lists import EVERYTHING
from palaver.auth.policy import ApiKeyResource
from palaver.auth.sessions import ALL_SCOPES, SessionLogin, create_session, delete_key
from palaver.checks.identity import access_user, known_user
from palaver.checks.keys import access_key, hold_for_new_key, owner_of_keys, require_key_creation
from palaver.contract.context import Context
from palaver.contract.replies import Reply
from palaver.contract.types import APIKey, CreateTokenRequest, GenerateAPIKeyResponse, TokenConfig
from palaver.identity import keys
from palaver.identity.users import UserRecord
from palaver.wire.keys import key_json, key_with_owner_json, nanoseconds


async def create_new_session_key(ctx: Context, user: str) -> Reply:
    """Open a session as a login would."""
    async with ctx.services.database.begin() as conn:
        target = await known_user(ctx, conn, user)
        require_key_creation(ctx, target, ALL_SCOPES, (EVERYTHING,))
        await hold_for_new_key(ctx, conn, target)
        login_type = cast(SessionLogin, target.login_type)
        token = await create_session(conn, target.id, ctx.services.settings, login_type=login_type)
        return await _made(ctx, conn, target, token, {"login_type": login_type})


async def create_token_api_key(ctx: Context, user: str, body: CreateTokenRequest) -> Reply:
    """Make a long-lived token, no wider than the key that asks for it."""
    wanted: Sequence[str] = body.get("scopes") or [scope for scope in (body.get("scope"),) if scope]
    new = keys.NewToken(
        name=body.get("token_name") or "",
        lifetime=dt.timedelta(microseconds=(body.get("lifetime") or 0) // 1000),
        scopes=keys.read_scopes(wanted),
        allow_list=tuple(dict.fromkeys(body.get("allow_list") or (EVERYTHING,))),
    )
    async with ctx.services.database.begin() as conn:
        target = await known_user(ctx, conn, user)
        require_key_creation(ctx, target, new.scopes, new.allow_list)
        await hold_for_new_key(ctx, conn, target)
        token = await keys.create_token(conn, ctx.services.settings, target.id, target.roles, new)
        told = {"name": new.name, "scopes": list(new.scopes), "allow_list": list(new.allow_list)}
        return await _made(ctx, conn, target, token, told)


async def get_user_tokens(
    ctx: Context, user: str, include_all: bool | None = None, include_expired: bool | None = None
) -> Reply:
    """The readable tokens of a user or of everybody; `null` when there is none."""
    allowed = ctx.services.authorizer.allowed
    async with ctx.services.database.connect() as conn:
        target = await access_user(ctx, conn, user)
        whose: uuid.UUID | None = target.id
        if include_all:
            # Whom the policy lets read his own keys only need not be shown the others' to have them taken away again.
            everybody = allowed(replace(ctx.user, allow_list=None), "api_key:read", ApiKeyResource(uuid.UUID(int=0)))
            whose = None if everybody else ctx.user.user_id
        found = await keys.list_tokens(conn, whose, include_expired=bool(include_expired))
    readable = [key for key in found if allowed(ctx.user, "api_key:read", ApiKeyResource(key.user_id, key.id))]
    return Reply([key_with_owner_json(key) for key in readable] or None)


async def get_token_config(ctx: Context, user: str) -> TokenConfig:
    """How long a token of this user may live."""
    async with ctx.services.database.connect() as conn:
        target = await access_user(ctx, conn, user)
    return {"max_token_lifetime": nanoseconds(keys.longest_lifetime(ctx.services.settings, target.roles))}


async def get_api_key_by_token_name(ctx: Context, user: str, keyname: str) -> APIKey:
    """One token by its name."""
    async with ctx.services.database.connect() as conn:
        target = await owner_of_keys(ctx, conn, user, "api_key:read")
        return key_json(access_key(ctx, "api_key:read", await keys.find_token(conn, target.id, keyname)))


async def get_api_key_by_id(ctx: Context, user: str, keyid: str) -> APIKey:
    """One session or token by its id."""
    async with ctx.services.database.connect() as conn:
        target = await owner_of_keys(ctx, conn, user, "api_key:read")
        return key_json(access_key(ctx, "api_key:read", await keys.find_key(conn, target.id, keyid)))


async def delete_api_key(ctx: Context, user: str, keyid: str) -> None:
    """End a session or token for good."""
    async with ctx.services.database.begin() as conn:
        target = await owner_of_keys(ctx, conn, user, "api_key:delete")
        key = access_key(ctx, "api_key:delete", await keys.find_key(conn, target.id, keyid))
        await delete_key(conn, key.id)
        told = {"user_id": str(key.user_id), "name": key.token_name}
        await audit.record(conn, ctx.user.user_id, "delete", "api_key", key.id, ctx, told)
    ctx.services.authenticator.forget_key(key.id)


async def expire_api_key(ctx: Context, user: str, keyid: str) -> None:
    """End the time of a session or token now."""
    async with ctx.services.database.begin() as conn:
        target = await owner_of_keys(ctx, conn, user, "api_key:update")
        key = access_key(ctx, "api_key:update", await keys.find_key(conn, target.id, keyid))
        await keys.expire_key(conn, key.id)
        told = {"user_id": str(key.user_id), "name": key.token_name, "expired": True}
        await audit.record(conn, ctx.user.user_id, "update", "api_key", key.id, ctx, told)
    ctx.services.authenticator.forget_key(key.id)


async def _made(
    ctx: Context, conn: AsyncConnection, target: UserRecord, token: str, told: Mapping[str, object]
) -> Reply:
    """Write the new key down in the audit log, and answer its token: the only time that it is shown."""
    key_id = token.partition("-")[0]
    told = {"user_id": str(target.id), **told}
    await audit.record(conn, ctx.user.user_id, "create", "api_key", key_id, ctx, told)
    answer: GenerateAPIKeyResponse = {"key": token}
    return Reply(answer, headers={"Location": f"/api/v2/users/{target.id}/keys/{key_id}"})
