"""Chat configuration of the caller: a prompt, models, debug logging, compaction thresholds."""

import uuid

from palaver.auth.policy import UserResource
from palaver.checks.chat_settings import check_config_id, check_effort, check_prompt
from palaver.checks.selections import choose_model
from palaver.configuration import user_settings
from palaver.configuration.deployment_settings import DeploymentSettings, load_settings
from palaver.configuration.overrides import DEPLOYMENT_DEFAULT, MODEL, Override
from palaver.configuration.user_settings import UserSettings, load_user_settings
from palaver.contract.context import Context
from palaver.contract.types import (
    ChatPersonalModelOverrideContext,
    UpdateUserChatCompactionThresholdRequest,
    UpdateUserChatDebugLoggingRequest,
    UpdateUserChatPersonalModelOverrideRequest,
    UserChatCompactionThreshold,
    UserChatCompactionThresholds,
    UserChatCustomPrompt,
    UserChatDebugLoggingSettings,
    UserChatPersonalModelOverridesResponse,
)
from palaver.errors import Forbidden, NotFound
from palaver.errors.chat_settings import (
    DebugLoggingForced,
    DebugLoggingNotAllowed,
    InvalidModelConfigId,
    InvalidPersonalOverride,
    ModelConfigDisabled,
    PersonalOverridesOff,
)
from palaver.wire.chat_settings import personal_overrides_json

NIL_UUID = uuid.UUID(int=0)


async def get_user_chat_custom_prompt(ctx: Context) -> UserChatCustomPrompt:
    """The caller's own prompt."""
    return {"custom_prompt": (await _own(ctx)).custom_prompt}


async def update_user_chat_custom_prompt(ctx: Context, body: UserChatCustomPrompt) -> UserChatCustomPrompt:
    """Set the caller's own prompt; empty clears it."""
    _require_own(ctx)
    prompt = check_prompt(body["custom_prompt"], "Custom prompt exceeds maximum length.")
    async with ctx.services.database.begin() as conn:
        await user_settings.store_custom_prompt(conn, ctx.user.user_id, prompt)
    return {"custom_prompt": prompt}


async def get_user_chat_personal_model_overrides(ctx: Context) -> UserChatPersonalModelOverridesResponse:
    """The models that the caller has chosen, and what they stand in for."""
    deployment, own = await _both(ctx)
    return personal_overrides_json(deployment, own)


async def update_user_chat_personal_model_override(
    ctx: Context, context: ChatPersonalModelOverrideContext, body: UpdateUserChatPersonalModelOverrideRequest
) -> None:
    """Choose a model for one kind of chat.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    _require_own(ctx)
    mode, raw = body["mode"], body.get("model_config_id") or ""
    effort = body.get("reasoning_effort") or ""
    async with ctx.services.database.begin() as conn:
        if not (await load_settings(conn)).personal_model_overrides:
            raise PersonalOverridesOff
        if mode == MODEL:
            override = str(await _chosen_model(ctx, raw, effort))
        else:
            _require_no_model(context, mode, raw, effort)
            override = mode
        await user_settings.store_model_override(conn, ctx.user.user_id, context, override)


async def get_user_chat_debug_logging(ctx: Context) -> UserChatDebugLoggingSettings:
    """Whether the model calls of the caller's chats are recorded, and whether the caller may switch that."""
    deployment, own = await _both(ctx)
    forced = ctx.services.settings.chat_debug_logging
    return {
        "debug_logging_enabled": forced or (deployment.user_debug_logging and own.debug_logging),
        "user_toggle_allowed": not forced and deployment.user_debug_logging,
        "forced_by_deployment": forced,
    }


async def update_user_chat_debug_logging(ctx: Context, body: UpdateUserChatDebugLoggingRequest) -> None:
    """Switch debug logging for the caller's chats.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    _require_own(ctx)
    if ctx.services.settings.chat_debug_logging:
        raise DebugLoggingForced
    async with ctx.services.database.begin() as conn:
        if not (await load_settings(conn)).user_debug_logging:
            raise DebugLoggingNotAllowed
        enabled = bool(body.get("debug_logging_enabled"))
        await user_settings.store_debug_logging(conn, ctx.user.user_id, enabled=enabled)


async def get_user_chat_compaction_thresholds(ctx: Context) -> UserChatCompactionThresholds:
    """The caller's thresholds, by model."""
    own = await _own(ctx)
    return {
        "thresholds": [
            {"model_config_id": config_id, "threshold_percent": percent}
            for config_id, percent in sorted(own.compaction_thresholds.items())
        ]
    }


async def update_user_chat_compaction_threshold(
    ctx: Context, model_config: uuid.UUID, body: UpdateUserChatCompactionThresholdRequest
) -> UserChatCompactionThreshold:
    """Set the caller's threshold for one model.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    _require_own(ctx)
    choice = await ctx.services.catalog.get(model_config)
    if choice is None:
        raise NotFound
    if not choice.enabled:
        raise ModelConfigDisabled
    percent = body.get("threshold_percent") or 0
    async with ctx.services.database.begin() as conn:
        await user_settings.store_compaction_threshold(conn, ctx.user.user_id, model_config, percent)
    return {"model_config_id": str(model_config), "threshold_percent": percent}


async def delete_user_chat_compaction_threshold(ctx: Context, model_config: uuid.UUID) -> None:
    """Go back to the model's own threshold."""
    _require_own(ctx)
    async with ctx.services.database.begin() as conn:
        await user_settings.delete_compaction_threshold(conn, ctx.user.user_id, model_config)


def _require_own(ctx: Context) -> None:
    """Raise Forbidden for a key that is not made for changing its user's settings."""
    ctx.services.authorizer.require(ctx.user, "user:update_personal", UserResource(ctx.user.user_id), Forbidden)


def _require_readable(ctx: Context) -> None:
    ctx.services.authorizer.require(ctx.user, "user:read_personal", UserResource(ctx.user.user_id), NotFound)


async def _own(ctx: Context) -> UserSettings:
    _require_readable(ctx)
    async with ctx.services.database.connect() as conn:
        return await load_user_settings(conn, ctx.user.user_id)


async def _both(ctx: Context) -> tuple[DeploymentSettings, UserSettings]:
    _require_readable(ctx)
    async with ctx.services.database.connect() as conn:
        return await load_settings(conn), await load_user_settings(conn, ctx.user.user_id)


def _require_no_model(context: str, mode: str, raw: str, effort: str) -> None:
    """Raise InvalidPersonalOverride for what only suits the mode `model`, or for a mode that the context lacks."""
    if raw:
        raise InvalidPersonalOverride(message="model_config_id must be empty unless mode is model.")
    if effort:
        raise InvalidPersonalOverride(message="reasoning_effort requires mode model.")
    if context == "root" and mode == DEPLOYMENT_DEFAULT:
        raise InvalidPersonalOverride(message="deployment_default is not supported for root personal model overrides.")


async def _chosen_model(ctx: Context, raw: str, effort: str) -> Override:
    """The model that the caller may use and the effort that it takes, or the refusal of the first that is wrong."""
    if not raw:
        raise InvalidPersonalOverride(message="model_config_id is required when mode is model.")
    config_id = check_config_id(raw)
    if config_id == NIL_UUID:
        raise InvalidModelConfigId
    choice = choose_model(await ctx.services.catalog.current(), str(config_id))
    check_effort(choice, effort)
    return Override(config_id, effort)
