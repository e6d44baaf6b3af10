"""Providers, models, settings, MCP servers, limits."""

import uuid

from tests.matrix.requests.registry import (
    CHAT_CONFIG,
    CONFIGS,
    LEGACY,
    LEGACY_KEYS,
    PROVIDERS,
    SERVERS,
    Request,
    plain,
    request_for,
)
from tests.matrix.stage import Stage, mcp_server, unique
from tests.support.world import CHATS, demo_model, demo_provider

# ---- providers and models ----

plain("list-ai-providers", PROVIDERS)
plain("list-chat-models", f"{CHATS}/models")
plain("list-chat-model-configs", CONFIGS)
plain("list-mcp-servers", SERVERS)


@request_for("create-an-ai-provider")
async def _create_provider(stage: Stage) -> Request:
    return Request(PROVIDERS, demo_provider(name=unique("p")))


@request_for("get-an-ai-provider", "delete-an-ai-provider")
async def _provider(stage: Stage) -> Request:
    return Request(f"{PROVIDERS}/{await stage.provider()}")


@request_for("update-an-ai-provider")
async def _update_provider(stage: Stage) -> Request:
    return Request(f"{PROVIDERS}/{await stage.provider()}", {"display_name": "Models"})


OWN_KEYS = "/api/experimental/users/{user}/ai-provider-keys"


@request_for("list-user-ai-provider-keys")
async def _own_keys(stage: Stage) -> Request:
    user = await stage.member()
    return Request(OWN_KEYS.format(user=user), owner=user)


@request_for("upsert-user-ai-provider-key")
async def _store_own_key(stage: Stage) -> Request:
    user = await stage.member()
    path = f"{OWN_KEYS.format(user=user)}/{await stage.provider()}"
    return Request(path, {"api_key": "sk-own-key-0123456789"}, user)


@request_for("delete-user-ai-provider-key")
async def _delete_own_key(stage: Stage) -> Request:
    user = await stage.member()
    return Request(f"{OWN_KEYS.format(user=user)}/{await stage.provider()}", owner=user)


@request_for("create-chat-model-config")
async def _create_config(stage: Stage) -> Request:
    return Request(CONFIGS, demo_model(stage.world.facts.provider_id, model=unique("m")))


@request_for("update-chat-model-config")
async def _update_config(stage: Stage) -> Request:
    return Request(f"{CONFIGS}/{await stage.model_config()}", {"display_name": "Model"})


@request_for("get-chat-model-config", "delete-chat-model-config")
async def _delete_config(stage: Stage) -> Request:
    return Request(f"{CONFIGS}/{await stage.model_config()}")


# ---- chat configuration ----

plain("get-chat-system-prompt", f"{CHAT_CONFIG}/system-prompt")
plain("update-chat-system-prompt", f"{CHAT_CONFIG}/system-prompt", {"system_prompt": "Be brief."})
plain("get-chat-plan-mode-instructions", f"{CHAT_CONFIG}/plan-mode-instructions")
plain("update-chat-plan-mode-instructions", f"{CHAT_CONFIG}/plan-mode-instructions", {"plan_mode_instructions": "Ask."})
plain("get-chat-model-override", f"{CHAT_CONFIG}/model-override/compaction")
plain("update-chat-model-override", f"{CHAT_CONFIG}/model-override/compaction", {"model_config_id": ""})
plain("get-chat-personal-model-overrides-settings", f"{CHAT_CONFIG}/personal-model-overrides")
plain("update-chat-personal-model-overrides-settings", f"{CHAT_CONFIG}/personal-model-overrides", {"allow_users": True})
plain("get-user-chat-personal-model-overrides", f"{CHAT_CONFIG}/user-personal-model-overrides")
plain("get-chat-debug-logging", f"{CHAT_CONFIG}/debug-logging")
plain("update-chat-debug-logging", f"{CHAT_CONFIG}/debug-logging", {"allow_users": True})
plain("get-user-chat-debug-logging", f"{CHAT_CONFIG}/user-debug-logging")
plain("get-chat-advisor-config", f"{CHAT_CONFIG}/advisor")
plain(
    "update-chat-advisor-config",
    f"{CHAT_CONFIG}/advisor",
    {"max_uses_per_run": 1, "max_output_tokens": 0, "model_config_id": str(uuid.UUID(int=0))},
)
plain("get-user-chat-custom-prompt", f"{CHAT_CONFIG}/user-prompt")
plain("update-user-chat-custom-prompt", f"{CHAT_CONFIG}/user-prompt", {"custom_prompt": "Call me Ishmael."})
plain("get-user-chat-compaction-thresholds", f"{CHAT_CONFIG}/user-compaction-thresholds")
for _days in ("retention", "debug-retention", "auto-archive"):
    plain(f"get-chat-{_days}-days", f"{CHAT_CONFIG}/{_days}-days")
    plain(f"update-chat-{_days}-days", f"{CHAT_CONFIG}/{_days}-days", {f"{_days}_days".replace("-", "_"): 0})


@request_for("update-user-chat-personal-model-override")
async def _choose_model(stage: Stage) -> Request:
    await stage.world.owner.put(f"{CHAT_CONFIG}/personal-model-overrides", {"allow_users": True})
    return Request(f"{CHAT_CONFIG}/user-personal-model-overrides/root", {"mode": "chat_default"})


@request_for("update-user-chat-debug-logging")
async def _log(stage: Stage) -> Request:
    await stage.world.owner.put(f"{CHAT_CONFIG}/debug-logging", {"allow_users": True})
    return Request(f"{CHAT_CONFIG}/user-debug-logging", {"debug_logging_enabled": True})


@request_for("update-user-chat-compaction-threshold")
async def _set_threshold(stage: Stage) -> Request:
    config = stage.world.facts.model_config_id
    return Request(f"{CHAT_CONFIG}/user-compaction-thresholds/{config}", {"threshold_percent": 80})


@request_for("delete-user-chat-compaction-threshold")
async def _drop_threshold(stage: Stage) -> Request:
    return Request(f"{CHAT_CONFIG}/user-compaction-thresholds/{stage.world.facts.model_config_id}")


# ---- MCP servers ----

OAUTH2 = {
    "auth_type": "oauth2",
    "oauth2_client_id": "palaver",
    "oauth2_auth_url": "https://id.example.com/authorize",
    "oauth2_token_url": "https://id.example.com/token",
}


@request_for("create-mcp-server")
async def _create_server(stage: Stage) -> Request:
    return Request(SERVERS, mcp_server())


@request_for("get-mcp-server", "delete-mcp-server")
async def _server(stage: Stage) -> Request:
    return Request(f"{SERVERS}/{await stage.mcp_server()}")


@request_for("update-mcp-server")
async def _update_server(stage: Stage) -> Request:
    return Request(f"{SERVERS}/{await stage.mcp_server()}", {"description": "Tools."})


@request_for("connect-mcp-server-oauth2")
async def _connect(stage: Stage) -> Request:
    return Request(f"{SERVERS}/{await stage.mcp_server(**OAUTH2)}/oauth2/connect")


@request_for("callback-mcp-server-oauth2")
async def _come_back(stage: Stage) -> Request:
    return Request(f"{SERVERS}/{await stage.mcp_server(**OAUTH2)}/oauth2/callback?code=from-nowhere")


@request_for("disconnect-mcp-server-oauth2")
async def _disconnect(stage: Stage) -> Request:
    return Request(f"{SERVERS}/{await stage.mcp_server(**OAUTH2)}/oauth2/disconnect")


# ---- limits on spending ----

LIMITS = f"{CHATS}/usage-limits"
plain("get-chat-usage-limit-config", LIMITS)
plain("update-chat-usage-limit-config", LIMITS, {"spend_limit_micros": 25_000_000, "period": "month"})
plain("get-my-chat-usage-limit-status", f"{LIMITS}/status")


@request_for("upsert-chat-usage-limit-override")
async def _limit_user(stage: Stage) -> Request:
    return Request(f"{LIMITS}/overrides/{await stage.member()}", {"spend_limit_micros": 1_000_000})


@request_for("delete-chat-usage-limit-override")
async def _unlimit_user(stage: Stage) -> Request:
    return Request(f"{LIMITS}/overrides/{await stage.member()}")


@request_for("upsert-chat-usage-limit-group-override")
async def _limit_group(stage: Stage) -> Request:
    return Request(f"{LIMITS}/group-overrides/{(await stage.group())['id']}", {"spend_limit_micros": 1_000_000})


@request_for("delete-chat-usage-limit-group-override")
async def _unlimit_group(stage: Stage) -> Request:
    return Request(f"{LIMITS}/group-overrides/{(await stage.group())['id']}")


# ---- addresses that have moved ----

plain("create-chat-provider", LEGACY)
plain("list-chat-providers", LEGACY)
plain("update-chat-provider", f"{LEGACY}/{uuid.UUID(int=1)}")
plain("delete-chat-provider", f"{LEGACY}/{uuid.UUID(int=1)}")
plain("list-user-chat-provider-configs", LEGACY_KEYS)
plain("upsert-user-chat-provider-key", f"{LEGACY_KEYS}/{uuid.UUID(int=1)}")
plain("delete-user-chat-provider-key", f"{LEGACY_KEYS}/{uuid.UUID(int=1)}")
