"""One valid request for every operation, about something that is there: what it is refused for is who asks."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from palaver.chat.states import State
from tests.api.chats import first_message, text, upload
from tests.api.debug_runs import recorded_run
from tests.matrix.stage import Stage, mcp_server, unique
from tests.support.world import CHATS, PASSWORD, demo_model, demo_provider

USERS, ORGANIZATIONS, GROUPS = "/api/v2/users", "/api/v2/organizations", "/api/v2/groups"
PROVIDERS, SERVERS, CONFIGS = "/api/v2/ai/providers", "/api/experimental/mcp/servers", f"{CHATS}/model-configs"
CHAT_CONFIG = f"{CHATS}/config"
LEGACY, LEGACY_KEYS = f"{CHATS}/providers", f"{CHATS}/user-provider-configs"
NEW_PASSWORD = "quiet lantern forty-two orbits"


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent; `owner` is who the thing belongs to, alice where it belongs to nobody."""

    path: str
    json: Any = None
    owner: uuid.UUID | None = None
    options: dict[str, Any] = field(default_factory=dict)


Make: TypeAlias = Callable[[Stage], Awaitable[Request]]
REQUESTS: dict[str, Make] = {}


def _for(*operation_ids: str) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        for operation_id in operation_ids:
            REQUESTS[operation_id] = make
        return make

    return register


def _plain(operation_id: str, path: str, json: Any = None) -> None:
    async def make(stage: Stage) -> Request:
        return Request(path.format(organization=stage.organization), json)

    REQUESTS[operation_id] = make


def _about_user(operation_id: str, path: str = "", json: Any = None) -> None:
    """About a new member of the organization, who is the owner."""

    async def make(stage: Stage) -> Request:
        user = await stage.member()
        return Request(f"{USERS}/{user}{path}", json, user)

    REQUESTS[operation_id] = make


def _about_chat(operation_id: str, path: str = "", json: Any = None) -> None:
    async def make(stage: Stage) -> Request:
        return Request(f"{CHATS}/{await stage.chat()}{path}", json)

    REQUESTS[operation_id] = make


# ---- users ----

_plain("check-initial-user-created", f"{USERS}/first")
_plain(
    "create-initial-user",
    f"{USERS}/first",
    {"email": "first@example.com", "username": "first", "password": NEW_PASSWORD},
)
_plain("log-in-user", f"{USERS}/login", {"email": "alice@example.com", "password": PASSWORD})
_plain("openid-connect-callback", f"{USERS}/oidc/callback")
_plain("get-authentication-methods", f"{USERS}/authmethods")
_plain("validate-user-password", f"{USERS}/validate-password", {"password": NEW_PASSWORD})
_plain("log-out-user", f"{USERS}/logout")
_plain("get-users", USERS)
_plain("get-site-member-roles", f"{USERS}/roles")
_about_user("get-user-by-name")
_about_user("delete-user")
_about_user("get-user-login-type", "/login-type")
_about_user("suspend-user-account", "/status/suspend")
_about_user("activate-user-account", "/status/activate")
_about_user("update-user-password", "/password", {"old_password": PASSWORD, "password": NEW_PASSWORD})
_about_user("get-user-roles", "/roles")
_about_user("assign-role-to-user", "/roles", {"roles": ["auditor"]})
_about_user("get-organizations-by-user", "/organizations")
_about_user("create-new-session-key", "/keys")
_about_user("get-user-tokens", "/keys/tokens")
_about_user("create-token-api-key", "/keys/tokens", {"token_name": "ci"})
_about_user("get-token-config", "/keys/tokens/tokenconfig")


@_for("create-new-user")
async def _create_user(stage: Stage) -> Request:
    name = unique("u")
    body = {"username": name, "email": f"{name}@example.com", "password": NEW_PASSWORD}
    return Request(USERS, {**body, "organization_ids": [stage.organization]})


@_for("update-user-profile")
async def _update_profile(stage: Stage) -> Request:
    user = await stage.member()
    response = await stage.world.owner.get(f"{USERS}/{user}")
    return Request(f"{USERS}/{user}/profile", {"username": response.json()["username"], "name": "Zoe"}, user)


# ---- keys ----


def _about_key(operation_id: str, path: str = "") -> None:
    async def make(stage: Stage) -> Request:
        user = await stage.member()
        key_id = (await stage.token(user)).partition("-")[0]
        return Request(f"{USERS}/{user}/keys/{key_id}{path}", owner=user)

    REQUESTS[operation_id] = make


_about_key("get-api-key-by-id")
_about_key("delete-api-key")
_about_key("expire-api-key", "/expire")


@_for("get-api-key-by-token-name")
async def _key_by_name(stage: Stage) -> Request:
    user = await stage.member()
    tokens = await stage.made(f"{USERS}/{user}/keys/tokens", {"token_name": "ci"})
    assert tokens["key"]
    return Request(f"{USERS}/{user}/keys/tokens/ci", owner=user)


# ---- organizations, members, roles ----

_HERE = f"{ORGANIZATIONS}/{{organization}}"
_plain("get-organizations", ORGANIZATIONS)
_plain("get-organization-by-id", _HERE)
_plain("update-organization", _HERE, {"description": "Where people write."})
_plain("list-organization-members", f"{_HERE}/members")
_plain("paginated-organization-members", f"{_HERE}/paginated-members")
_plain("get-member-roles-by-organization", f"{_HERE}/members/roles")


@_for("create-organization")
async def _create_organization(stage: Stage) -> Request:
    return Request(ORGANIZATIONS, {"name": unique("o")})


@_for("delete-organization")
async def _delete_organization(stage: Stage) -> Request:
    return Request(f"{ORGANIZATIONS}/{await stage.organization_of_the_caller()}")


def _about_member(operation_id: str, path: str = "", json: Any = None) -> None:
    async def make(stage: Stage) -> Request:
        user = await stage.member()
        return Request(f"{ORGANIZATIONS}/{stage.organization}/members/{user}{path}", json, user)

    REQUESTS[operation_id] = make


_about_member("get-organization-member")
_about_member("remove-organization-member")
_about_member("assign-role-to-organization-member", "/roles", {"roles": ["organization-auditor"]})


@_for("add-organization-member")
async def _add_member(stage: Stage) -> Request:
    user = await stage.user()
    return Request(f"{ORGANIZATIONS}/{stage.organization}/members/{user}", owner=user)


# ---- groups ----

_plain("list-groups", GROUPS)
_plain("get-groups-by-organization", f"{_HERE}/groups")


@_for("create-group")
async def _create_group(stage: Stage) -> Request:
    return Request(f"{ORGANIZATIONS}/{stage.organization}/groups", {"name": unique("g")})


@_for("get-group", "delete-group")
async def _group(stage: Stage) -> Request:
    return Request(f"{GROUPS}/{(await stage.group())['id']}")


@_for("update-group")
async def _update_group(stage: Stage) -> Request:
    return Request(f"{GROUPS}/{(await stage.group())['id']}", {"display_name": "Writers"})


@_for("get-group-by-organization-and-name")
async def _group_by_name(stage: Stage) -> Request:
    return Request(f"{ORGANIZATIONS}/{stage.organization}/groups/{(await stage.group())['name']}")


@_for("list-group-members")
async def _group_members(stage: Stage) -> Request:
    return Request(f"{GROUPS}/{(await stage.group())['id']}/members")


# ---- deployment and audit log ----

_plain("build-info", "/api/v2/buildinfo")
_plain("get-enabled-experiments", "/api/v2/experiments")
_plain("get-safe-experiments", "/api/v2/experiments/available")
_plain("list-audit-log", "/api/v2/audit?limit=1")

# ---- providers and models ----

_plain("list-ai-providers", PROVIDERS)
_plain("list-chat-models", f"{CHATS}/models")
_plain("list-chat-model-configs", CONFIGS)
_plain("list-mcp-servers", SERVERS)


@_for("create-an-ai-provider")
async def _create_provider(stage: Stage) -> Request:
    return Request(PROVIDERS, demo_provider(name=unique("p")))


@_for("get-an-ai-provider", "delete-an-ai-provider")
async def _provider(stage: Stage) -> Request:
    return Request(f"{PROVIDERS}/{await stage.provider()}")


@_for("update-an-ai-provider")
async def _update_provider(stage: Stage) -> Request:
    return Request(f"{PROVIDERS}/{await stage.provider()}", {"display_name": "Models"})


OWN_KEYS = "/api/experimental/users/{user}/ai-provider-keys"


@_for("list-user-ai-provider-keys")
async def _own_keys(stage: Stage) -> Request:
    user = await stage.member()
    return Request(OWN_KEYS.format(user=user), owner=user)


@_for("upsert-user-ai-provider-key")
async def _store_own_key(stage: Stage) -> Request:
    user = await stage.member()
    path = f"{OWN_KEYS.format(user=user)}/{await stage.provider()}"
    return Request(path, {"api_key": "sk-own-key-0123456789"}, user)


@_for("delete-user-ai-provider-key")
async def _delete_own_key(stage: Stage) -> Request:
    user = await stage.member()
    return Request(f"{OWN_KEYS.format(user=user)}/{await stage.provider()}", owner=user)


@_for("create-chat-model-config")
async def _create_config(stage: Stage) -> Request:
    return Request(CONFIGS, demo_model(stage.world.facts.provider_id, model=unique("m")))


@_for("update-chat-model-config")
async def _update_config(stage: Stage) -> Request:
    return Request(f"{CONFIGS}/{await stage.model_config()}", {"display_name": "Model"})


@_for("get-chat-model-config", "delete-chat-model-config")
async def _delete_config(stage: Stage) -> Request:
    return Request(f"{CONFIGS}/{await stage.model_config()}")


# ---- chat configuration ----

_plain("get-chat-system-prompt", f"{CHAT_CONFIG}/system-prompt")
_plain("update-chat-system-prompt", f"{CHAT_CONFIG}/system-prompt", {"system_prompt": "Be brief."})
_plain("get-chat-plan-mode-instructions", f"{CHAT_CONFIG}/plan-mode-instructions")
_plain(
    "update-chat-plan-mode-instructions", f"{CHAT_CONFIG}/plan-mode-instructions", {"plan_mode_instructions": "Ask."}
)
_plain("get-chat-model-override", f"{CHAT_CONFIG}/model-override/compaction")
_plain("update-chat-model-override", f"{CHAT_CONFIG}/model-override/compaction", {"model_config_id": ""})
_plain("get-chat-personal-model-overrides-settings", f"{CHAT_CONFIG}/personal-model-overrides")
_plain(
    "update-chat-personal-model-overrides-settings", f"{CHAT_CONFIG}/personal-model-overrides", {"allow_users": True}
)
_plain("get-user-chat-personal-model-overrides", f"{CHAT_CONFIG}/user-personal-model-overrides")
_plain("get-chat-debug-logging", f"{CHAT_CONFIG}/debug-logging")
_plain("update-chat-debug-logging", f"{CHAT_CONFIG}/debug-logging", {"allow_users": True})
_plain("get-user-chat-debug-logging", f"{CHAT_CONFIG}/user-debug-logging")
_plain("get-chat-advisor-config", f"{CHAT_CONFIG}/advisor")
_plain(
    "update-chat-advisor-config",
    f"{CHAT_CONFIG}/advisor",
    {"max_uses_per_run": 1, "max_output_tokens": 0, "model_config_id": str(uuid.UUID(int=0))},
)
_plain("get-user-chat-custom-prompt", f"{CHAT_CONFIG}/user-prompt")
_plain("update-user-chat-custom-prompt", f"{CHAT_CONFIG}/user-prompt", {"custom_prompt": "Call me Ishmael."})
_plain("get-user-chat-compaction-thresholds", f"{CHAT_CONFIG}/user-compaction-thresholds")
for _days in ("retention", "debug-retention", "auto-archive"):
    _plain(f"get-chat-{_days}-days", f"{CHAT_CONFIG}/{_days}-days")
    _plain(f"update-chat-{_days}-days", f"{CHAT_CONFIG}/{_days}-days", {f"{_days}_days".replace("-", "_"): 0})


@_for("update-user-chat-personal-model-override")
async def _choose_model(stage: Stage) -> Request:
    await stage.world.owner.put(f"{CHAT_CONFIG}/personal-model-overrides", {"allow_users": True})
    return Request(f"{CHAT_CONFIG}/user-personal-model-overrides/root", {"mode": "chat_default"})


@_for("update-user-chat-debug-logging")
async def _log(stage: Stage) -> Request:
    await stage.world.owner.put(f"{CHAT_CONFIG}/debug-logging", {"allow_users": True})
    return Request(f"{CHAT_CONFIG}/user-debug-logging", {"debug_logging_enabled": True})


@_for("update-user-chat-compaction-threshold")
async def _set_threshold(stage: Stage) -> Request:
    config = stage.world.facts.model_config_id
    return Request(f"{CHAT_CONFIG}/user-compaction-thresholds/{config}", {"threshold_percent": 80})


@_for("delete-user-chat-compaction-threshold")
async def _drop_threshold(stage: Stage) -> Request:
    return Request(f"{CHAT_CONFIG}/user-compaction-thresholds/{stage.world.facts.model_config_id}")


# ---- MCP servers ----


@_for("create-mcp-server")
async def _create_server(stage: Stage) -> Request:
    return Request(SERVERS, mcp_server())


@_for("get-mcp-server", "delete-mcp-server")
async def _server(stage: Stage) -> Request:
    return Request(f"{SERVERS}/{await stage.mcp_server()}")


@_for("update-mcp-server")
async def _update_server(stage: Stage) -> Request:
    return Request(f"{SERVERS}/{await stage.mcp_server()}", {"description": "Tools."})


# ---- chats ----

_plain("list-chats", CHATS)
_about_chat("get-chat-by-id")
_about_chat("update-chat", json={"title": "Notes"})
_about_chat("delete-chat")
_about_chat("fork-chat", "/fork", {})
_about_chat("export-chat", "/export")


@_for("import-chat")
async def _import_chat(stage: Stage) -> Request:
    export = {
        "format": "palaver-chat",
        "version": 1,
        "chat": {"title": "From elsewhere"},
        "messages": [{"role": "user", "content": [text("hello")]}],
    }
    return Request(f"{CHATS}/import", {"organization_id": stage.organization, "export": export})


_about_chat("list-chat-messages", "/messages")
_about_chat("send-chat-message", "/messages", {"content": [text("hello")]})
_about_chat("list-chat-user-prompts", "/prompts")
_plain("watch-chat-events-for-a-user-via-websockets", f"{CHATS}/watch")
_about_chat("stream-chat-events-via-websockets", "/stream")
_about_chat("get-chat-acls", "/acl")
_about_chat("list-chat-debug-runs", "/debug/runs")
_about_chat("get-chat-cost", "/cost")


@_for("create-chat")
async def _create_chat(stage: Stage) -> Request:
    return Request(CHATS, {"organization_id": stage.organization, "content": [text("hello")]})


@_for("get-chat-debug-run")
async def _debug_run(stage: Stage) -> Request:
    chat_id = await stage.chat()
    run = await recorded_run(stage.world, chat_id)
    return Request(f"{CHATS}/{chat_id}/debug/runs/{run.id}")


@_for("update-chat-acl")
async def _share(stage: Stage) -> Request:
    somebody = str(await stage.member())
    return Request(f"{CHATS}/{await stage.chat()}/acl", {"user_roles": {somebody: "read"}})


@_for("edit-chat-message")
async def _edit(stage: Stage) -> Request:
    chat_id = await stage.chat()
    message = await first_message(stage.world, chat_id)
    return Request(f"{CHATS}/{chat_id}/messages/{message}", {"content": [text("hello again")]})


@_for("submit-chat-tool-results")
async def _tool_results(stage: Stage) -> Request:
    chat_id = await stage.chat_in(State.REQUIRES_ACTION)
    return Request(f"{CHATS}/{chat_id}/tool-results", {"results": [{"tool_call_id": "call_1", "output": {}}]})


@_for("compact-chat")
async def _compact(stage: Stage) -> Request:
    return Request(f"{CHATS}/{await stage.answered_chat()}/compact")


@_for("reconcile-invalid-chat-state")
async def _reconcile(stage: Stage) -> Request:
    return Request(f"{CHATS}/{await stage.chat_in(State.INVALID)}/reconcile-invalid")


@_for("interrupt-chat")
async def _interrupt(stage: Stage) -> Request:
    chat_id, _ = await stage.busy_chat()
    return Request(f"{CHATS}/{chat_id}/interrupt")


_about_chat("regenerate-chat-title", "/title/regenerate")
_about_chat("propose-chat-title", "/title/propose")


@_for("delete-chat-queued-message")
async def _unqueue(stage: Stage) -> Request:
    chat_id, entry = await stage.busy_chat()
    return Request(f"{CHATS}/{chat_id}/queue/{entry}")


@_for("update-chat-queued-message")
async def _hold(stage: Stage) -> Request:
    chat_id, entry = await stage.busy_chat()
    return Request(f"{CHATS}/{chat_id}/queue/{entry}", {"held": True})


@_for("promote-chat-queued-message")
async def _promote(stage: Stage) -> Request:
    chat_id, entry = await stage.busy_chat()
    return Request(f"{CHATS}/{chat_id}/queue/{entry}/promote")


@_for("upload-chat-file")
async def _upload(stage: Stage) -> Request:
    headers = {"Content-Type": "text/plain", "Content-Disposition": 'attachment; filename="notes.txt"'}
    path = f"{CHATS}/files?organization={stage.organization}"
    return Request(path, options={"content": b"notes", "headers": headers})


@_for("get-chat-file")
async def _file(stage: Stage) -> Request:
    file_id = (await upload(stage.world)).json()["id"]
    await stage.chat(content=[{"type": "file", "file_id": file_id}])
    return Request(f"{CHATS}/files/{file_id}")


# ---- limits on spending ----

LIMITS = f"{CHATS}/usage-limits"
_plain("get-chat-usage-limit-config", LIMITS)
_plain("update-chat-usage-limit-config", LIMITS, {"spend_limit_micros": 25_000_000, "period": "month"})
_plain("get-my-chat-usage-limit-status", f"{LIMITS}/status")


@_for("upsert-chat-usage-limit-override")
async def _limit_user(stage: Stage) -> Request:
    return Request(f"{LIMITS}/overrides/{await stage.member()}", {"spend_limit_micros": 1_000_000})


@_for("delete-chat-usage-limit-override")
async def _unlimit_user(stage: Stage) -> Request:
    return Request(f"{LIMITS}/overrides/{await stage.member()}")


@_for("upsert-chat-usage-limit-group-override")
async def _limit_group(stage: Stage) -> Request:
    return Request(f"{LIMITS}/group-overrides/{(await stage.group())['id']}", {"spend_limit_micros": 1_000_000})


@_for("delete-chat-usage-limit-group-override")
async def _unlimit_group(stage: Stage) -> Request:
    return Request(f"{LIMITS}/group-overrides/{(await stage.group())['id']}")


# ---- what was spent ----

_plain("get-chat-cost-users", f"{CHATS}/cost/users")


@_for("get-chat-cost-summary")
async def _cost_of_user(stage: Stage) -> Request:
    user = await stage.member()
    return Request(f"{CHATS}/cost/{user}/summary", owner=user)


# ---- addresses that have moved ----

_plain("create-chat-provider", LEGACY)
_plain("list-chat-providers", LEGACY)
_plain("update-chat-provider", f"{LEGACY}/{uuid.UUID(int=1)}")
_plain("delete-chat-provider", f"{LEGACY}/{uuid.UUID(int=1)}")
_plain("list-user-chat-provider-configs", LEGACY_KEYS)
_plain("upsert-user-chat-provider-key", f"{LEGACY_KEYS}/{uuid.UUID(int=1)}")
_plain("delete-user-chat-provider-key", f"{LEGACY_KEYS}/{uuid.UUID(int=1)}")
