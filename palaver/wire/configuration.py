"""Providers, model configs and MCP servers as the contract shows them: never with a secret."""

import uuid
from collections.abc import Sequence
from typing import Any, cast

from palaver.configuration.mcp_servers import MCPServer
from palaver.configuration.model_configs import ModelConfig
from palaver.configuration.providers import SECRET_SETTINGS, Provider
from palaver.configuration.user_keys import OwnKey
from palaver.contract import types
from palaver.llm.catalog import ModelChoice, ProviderChoice
from palaver.llm.options import selectable_efforts
from palaver.wire.times import format_time

_NIL_UUID = str(uuid.UUID(int=0))
_HIDDEN = ("transport", "url")
_HIDDEN_OPTIONAL = (
    "oauth2_client_id",
    "oauth2_auth_url",
    "oauth2_token_url",
    "oauth2_revocation_url",
    "oauth2_scopes",
    "api_key_header",
)


def provider_json(provider: Provider) -> types.AIProvider:
    """A provider, its keys shortened and its secret settings left out."""
    settings = provider.settings
    answer = {
        "id": str(provider.id),
        "type": provider.type,
        "name": provider.name,
        "display_name": provider.display_name,
        "icon": provider.icon,
        "enabled": provider.enabled,
        "base_url": provider.base_url,
        "api_keys": [
            {"id": str(key.id), "masked": key.masked, "created_at": format_time(key.created_at)}
            for key in provider.keys
        ],
        "settings": settings and {key: value for key, value in settings.items() if key not in SECRET_SETTINGS},
        "created_at": format_time(provider.created_at),
        "updated_at": format_time(provider.updated_at),
    }
    return cast(types.AIProvider, answer)


def own_key_json(key: OwnKey, *, allowed: bool) -> types.UserAIProviderKeyConfig:
    """Whether a user has a key of a provider, and the provider one for everybody."""
    answer = {
        "provider": {
            "id": str(key.provider_id),
            "type": key.type,
            "name": key.name,
            "display_name": key.display_name,
            "icon": key.icon,
            "enabled": key.enabled,
            "deleted": False,
        },
        "has_user_api_key": key.has_own,
        "has_provider_api_key": key.has_common,
        "byok_enabled": allowed,
    }
    return cast(types.UserAIProviderKeyConfig, answer)


def model_config_json(config: ModelConfig) -> types.ChatModelConfig:
    """A model config with the efforts that a user may choose."""
    answer: dict[str, Any] = {
        "id": str(config.id),
        "ai_provider_id": str(config.ai_provider_id) if config.ai_provider_id else _NIL_UUID,
        "model": config.model,
        "display_name": config.display_name,
        "enabled": config.enabled,
        "is_default": config.is_default,
        "context_limit": config.context_limit,
        "compression_threshold": config.compression_threshold,
        "created_at": format_time(config.created_at),
        "updated_at": format_time(config.updated_at),
    }
    if config.call_config:
        answer["model_config"] = config.call_config
        if efforts := selectable_efforts(config.call_config):
            answer["reasoning_efforts"] = efforts
    return cast(types.ChatModelConfig, answer)


def models_json(models: Sequence[ModelChoice], providers: Sequence[ProviderChoice]) -> types.ChatModelsResponse:
    """The enabled models by provider type, and the enabled providers that chats cannot use."""
    groups: dict[str, list[ModelChoice]] = {}
    for model in models:
        if model.enabled and model.provider_enabled and model.unusable_reason != "unsupported":
            groups.setdefault(model.provider_type, []).append(model)
    unsupported = [
        {"provider": provider.type, "display_name": provider.display_name or provider.name}
        for provider in providers
        if provider.enabled and not provider.supported
    ]
    answer = {
        "providers": [_group_json(kind, group) for kind, group in groups.items()],
        "unsupported_providers": unsupported,
    }
    return cast(types.ChatModelsResponse, answer)


def mcp_server_json(server: MCPServer, *, redacted: bool, connected: bool) -> types.MCPServerConfig:
    """An MCP server; `redacted` empties what only administrators may know.

    `connected`: the caller has a usable OAuth2 token for it.
    """
    answer: dict[str, Any] = {
        "id": str(server.id),
        "display_name": server.display_name,
        "slug": server.slug,
        "description": server.description,
        "icon_url": server.icon_url,
        "auth_type": server.auth_type,
        "has_oauth2_secret": server.oauth2_client_secret is not None,
        "has_api_key": server.api_key_value is not None,
        "has_custom_headers": server.custom_headers is not None,
        "tool_allow_list": server.tool_allow_list,
        "tool_deny_list": server.tool_deny_list,
        "tool_approvals": server.tool_approvals or {"default": "auto", "tools": {}},
        "availability": server.availability,
        "enabled": server.enabled,
        "model_intent": server.model_intent,
        "allow_in_plan_mode": server.allow_in_plan_mode,
        "forward_coder_headers": server.forward_coder_headers,
        "created_at": format_time(server.created_at),
        "updated_at": format_time(server.updated_at),
        # Users' own OAuth2 tokens are the only thing that could be missing on the caller's side.
        "auth_connected": server.auth_type != "oauth2" or connected,
    }
    answer.update((name, "" if redacted else getattr(server, name)) for name in _HIDDEN)
    if not redacted:
        answer.update((name, value) for name in _HIDDEN_OPTIONAL if (value := getattr(server, name)))
    return cast(types.MCPServerConfig, answer)


def _group_json(provider_type: str, models: Sequence[ModelChoice]) -> dict[str, Any]:
    available = any(model.unusable_reason is None for model in models)
    group: dict[str, Any] = {"provider": provider_type, "available": available}
    if not available:
        own_key_wanted = any(model.unusable_reason == "user_api_key_required" for model in models)
        group["unavailable_reason"] = "user_api_key_required" if own_key_wanted else "missing_api_key"
    # Two providers of one type may have the same model: to the caller it is one.
    named = {model.model: model for model in reversed(models)}
    group["models"] = [
        {
            "id": f"{provider_type}:{model.model}",
            "provider": provider_type,
            "model": model.model,
            "display_name": model.display_name or model.model,
        }
        for model in reversed(named.values())
    ]
    return group
