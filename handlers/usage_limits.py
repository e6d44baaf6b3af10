"""Limits on what users may spend: the default, the overrides, and where the caller stands."""

import asyncio
import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import audit
from palaver.auth.policy import Action, Deployment
from palaver.contract.context import Context
from palaver.contract.types import (
    ChatUsageLimitConfig,
    ChatUsageLimitConfigResponse,
    ChatUsageLimitGroupOverride,
    ChatUsageLimitOverride,
    ChatUsageLimitStatus,
    UpdateChatUsageLimitConfigRequest,
    UpsertChatUsageLimitGroupOverrideRequest,
    UpsertChatUsageLimitOverrideRequest,
)
from palaver.errors import Forbidden
from palaver.errors.spending import LimitOfUnknownGroup, LimitOfUnknownUser
from palaver.identity.accounts import hold_account
from palaver.identity.groups import GroupRecord, find_group
from palaver.llm.cost import is_priced
from palaver.spending import limit_rows
from palaver.spending.limit_rows import GroupLimit
from palaver.spending.standing import standing
from palaver.wire.usage_limits import config_json, group_override_json, override_json, status_json


async def get_chat_usage_limit_config(ctx: Context) -> ChatUsageLimitConfigResponse:
    """The default limit, and all overrides."""
    _require(ctx, "deployment_config:read")
    models = [model for model in await ctx.services.catalog.models() if model.enabled and model.provider_enabled]
    # The first look at the prices reads a large table.
    unpriced = await asyncio.to_thread(lambda: sum(not is_priced(model) for model in models))
    async with ctx.services.database.connect() as conn:
        config = await limit_rows.find_config(conn)
        users, groups = await limit_rows.user_limits(conn), await limit_rows.group_limits(conn)
    return {
        **config_json(config),
        "unpriced_model_count": unpriced,
        "overrides": [override_json(limit) for limit in users],
        "group_overrides": [group_override_json(limit) for limit in groups],
    }


async def update_chat_usage_limit_config(ctx: Context, body: UpdateChatUsageLimitConfigRequest) -> ChatUsageLimitConfig:
    """Change the default limit and the period; no limit switches all of them off."""
    _require(ctx, "deployment_config:update")
    micros = body.get("spend_limit_micros")
    async with ctx.services.database.begin() as conn:
        await limit_rows.set_config(conn, micros, body["period"])
        await _record(ctx, conn, "deployment", "", {"spend_limit_micros": micros, "period": body["period"]})
        config = await limit_rows.find_config(conn)
    ctx.services.limits.forget()
    return config_json(config)


async def get_my_chat_usage_limit_status(ctx: Context) -> ChatUsageLimitStatus:
    """What the caller has spent, of how much."""
    async with ctx.services.database.connect() as conn:
        return status_json(await standing(conn, ctx.user.user_id))


async def upsert_chat_usage_limit_override(
    ctx: Context, user: uuid.UUID, body: UpsertChatUsageLimitOverrideRequest
) -> ChatUsageLimitOverride:
    """Give a user a limit of its own."""
    _require(ctx, "deployment_config:update")
    micros = body["spend_limit_micros"]
    async with ctx.services.database.begin() as conn:
        await _hold_user(conn, user)
        await limit_rows.set_user_limit(conn, user, micros)
        await _record(ctx, conn, "user", user, {"spend_limit_micros": micros})
        stored = await limit_rows.user_limits(conn, user)
    ctx.services.limits.forget()
    return override_json(stored[0])


async def delete_chat_usage_limit_override(ctx: Context, user: uuid.UUID) -> None:
    """Let the limit of its groups, else the default, hold for a user again."""
    _require(ctx, "deployment_config:update")
    async with ctx.services.database.begin() as conn:
        await _hold_user(conn, user)
        await limit_rows.delete_user_limit(conn, user)
        await _record(ctx, conn, "user", user, {"spend_limit_micros": None})
    ctx.services.limits.forget()


async def upsert_chat_usage_limit_group_override(
    ctx: Context, group: uuid.UUID, body: UpsertChatUsageLimitGroupOverrideRequest
) -> ChatUsageLimitGroupOverride:
    """Give each member of a group a limit."""
    _require(ctx, "deployment_config:update")
    micros = body["spend_limit_micros"]
    async with ctx.services.database.begin() as conn:
        found = await _group(conn, group)
        await limit_rows.set_group_limit(conn, group, micros)
        await _record(ctx, conn, "group", group, {"spend_limit_micros": micros})
    ctx.services.limits.forget()
    return group_override_json(GroupLimit(found, micros))


async def delete_chat_usage_limit_group_override(ctx: Context, group: uuid.UUID) -> None:
    """Let the members' other groups, else the default, decide again."""
    _require(ctx, "deployment_config:update")
    async with ctx.services.database.begin() as conn:
        await _group(conn, group)
        await limit_rows.delete_group_limit(conn, group)
        await _record(ctx, conn, "group", group, {"spend_limit_micros": None})
    ctx.services.limits.forget()


async def _hold_user(conn: AsyncConnection, user_id: uuid.UUID) -> None:
    if not await hold_account(conn, user_id):
        raise LimitOfUnknownUser


async def _group(conn: AsyncConnection, group_id: uuid.UUID) -> GroupRecord:
    found = await find_group(conn, group_id)
    if found is None:
        raise LimitOfUnknownGroup
    return found


async def _record(
    ctx: Context, conn: AsyncConnection, target: audit.Target, target_id: object, limit: Mapping[str, Any]
) -> None:
    await audit.record(conn, ctx.user.user_id, "update", target, target_id, ctx, {"usage_limit": dict(limit)})


def _require(ctx: Context, action: Action) -> None:
    ctx.services.authorizer.require(ctx.user, action, Deployment(), Forbidden)
