"""How requests are registered for operations, and where the things are that they are about."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tests.matrix.stage import Stage
from tests.support.world import CHATS

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


def request_for(*operation_ids: str) -> Callable[[Make], Make]:
    def register(make: Make) -> Make:
        for operation_id in operation_ids:
            REQUESTS[operation_id] = make
        return make

    return register


def plain(operation_id: str, path: str, json: Any = None) -> None:
    async def make(stage: Stage) -> Request:
        return Request(path.format(organization=stage.organization), json)

    REQUESTS[operation_id] = make


def about_user(operation_id: str, path: str = "", json: Any = None) -> None:
    """About a new member of the organization, who is the owner."""

    async def make(stage: Stage) -> Request:
        user = await stage.member()
        return Request(f"{USERS}/{user}{path}", json, user)

    REQUESTS[operation_id] = make


def about_chat(operation_id: str, path: str = "", json: Any = None) -> None:
    async def make(stage: Stage) -> Request:
        return Request(f"{CHATS}/{await stage.chat()}{path}", json)

    REQUESTS[operation_id] = make
