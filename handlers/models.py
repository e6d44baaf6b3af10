"""The models of chats: what a caller can pick, and the configs behind it."""

import uuid
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver import audit
from palaver.auth.policy import Deployment
from palaver.configuration import model_configs
from palaver.configuration.call_config import check_call_config, check_model_name, known_options
from palaver.configuration.model_configs import DEFAULT_COMPRESSION_THRESHOLD, elect_default, hold_provider
from palaver.contract.context import Context
from palaver.contract.replies import Reply
from palaver.contract.types import (
    ChatModelConfig,
    ChatModelsResponse,
    CreateChatModelConfigRequest,
    UpdateChatModelConfigRequest,
)
from palaver.errors import BadRequest, Forbidden, NotFound
from palaver.wire.configuration import model_config_json, models_json

NIL_UUID = uuid.UUID(int=0)


async def list_chat_models(ctx: Context) -> ChatModelsResponse:
    """The enabled models by provider type, and whether the caller can use them now."""
    models = await ctx.services.catalog.current_for(ctx.user.user_id)
    return models_json(list(models.models.values()), list(models.providers.values()))


async def list_chat_model_configs(ctx: Context) -> list[ChatModelConfig]:
    """The default first, then by label; administrators see disabled ones too."""
    sees_all = ctx.services.authorizer.allowed(ctx.user, "deployment_config:read", Deployment())
    async with ctx.services.database.connect() as conn:
        configs = await model_configs.list_model_configs(conn, usable_only=not sees_all)
    return [model_config_json(config) for config in configs]


async def get_chat_model_config(ctx: Context, model_config: uuid.UUID) -> ChatModelConfig:
    """One config, as in the list."""
    for config in await list_chat_model_configs(ctx):
        if config["id"] == str(model_config):
            return config
    raise NotFound


async def create_chat_model_config(ctx: Context, body: CreateChatModelConfigRequest) -> Reply:
    """Make a model available to chats.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    provider_id = _given_provider(body["ai_provider_id"])
    if provider_id is None:
        raise BadRequest(message="AI provider ID is required.")
    model = body["model"].strip()
    if not model:
        raise BadRequest(message="Model is required.")
    _require_administrator(ctx)
    call_config = known_options(body.get("model_config") or {})
    async with ctx.services.database.begin() as conn:
        await model_configs.lock_writers(conn)
        provider = await hold_provider(conn, provider_id)
        check_call_config(call_config, provider.type)
        check_model_name(model, provider.type, provider.base_url)
        threshold = body.get("compression_threshold")
        config_id = await model_configs.create_model_config(
            conn,
            {
                "ai_provider_id": provider.id,
                "model": model,
                "display_name": (body.get("display_name") or "").strip(),
                "enabled": body.get("enabled") is not False,
                "context_limit": body["context_limit"],
                "compression_threshold": DEFAULT_COMPRESSION_THRESHOLD if threshold is None else threshold,
                "call_config": call_config,
            },
        )
        await elect_default(conn, wanted=config_id if body.get("is_default") else None)
        await _record(ctx, conn, "create", config_id, {"model": model, "ai_provider_id": str(provider.id)})
        created = await model_configs.find_model_config(conn, config_id)
    ctx.services.catalog.forget()
    assert created is not None
    location = {"Location": f"/api/experimental/chats/model-configs/{config_id}"}
    return Reply(model_config_json(created), headers=location)


async def update_chat_model_config(
    ctx: Context, model_config: uuid.UUID, body: UpdateChatModelConfigRequest
) -> ChatModelConfig:
    """Change the given fields; an empty model or label stays as it is.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    _require_administrator(ctx)
    values = _changes(body)
    async with ctx.services.database.begin() as conn:
        await model_configs.lock_writers(conn)
        config = await model_configs.find_model_config(conn, model_config)
        if config is None:
            raise NotFound
        if (provider_id := _given_provider(body.get("ai_provider_id"))) is not None:
            values["ai_provider_id"] = provider_id
            provider = await hold_provider(conn, provider_id)
        else:
            provider = await hold_provider(conn, config.ai_provider_id, enabled=False)
        check_call_config(values.get("call_config", config.call_config), provider.type)
        check_model_name(values.get("model", config.model), provider.type, provider.base_url)
        await model_configs.update_model_config(conn, model_config, values)
        is_default = body.get("is_default")
        await elect_default(
            conn,
            wanted=model_config if is_default else None,
            unwanted=model_config if is_default is False else None,
        )
        told = {"fields": sorted({*values, *({"is_default"} if is_default is not None else ())})}
        await _record(ctx, conn, "update", model_config, told)
        changed = await model_configs.find_model_config(conn, model_config)
    ctx.services.catalog.forget()
    assert changed is not None
    return model_config_json(changed)


async def delete_chat_model_config(ctx: Context, model_config: uuid.UUID) -> None:
    """Put a config aside; chats keep its id."""
    _require_administrator(ctx)
    async with ctx.services.database.begin() as conn:
        await model_configs.lock_writers(conn)
        if await model_configs.find_model_config(conn, model_config) is None:
            raise NotFound
        await model_configs.delete_model_config(conn, model_config)
        await elect_default(conn)
        await _record(ctx, conn, "delete", model_config, {})
    ctx.services.catalog.forget()


async def _record(
    ctx: Context, conn: AsyncConnection, action: audit.Action, config_id: uuid.UUID, told: dict[str, Any]
) -> None:
    await audit.record(conn, ctx.user.user_id, action, "chat_model_config", config_id, ctx, told)


def _require_administrator(ctx: Context) -> None:
    ctx.services.authorizer.require(ctx.user, "deployment_config:update", Deployment(), Forbidden)


def _given_provider(raw: str | None) -> uuid.UUID | None:
    """The named provider; the nil UUID names none."""
    provider_id = uuid.UUID(raw) if raw else NIL_UUID
    return None if provider_id == NIL_UUID else provider_id


def _changes(body: UpdateChatModelConfigRequest) -> dict[str, Any]:
    """The columns to change, provider and default apart."""
    values: dict[str, Any] = {}
    if model := (body.get("model") or "").strip():
        values["model"] = model
    if label := (body.get("display_name") or "").strip():
        values["display_name"] = label
    for name in ("enabled", "context_limit", "compression_threshold"):
        if (value := body.get(name)) is not None:
            values[name] = value
    if (options := body.get("model_config")) is not None:
        values["call_config"] = known_options(options)
    return values
