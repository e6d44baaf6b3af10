"""Chat configuration of the deployment: prompts, model overrides, switches, retention.

A setting is written together with its entry in the audit log, and every process is told to read anew.
"""

import uuid
from typing import Any

from palaver import audit
from palaver.auth.policy import Action, Deployment
from palaver.checks.chat_settings import (
    check_config_id,
    check_effort,
    check_prompt,
    is_enabled,
    require_experiment,
    require_model_for,
)
from palaver.configuration.deployment_settings import (
    DeploymentSettings,
    load_settings,
    lock_writers,
    override_setting,
    store_settings,
)
from palaver.configuration.overrides import Override
from palaver.configuration.prompts import DEFAULT_SYSTEM_PROMPT
from palaver.contract.context import Context
from palaver.contract.types import (
    AdvisorConfig,
    ChatAutoArchiveDaysResponse,
    ChatDebugLoggingAdminSettings,
    ChatDebugRetentionDaysResponse,
    ChatModelOverrideContext,
    ChatModelOverrideResponse,
    ChatPersonalModelOverridesAdminSettings,
    ChatPlanModeInstructionsResponse,
    ChatRetentionDaysResponse,
    ChatSystemPromptResponse,
    UpdateChatAutoArchiveDaysRequest,
    UpdateChatDebugLoggingAllowUsersRequest,
    UpdateChatDebugRetentionDaysRequest,
    UpdateChatModelOverrideRequest,
    UpdateChatPersonalModelOverridesAdminSettingsRequest,
    UpdateChatPlanModeInstructionsRequest,
    UpdateChatRetentionDaysRequest,
    UpdateChatSystemPromptRequest,
)
from palaver.errors import Forbidden, NotFound
from palaver.errors.chat_settings import AdvisorModelUnknown, InvalidModelConfigId
from palaver.wire.chat_settings import advisor_json, override_json

NIL_UUID = uuid.UUID(int=0)
ADVISOR = ("Chat Advisor", "chat-advisor")


async def get_chat_system_prompt(ctx: Context) -> ChatSystemPromptResponse:
    """What new chats begin with."""
    settings = await _read(ctx, "deployment_config:update")
    return {
        "system_prompt": settings.system_prompt,
        "include_default_system_prompt": settings.includes_default_prompt,
        "default_system_prompt": DEFAULT_SYSTEM_PROMPT,
    }


async def update_chat_system_prompt(ctx: Context, body: UpdateChatSystemPromptRequest) -> None:
    """Set the custom text, and whether the built-in one goes before it."""
    _require_administrator(ctx)
    prompt = check_prompt(body.get("system_prompt"), "System prompt exceeds maximum length.")
    included = body.get("include_default_system_prompt")
    await _write(ctx, system_prompt=prompt, **({} if included is None else {"include_default_system_prompt": included}))


async def get_chat_plan_mode_instructions(ctx: Context) -> ChatPlanModeInstructionsResponse:
    """What is added to the prompts of chats in plan mode."""
    settings = await _read(ctx, "deployment_config:update")
    return {"plan_mode_instructions": settings.plan_mode_instructions}


async def update_chat_plan_mode_instructions(ctx: Context, body: UpdateChatPlanModeInstructionsRequest) -> None:
    """Set the text; empty clears it."""
    _require_administrator(ctx)
    text = check_prompt(body.get("plan_mode_instructions"), "Plan mode instructions exceed maximum length.")
    await _write(ctx, plan_mode_instructions=text)


async def get_chat_model_override(ctx: Context, context: ChatModelOverrideContext) -> ChatModelOverrideResponse:
    """The model set for a purpose."""
    return override_json(await _read(ctx, "deployment_config:read"), context)


async def update_chat_model_override(
    ctx: Context, context: ChatModelOverrideContext, body: UpdateChatModelOverrideRequest
) -> None:
    """Set the model for a purpose; an empty id clears it.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    _require_administrator(ctx)
    raw, effort = body.get("model_config_id") or "", body.get("reasoning_effort") or ""
    config_id = check_config_id(raw) if raw else None
    require_model_for(effort, config_id)
    if config_id is not None:
        choice = await ctx.services.catalog.get(config_id)
        if choice is None or not is_enabled(choice):
            raise InvalidModelConfigId
        check_effort(choice, effort)
    await _write(ctx, **{override_setting(context): str(Override(config_id, effort))})


async def get_chat_personal_model_overrides_settings(ctx: Context) -> ChatPersonalModelOverridesAdminSettings:
    """Whether users may choose models of their own."""
    settings = await _read(ctx, "deployment_config:read")
    return {"allow_users": settings.personal_model_overrides}


async def update_chat_personal_model_overrides_settings(
    ctx: Context, body: UpdateChatPersonalModelOverridesAdminSettingsRequest
) -> None:
    """Let users choose models of their own, or not; what they have chosen is kept."""
    _require_administrator(ctx)
    await _write(ctx, personal_model_overrides=bool(body.get("allow_users")))


async def get_chat_debug_logging(ctx: Context) -> ChatDebugLoggingAdminSettings:
    """Whether users may have the model calls of their chats recorded, and whether all are."""
    settings = await _read(ctx, "deployment_config:read")
    return {
        "allow_users": settings.user_debug_logging,
        "forced_by_deployment": ctx.services.settings.chat_debug_logging,
    }


async def update_chat_debug_logging(ctx: Context, body: UpdateChatDebugLoggingAllowUsersRequest) -> None:
    """Let users switch debug logging, or not; what they have chosen is kept."""
    _require_administrator(ctx)
    await _write(ctx, user_debug_logging=bool(body.get("allow_users")))


async def get_chat_advisor_config(ctx: Context) -> AdvisorConfig:
    """How the advisor is used."""
    require_experiment(ctx, *ADVISOR)
    async with ctx.services.database.connect() as conn:
        return advisor_json(await load_settings(conn))


async def update_chat_advisor_config(ctx: Context, body: AdvisorConfig) -> None:
    """Set how the advisor is used; `enabled` follows the experiment.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    require_experiment(ctx, *ADVISOR)
    _require_administrator(ctx)
    given = uuid.UUID(body["model_config_id"])
    config_id = None if given == NIL_UUID else given
    effort = body.get("reasoning_effort") or ""
    require_model_for(effort, config_id)
    if config_id is not None:
        choice = await ctx.services.catalog.get(config_id)
        if choice is None or not is_enabled(choice):
            raise AdvisorModelUnknown(str(config_id))
        check_effort(choice, effort)
    stored: dict[str, Any] = {
        "max_uses_per_run": body["max_uses_per_run"],
        "max_output_tokens": body["max_output_tokens"],
        "model_config_id": str(given),
        "reasoning_effort": effort,
    }
    await _write(ctx, advisor=stored)


async def get_chat_retention_days(ctx: Context) -> ChatRetentionDaysResponse:
    """How long archived chats are kept."""
    return {"retention_days": (await _settings(ctx)).retention_days}


async def update_chat_retention_days(ctx: Context, body: UpdateChatRetentionDaysRequest) -> None:
    """Set how long archived chats are kept; 0 keeps them."""
    _require_administrator(ctx)
    await _write(ctx, retention_days=body.get("retention_days") or 0)


async def get_chat_debug_retention_days(ctx: Context) -> ChatDebugRetentionDaysResponse:
    """How long debug runs are kept."""
    return {"debug_retention_days": (await _settings(ctx)).debug_retention_days}


async def update_chat_debug_retention_days(ctx: Context, body: UpdateChatDebugRetentionDaysRequest) -> None:
    """Set how long debug runs are kept; 0 keeps them."""
    _require_administrator(ctx)
    await _write(ctx, debug_retention_days=body.get("debug_retention_days") or 0)


async def get_chat_auto_archive_days(ctx: Context) -> ChatAutoArchiveDaysResponse:
    """After how long without activity chats are archived."""
    return {"auto_archive_days": (await _settings(ctx)).auto_archive_days}


async def update_chat_auto_archive_days(ctx: Context, body: UpdateChatAutoArchiveDaysRequest) -> None:
    """Set after how long without activity chats are archived; 0 switches it off."""
    _require_administrator(ctx)
    await _write(ctx, auto_archive_days=body.get("auto_archive_days") or 0)


def _require_administrator(ctx: Context) -> None:
    ctx.services.authorizer.require(ctx.user, "deployment_config:update", Deployment(), Forbidden)


async def _read(ctx: Context, action: Action) -> DeploymentSettings:
    """The settings, for who may do `action` to the deployment."""
    ctx.services.authorizer.require(ctx.user, action, Deployment(), NotFound)
    return await _settings(ctx)


async def _settings(ctx: Context) -> DeploymentSettings:
    # Read, not remembered: who has just written on another process sees what he wrote.
    async with ctx.services.database.connect() as conn:
        return await load_settings(conn)


async def _write(ctx: Context, **values: Any) -> None:
    async with ctx.services.database.begin() as conn:
        await lock_writers(conn)
        await store_settings(conn, values)
        told = {"settings": sorted(values)}
        await audit.record(conn, ctx.user.user_id, "update", "deployment", "chat settings", ctx, told)
    ctx.services.config.forget()
