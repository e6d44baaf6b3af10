"""The life of accounts: listed, renamed, suspended and activated, deleted."""

import uuid
from typing import cast

from palaver import audit
from palaver.auth.policy import UserResource
from palaver.auth.visibility import visible_users
from palaver.chat.stopping import stop_chats
from palaver.checks.identity import access_user, known_user
from palaver.checks.user_search import parse_user_search
from palaver.contract.context import Context
from palaver.contract.types import GetUsersResponse, Response, UpdateUserProfileRequest, User, UserLoginType
from palaver.errors import Forbidden
from palaver.errors.accounts import LoginTypeOfOther, OwnDeletion, OwnerSuspension, OwnSuspension
from palaver.identity import accounts
from palaver.wire.identity import user_json

_PICTURE_OF_OUR_OWN = ("password", "none")
"""Login types for which no provider gives the picture."""


async def get_users(
    ctx: Context,
    q: str | None = None,
    after_id: uuid.UUID | None = None,
    limit: int | None = None,
    offset: int | None = None,
) -> GetUsersResponse:
    """A page of the readable users, and how many there are."""
    which = parse_user_search(q or "")
    visible = visible_users(ctx.services.authorizer, ctx.user)
    async with ctx.services.database.connect() as conn:
        found, count = await accounts.list_users(
            conn, visible, *which, after_id=after_id, limit=limit or 0, offset=offset or 0
        )
    return {"users": [user_json(user) for user in found], "count": count}


async def delete_user(ctx: Context, user: str) -> Response:
    """Delete an account, and end all its keys."""
    async with ctx.services.database.begin() as conn:
        target = await access_user(ctx, conn, user, lock=True)
        if target.id == ctx.user.user_id:
            raise OwnDeletion
        ctx.services.authorizer.require(ctx.user, "user:delete", UserResource(target.id), Forbidden)
        if "owner" in target.roles:
            await accounts.require_other_owner(conn, target.id)
        await accounts.delete_account(conn, target.id)
        told = {"username": target.username, "roles": target.roles}
        await audit.record(conn, ctx.user.user_id, "delete", "user", target.id, ctx, told)
    ctx.services.authenticator.forget_user(target.id)
    await stop_chats(ctx.services.database, ctx.services.machine, target.id)
    return {"message": "User has been deleted!"}


async def get_user_login_type(ctx: Context, user: str) -> UserLoginType:
    """How the caller logs in."""
    async with ctx.services.database.connect() as conn:
        target = await access_user(ctx, conn, user)
    if target.id != ctx.user.user_id:
        raise LoginTypeOfOther
    return cast(UserLoginType, {"login_type": target.login_type})


async def update_user_profile(ctx: Context, user: str, body: UpdateUserProfileRequest) -> User:
    """Replace username, real name and picture."""
    async with ctx.services.database.begin() as conn:
        target = await known_user(ctx, conn, user, lock=True)
        resource = UserResource(target.id)
        ctx.services.authorizer.require(ctx.user, "user:update_personal", resource)
        if body["username"] != target.username:
            ctx.services.authorizer.require(ctx.user, "user:update", resource)
        avatar_url = body.get("avatar_url")
        if avatar_url is None or target.login_type not in _PICTURE_OF_OUR_OWN:
            avatar_url = target.avatar_url
        changed = await accounts.update_profile(
            conn, target.id, username=body["username"], name=body.get("name") or "", avatar_url=avatar_url
        )
        told = {"before": target.username, "after": changed.username}
        await audit.record(conn, ctx.user.user_id, "update", "user", target.id, ctx, told)
    ctx.services.authenticator.forget_user(target.id)
    return user_json(changed)


async def suspend_user_account(ctx: Context, user: str) -> User:
    """Shut a user out until further notice."""
    async with ctx.services.database.begin() as conn:
        target = await access_user(ctx, conn, user, lock=True)
        ctx.services.authorizer.require(ctx.user, "user:update", UserResource(target.id), Forbidden)
        if target.id == ctx.user.user_id:
            raise OwnSuspension
        if "owner" in target.roles:
            raise OwnerSuspension
        changed = await accounts.set_status(conn, target.id, "suspended")
        await audit.record(conn, ctx.user.user_id, "suspend", "user", target.id, ctx)
    ctx.services.authenticator.forget_user(target.id)
    await stop_chats(ctx.services.database, ctx.services.machine, target.id)
    return user_json(changed)


async def activate_user_account(ctx: Context, user: str) -> User:
    """Let a user in again."""
    async with ctx.services.database.begin() as conn:
        target = await access_user(ctx, conn, user, lock=True)
        ctx.services.authorizer.require(ctx.user, "user:update", UserResource(target.id), Forbidden)
        changed = await accounts.set_status(conn, target.id, "active")
        await audit.record(conn, ctx.user.user_id, "activate", "user", target.id, ctx)
    ctx.services.authenticator.forget_user(target.id)
    return user_json(changed)
