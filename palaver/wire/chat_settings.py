"""Settings about chats as the contract shows them."""

import uuid
from typing import Any, cast

from palaver.configuration.deployment_settings import DeploymentSettings
from palaver.configuration.overrides import personal_override, read_override
from palaver.configuration.user_settings import UserSettings
from palaver.contract import types

_NIL_UUID = str(uuid.UUID(int=0))


def override_json(settings: DeploymentSettings, context: str) -> types.ChatModelOverrideResponse:
    """The deployment's model for a purpose."""
    override = read_override(settings.model_overrides.get(context))
    answer: dict[str, Any] = {"context": context, "model_config_id": str(override.model_config_id or "")}
    if override.effort:
        answer["reasoning_effort"] = override.effort
    return cast(types.ChatModelOverrideResponse, {**answer, "is_malformed": override.malformed})


def personal_overrides_json(
    settings: DeploymentSettings, user: UserSettings
) -> types.UserChatPersonalModelOverridesResponse:
    """A user's models by kind of chat, and the deployment's."""
    answer = {
        "enabled": settings.personal_model_overrides,
        **{context: _personal_json(user, context) for context in ("root", "general", "explore")},
        "deployment_defaults": {context: override_json(settings, context) for context in ("general", "explore")},
    }
    return cast(types.UserChatPersonalModelOverridesResponse, answer)


def advisor_json(settings: DeploymentSettings) -> types.AdvisorConfig:
    """The advisor's settings; asked only where the experiment is on."""
    stored = settings.advisor
    answer: dict[str, Any] = {
        "enabled": True,
        "max_uses_per_run": stored.get("max_uses_per_run", 0),
        "max_output_tokens": stored.get("max_output_tokens", 0),
        "model_config_id": stored.get("model_config_id", _NIL_UUID),
    }
    if effort := stored.get("reasoning_effort"):
        answer["reasoning_effort"] = effort
    return cast(types.AdvisorConfig, answer)


def _personal_json(user: UserSettings, context: str) -> dict[str, Any]:
    chosen = personal_override(user, context)
    override = chosen.override
    answer = {"context": context, "mode": chosen.mode, "model_config_id": str(override.model_config_id or "")}
    if override.effort:
        answer["reasoning_effort"] = override.effort
    return {**answer, "is_set": chosen.is_set, "is_malformed": override.malformed}
