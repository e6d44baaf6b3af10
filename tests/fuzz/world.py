"""What exists before the fuzzing starts: people, a demo model, chats, files; made over the API.

The requests count as the site owner's: `create-initial-user` can succeed only here.
"""

import json
import secrets
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx

PASSWORD = "Quiet-Lantern-42-Orbit"
TRIES = 200
OWNER = {"email": "owner@example.com", "username": "owner", "password": PASSWORD}
CHATS = "/api/experimental/chats"
SERVERS = "/api/experimental/mcp/servers"
PROVIDERS = "/api/v2/ai/providers"

USERS = ("owner", "admin", "member", "anonymous")
"""Who asks: the site owner, an organization's administrator, a plain member with chats of her own, and nobody."""

Tally = Callable[[str, str, int], object]
"""Told of each answer: user, operation id, status."""


@dataclass
class Seeds:
    """Ids of what exists, for the hooks of one user to aim requests at."""

    url: str
    username: str
    """Who asks: one of `USERS`."""
    token: str
    """The user's; empty for `anonymous`."""
    owner_token: str
    """The site owner's, to make what the user may only try to change."""
    organization_id: str
    user_id: str
    throwaway_user: str
    throwaway_id: str
    disposable_user: str
    """The id of somebody who is renamed, suspended and given other passwords."""
    token_name: str
    disposable_organization: str
    group_id: str
    group_name: str
    provider_id: str
    model_config_id: str
    file_id: str
    mcp_server_id: str
    oauth2_server_id: str
    chats: list[str] = field(default_factory=list)
    """The user's idle chats with a turn behind them, never archived by the hooks."""
    disposable_chats: list[str] = field(default_factory=list)
    recorded_chat: str = ""
    debug_run: str = ""
    """A chat of the user of which model calls were recorded, and the run of its turn."""
    invalid_chats: list[str] = field(default_factory=list)
    """Chats of the user whose columns mean no state; each can be repaired once."""
    parked_chats: list[str] = field(default_factory=list)
    """Chats of the user that wait for approval of a call; each can be decided once."""
    foreign_chats: list[str] = field(default_factory=list)
    """Chats of others: one that everybody may read, one that only administrators see."""
    disposable_models: list[str] = field(default_factory=list)
    disposable_providers: list[str] = field(default_factory=list)
    disposable_servers: list[str] = field(default_factory=list)

    def save(self, path: Path) -> None:
        """Write them for the process of the hooks."""
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def load(cls, path: Path) -> "Seeds":
        """Read what `save` wrote."""
        return cls(**json.loads(path.read_text()))


class Maker:
    """Makes things over the API; every answer must be a success and is counted."""

    def __init__(self, url: str, username: str, tally: Tally, token: str = "") -> None:
        self._username = username
        self._tally = tally
        headers = {"Coder-Session-Token": token} if token else {}
        self._client = httpx.Client(base_url=url, headers=headers, trust_env=False, timeout=30)

    @property
    def token(self) -> str:
        """Who asks."""
        return self._client.headers["Coder-Session-Token"]

    def authenticate(self, token: str) -> None:
        """Go on as the owner of the token."""
        self._client.headers["Coder-Session-Token"] = token

    def call(self, operation_id: str, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """Send, count, want a success; returns the decoded body, None when there is none."""
        if body is not None:
            options["json"] = body
        response = self._client.request(method, path, **options)
        self._client.cookies.clear()
        self._tally(self._username, operation_id, response.status_code)
        if not response.is_success:
            raise RuntimeError(f"{operation_id}: {response.status_code} {response.text}")
        return response.json() if response.content else None

    def session(self, username: str) -> str:
        """A new session token."""
        body = {"email": address(username), "password": PASSWORD}
        token: str = self.call("log-in-user", "POST", "/api/v2/users/login", body)["session_token"]
        return token

    def user(self, organization_id: str, name: str = "") -> str:
        """A further user."""
        name = name or f"guest-{secrets.token_hex(6)}"
        body: dict[str, Any] = {"email": address(name), "username": name, "password": PASSWORD}
        body["organization_ids"] = [organization_id]
        return str(self.call("create-new-user", "POST", "/api/v2/users", body)["id"])

    def organization(self) -> str:
        """A further organization, with the owner as its only member."""
        body = {"name": f"team-{secrets.token_hex(6)}"}
        return str(self.call("create-organization", "POST", "/api/v2/organizations", body)["id"])

    def join(self, organization_id: str, user_id: str) -> None:
        """Make a user a member of an organization."""
        path = f"/api/v2/organizations/{organization_id}/members/{user_id}"
        self.call("add-organization-member", "POST", path)

    def administrator(self, organization_id: str, user_id: str) -> None:
        """Let a member administer the organization."""
        path = f"/api/v2/organizations/{organization_id}/members/{user_id}/roles"
        self.call("assign-role-to-organization-member", "PUT", path, {"roles": ["organization-admin"]})

    def group(self, organization_id: str, name: str = "") -> str:
        """A further group."""
        body = {"name": name or f"group-{secrets.token_hex(6)}"}
        path = f"/api/v2/organizations/{organization_id}/groups"
        return str(self.call("create-group", "POST", path, body)["id"])

    def key(self, name: str = "") -> str:
        """A further token; returns its id."""
        token: str = self.call("create-token-api-key", "POST", "/api/v2/users/me/keys/tokens", {"token_name": name})[
            "key"
        ]
        return token.partition("-")[0]

    def provider(self) -> str:
        """A further demo provider."""
        body = {"type": "demo", "name": f"demo-{secrets.token_hex(6)}", "base_url": "", "enabled": True}
        return str(self.call("create-an-ai-provider", "POST", PROVIDERS, body)["id"])

    def model(self, provider_id: str) -> str:
        """A further model config."""
        body = {"ai_provider_id": provider_id, "model": f"demo-{secrets.token_hex(6)}", "context_limit": 100_000}
        return str(self.call("create-chat-model-config", "POST", f"{CHATS}/model-configs", body)["id"])

    def limited(self, user_id: str) -> None:
        """Give a user a spending limit of his own."""
        path = f"{CHATS}/usage-limits/overrides/{user_id}"
        self.call("upsert-chat-usage-limit-override", "PUT", path, {"spend_limit_micros": 1_000_000_000})

    def let_users_choose(self) -> None:
        """Let users choose models of their own and have their chats recorded."""
        for setting, operation_id in (
            ("personal-model-overrides", "update-chat-personal-model-overrides-settings"),
            ("debug-logging", "update-chat-debug-logging"),
        ):
            self.call(operation_id, "PUT", f"{CHATS}/config/{setting}", {"allow_users": True})

    def oauth2_server(self) -> str:
        """An MCP server that users connect to."""
        return self.mcp_server(
            auth_type="oauth2",
            oauth2_client_id="palaver",
            oauth2_auth_url="https://id.example.com/authorize",
            oauth2_token_url="https://id.example.com/token",
        )

    def mcp_server(self, **fields: Any) -> str:
        """A further MCP server config."""
        body = {
            "display_name": "Tools",
            "slug": f"tools-{secrets.token_hex(6)}",
            "transport": "streamable_http",
            "url": "https://mcp.example.com/tools",
            "auth_type": "none",
            "availability": "default_off",
            "enabled": True,
            **fields,
        }
        return str(self.call("create-mcp-server", "POST", SERVERS, body)["id"])

    def chat(self, organization_id: str, model_config_id: str, text: str) -> str:
        """A chat whose first turn runs."""
        body = {
            "organization_id": organization_id,
            "model_config_id": model_config_id,
            "content": [{"type": "text", "text": text}],
        }
        return str(self.call("create-chat", "POST", CHATS, body)["id"])

    def share(self, chat_id: str, group_id: str) -> None:
        """Let a group's members read a chat."""
        self.call("update-chat-acl", "PATCH", f"{CHATS}/{chat_id}/acl", {"group_roles": {group_id: "read"}})

    def queued_message(self, chat_id: str) -> int:
        """A message that waits in the queue of a running chat."""
        body = {"content": [{"type": "text", "text": "later"}], "busy_behavior": "queue"}
        answer = self.call("send-chat-message", "POST", f"{CHATS}/{chat_id}/messages", body)
        if not answer["queued"]:
            raise RuntimeError("the chat was not running")
        return int(answer["queued_message"]["id"])

    def prompt(self, chat_id: str) -> int:
        """The id of a chat's newest user message."""
        answer = self.call("list-chat-user-prompts", "GET", f"{CHATS}/{chat_id}/prompts")
        return int(answer["prompts"][0]["id"])

    def answered_chat(self, organization_id: str, model_config_id: str) -> str:
        """An idle chat with an answer."""
        chat_id = self.chat(organization_id, model_config_id, "hello")
        self._await(chat_id, "waiting")
        return chat_id

    def recorded_chat(self, organization_id: str, model_config_id: str) -> tuple[str, str]:
        """A chat whose model calls are recorded, as those of all later ones are, and the id of its run."""
        path = f"{CHATS}/config/user-debug-logging"
        self.call("update-user-chat-debug-logging", "PUT", path, {"debug_logging_enabled": True})
        chat_id = self.chat(organization_id, model_config_id, "hello")
        for _ in range(TRIES):
            runs = self.call("list-chat-debug-runs", "GET", f"{CHATS}/{chat_id}/debug/runs")
            if runs:
                return chat_id, str(runs[0]["id"])
            time.sleep(0.05)
        raise RuntimeError("nothing was recorded")

    def asking_chat(self, organization_id: str, model_config_id: str) -> tuple[str, str]:
        """A chat that waits for its client, and the id of the call that it wants answered."""
        body = {
            "organization_id": organization_id,
            "model_config_id": model_config_id,
            "content": [{"type": "text", "text": "/tool pick {}"}],
            "unsafe_dynamic_tools": [{"name": "pick"}],
        }
        chat_id = str(self.call("create-chat", "POST", CHATS, body)["id"])
        self._await(chat_id, "requires_action")
        page = self.call("list-chat-messages", "GET", f"{CHATS}/{chat_id}/messages")
        return chat_id, str(page["messages"][0]["content"][0]["tool_call_id"])

    def _await(self, chat_id: str, status: str) -> None:
        for _ in range(TRIES):
            if self.call("get-chat-by-id", "GET", f"{CHATS}/{chat_id}")["status"] == status:
                return
            time.sleep(0.05)
        raise RuntimeError(f"the chat does not become {status}")

    def file(self, organization_id: str) -> str:
        """An attachment."""
        headers = {"Content-Type": "text/plain", "Content-Disposition": 'attachment; filename="notes.txt"'}
        path = f"{CHATS}/files?organization={organization_id}"
        return str(self.call("upload-chat-file", "POST", path, content=b"some notes", headers=headers)["id"])


def address(username: str) -> str:
    """The e-mail address of a user of this name."""
    return f"{username}@example.com"


def build(url: str, tally: Tally) -> dict[str, Seeds]:
    """Make the first user and everything else on an empty server; returns the seeds of each of `USERS`."""
    maker = Maker(url, "owner", tally)
    first = maker.call("create-initial-user", "POST", "/api/v2/users/first", OWNER)
    maker.call("check-initial-user-created", "GET", "/api/v2/users/first")
    organization_id = first["organization_id"]
    token = maker.session("owner")
    maker.authenticate(token)
    provider = maker.provider()
    model = maker.model(provider)
    maker.key("kept")
    maker.let_users_choose()
    common = Seeds(
        url=url,
        username="owner",
        token=token,
        owner_token=token,
        organization_id=organization_id,
        user_id=first["user_id"],
        throwaway_user="throwaway",
        throwaway_id=maker.user(organization_id, "throwaway"),
        disposable_user=maker.user(organization_id),
        token_name="kept",
        disposable_organization=maker.organization(),
        group_id=maker.group(organization_id, "kept"),
        group_name="kept",
        provider_id=provider,
        model_config_id=model,
        file_id="",
        mcp_server_id=maker.mcp_server(),
        oauth2_server_id=maker.oauth2_server(),
        foreign_chats=[maker.chat(organization_id, model, "hello") for _ in range(2)],
        disposable_models=[maker.model(provider) for _ in range(3)],
        disposable_providers=[maker.provider() for _ in range(3)],
        disposable_servers=[maker.mcp_server() for _ in range(3)],
    )
    maker.share(common.foreign_chats[0], organization_id)
    people = {name: maker.user(organization_id, name) for name in ("admin", "member")}
    for organization in (organization_id, common.disposable_organization):
        if organization != organization_id:
            maker.join(organization, people["admin"])
        maker.administrator(organization, people["admin"])
    seeds = {"owner": _with_things(common, maker)}
    for name, user_id in people.items():
        own = Maker(url, name, tally)
        own.authenticate(own.session(name))
        own.key("kept")
        seeds[name] = _with_things(replace(common, username=name, token=own.token, user_id=user_id), own)
    seeds["anonymous"] = replace(seeds["owner"], username="anonymous", token="")
    return seeds


def _with_things(seeds: Seeds, maker: Maker) -> Seeds:
    """With chats and a file of the user's own."""
    organization_id, model = seeds.organization_id, seeds.model_config_id
    recorded_chat, debug_run = maker.recorded_chat(organization_id, model)
    return replace(
        seeds,
        recorded_chat=recorded_chat,
        debug_run=debug_run,
        file_id=maker.file(organization_id),
        chats=[maker.chat(organization_id, model, "hello") for _ in range(4)],
        disposable_chats=[maker.chat(organization_id, model, "hello") for _ in range(8)],
        invalid_chats=[maker.chat(organization_id, model, "hello") for _ in range(3)],
        parked_chats=[maker.chat(organization_id, model, "hello") for _ in range(3)],
    )
