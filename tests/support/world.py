"""A small world to test in: an organization, its people, the demo model. Built once over the API, then cloned."""

import secrets
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from palaver.services import Services
from palaver.settings import Settings
from tests.support.api import Api
from tests.support.contract_checker import ResponseChecker
from tests.support.round_robin import balanced
from tests.support.server import run_server

PASSWORD = "correct horse battery staple"
CHATS = "/api/experimental/chats"


@dataclass(frozen=True, slots=True)
class Facts:
    """What a built world is known by: ids and tokens, valid in every clone of its database."""

    organization_id: str
    model_config_id: str
    provider_id: str
    tokens: dict[str, str]
    user_ids: dict[str, str]


@dataclass(slots=True)
class World:
    """A running server, or several behind a balancer, over a clone of the built world.

    `owner` is the site owner, `alice` and `bob` are members who may use chats, `carol` administers the organization.
    """

    replicas: tuple[Services, ...]
    url: str
    facts: Facts
    checker: ResponseChecker
    owner: Api
    alice: Api
    bob: Api
    carol: Api
    anonymous: Api
    chats: list[str] = field(default_factory=list)

    @property
    def services(self) -> Services:
        """Those of the first replica."""
        return self.replicas[0]

    def forget_key(self, key_id: str) -> None:
        """After a key's row was written past the server: nobody remembers it."""
        for services in self.replicas:
            services.authenticator.forget_key(key_id)

    def forget_user(self, user_id: uuid.UUID) -> None:
        """After a user's rows were written past the server: nobody remembers him."""
        for services in self.replicas:
            services.authenticator.forget_user(user_id)

    def forget_models(self) -> None:
        """After rows of providers or models were written past the server: nobody remembers them."""
        for services in self.replicas:
            services.catalog.forget()

    async def create_chat(self, api: Api | None = None, text: str = "hello", **fields: Any) -> dict[str, Any]:
        """A new chat of `alice`, or of another caller."""
        body = {"organization_id": self.facts.organization_id, "content": [{"type": "text", "text": text}], **fields}
        response = await (api or self.alice).post(CHATS, body)
        assert response.status_code == 201, response.text
        chat: dict[str, Any] = response.json()
        return chat


async def build_world(database_url: str, data_dir: Path, checker: ResponseChecker) -> Facts:
    """Make the people and the model through the API, as an administrator would."""
    settings = Settings(database_url=database_url, data_dir=data_dir, rate_limits="off", role="api")
    async with run_server(settings) as server:
        return await populate(Api(server.url, checker))


async def populate(anonymous: Api) -> Facts:
    """Make the people and the model of the world on an empty server; closes `anonymous`."""
    first = {"email": "owner@example.com", "username": "owner", "name": "Olga", "password": PASSWORD}
    created = (await anonymous.post("/api/v2/users/first", first)).json()
    tokens = {"owner": await _log_in(anonymous, "owner")}
    owner = anonymous.as_user(tokens["owner"])
    user_ids = {"owner": created["user_id"]}
    for name in ("alice", "bob", "carol"):
        body = {
            "email": f"{name}@example.com",
            "username": name,
            "password": PASSWORD,
            "organization_ids": [created["organization_id"]],
        }
        user_ids[name] = (await owner.post("/api/v2/users", body)).json()["id"]
        tokens[name] = await _log_in(anonymous, name)
    path = f"/api/v2/organizations/{created['organization_id']}/members/{user_ids['carol']}/roles"
    assert (await owner.put(path, {"roles": ["organization-admin"]})).status_code == 200
    provider = (await owner.post("/api/v2/ai/providers", demo_provider())).json()
    model = (await owner.post(f"{CHATS}/model-configs", demo_model(provider["id"]))).json()
    await owner.close()
    await anonymous.close()
    return Facts(created["organization_id"], model["id"], provider["id"], tokens, user_ids)


@asynccontextmanager
async def run_world(
    facts: Facts, settings: Settings, checker: ResponseChecker, *, replicas: int = 1
) -> AsyncIterator[World]:
    """Serve a clone of the built world, by several replicas if asked."""
    async with AsyncExitStack() as stack:
        # People that a test adds are in its own world only.
        facts = replace(facts, tokens=dict(facts.tokens), user_ids=dict(facts.user_ids))
        servers = [await stack.enter_async_context(run_server(settings)) for _ in range(replicas)]
        url = servers[0].url
        if replicas > 1:
            url, _ = await stack.enter_async_context(balanced([server.url for server in servers]))
        anonymous = Api(url, checker)
        callers = {name: anonymous.as_user(token) for name, token in facts.tokens.items()}
        for api in (anonymous, *callers.values()):
            stack.push_async_callback(api.close)
        services = tuple(server.services for server in servers)
        yield World(services, url, facts, checker, anonymous=anonymous, **callers)


def demo_provider(**fields: Any) -> dict[str, Any]:
    """The body of a provider that answers without a network."""
    return {"type": "demo", "name": f"demo-{secrets.token_hex(3)}", "base_url": "", "enabled": True, **fields}


def demo_model(provider_id: str, **fields: Any) -> dict[str, Any]:
    """The body of a model config."""
    return {"ai_provider_id": provider_id, "model": "demo", "context_limit": 100_000, **fields}


async def _log_in(anonymous: Api, name: str) -> str:
    body = {"email": f"{name}@example.com", "password": PASSWORD}
    token: str = (await anonymous.post("/api/v2/users/login", body)).json()["session_token"]
    return token


def random_id() -> str:
    """An id that nothing has."""
    return str(uuid.uuid4())
