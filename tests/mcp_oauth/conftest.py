"""An authorization server, people who connect to the MCP server behind it, and a server that they use."""

import uuid
from collections.abc import AsyncIterator
from typing import Any, Self

import pytest
import pytest_asyncio

from palaver.auth.tokens import SESSION_COOKIE
from palaver.configuration.mcp_servers import MCPServer, find_mcp_server
from tests.api.conftest import shared_world
from tests.support.authorization_server import AuthorizationServer, run_authorization_server
from tests.support.browser import Browser
from tests.support.canaries import CANARIES
from tests.support.contract_checker import ResponseChecker
from tests.support.openid_provider import query_of
from tests.support.world import World

__all__ = ["shared_world"]

SERVERS = "/api/experimental/mcp/servers"


@pytest_asyncio.fixture(scope="session")
async def one_authorization_server() -> AsyncIterator[AuthorizationServer]:
    """The authorization server of the whole run."""
    async with run_authorization_server() as server:
        yield server


@pytest.fixture
def protector(one_authorization_server: AuthorizationServer) -> AuthorizationServer:
    """The authorization server, honest, with nothing asked of it."""
    one_authorization_server.reset()
    return one_authorization_server


def body_of(protector: AuthorizationServer, **fields: Any) -> dict[str, Any]:
    """The body of an MCP server that leaves everything to discovery."""
    return {
        "display_name": "Tools & more",
        "slug": f"tools-{uuid.uuid4().hex[:6]}",
        "transport": "streamable_http",
        "url": protector.mcp_url,
        "auth_type": "oauth2",
        "availability": "default_on",
        "enabled": True,
        **fields,
    }


async def made(world: World, body: dict[str, Any]) -> dict[str, Any]:
    """A server that the site owner has created."""
    answer = await world.owner.post(SERVERS, body)
    assert answer.status_code == 201, answer.text
    server: dict[str, Any] = answer.json()
    return server


async def stored(world: World, server_id: str) -> MCPServer:
    """A server as turns see it."""
    async with world.services.database.connect() as conn:
        server = await find_mcp_server(conn, uuid.UUID(server_id))
    assert server is not None
    return server


class Person:
    """Somebody with a browser and a session in it."""

    def __init__(self, browser: Browser, name: str, user_id: str, session_token: str) -> None:
        self.browser = browser
        self.name = name
        self.id = uuid.UUID(user_id)
        self.enter(session_token)

    @classmethod
    def of(cls, world: World, name: str, checker: ResponseChecker) -> Self:
        """One of those whom the world has."""
        return cls(Browser(world.url, checker), name, world.facts.user_ids[name], world.facts.tokens[name])

    def enter(self, session_token: str) -> None:
        """Go on with another session."""
        self.browser.client.cookies.set(SESSION_COOKIE, session_token, domain="127.0.0.1")

    async def depart(self, server_id: str, protector: AuthorizationServer) -> str:
        """Begin to connect; the address at which the authorization server sends the browser back."""
        begun = await self.browser.get(f"{SERVERS}/{server_id}/oauth2/connect")
        assert begun.status_code == 307, begun.text
        protector.person = self.name
        sent_back = await self.browser.get(begun.headers["location"])
        assert sent_back.status_code == 302, sent_back.text
        back = str(sent_back.headers["location"])
        CANARIES.learn(query_of(back)["code"])
        return back

    async def connect(self, server_id: str, protector: AuthorizationServer) -> None:
        """The whole way there and back."""
        answer = await self.browser.get(await self.depart(server_id, protector))
        assert answer.status_code == 200, answer.text

    async def disconnect(self, server_id: str) -> dict[str, Any]:
        """What the server says to the wish to be connected no more."""
        token = {"Coder-Session-Token": str(self.browser.cookie(SESSION_COOKIE))}
        answer = await self.browser.client.delete(f"{SERVERS}/{server_id}/oauth2/disconnect", headers=token)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    async def is_connected(self, server_id: str) -> bool:
        """What the server says of the person's connection."""
        answer = await self.browser.get(f"{SERVERS}/{server_id}")
        connected: bool = answer.json()["auth_connected"]
        return connected


@pytest_asyncio.fixture
async def alice(world: World, checker: ResponseChecker) -> AsyncIterator[Person]:
    """Alice at her browser."""
    person = Person.of(world, "alice", checker)
    yield person
    await person.browser.close()


@pytest_asyncio.fixture
async def bob(world: World, checker: ResponseChecker) -> AsyncIterator[Person]:
    """Bob at his browser."""
    person = Person.of(world, "bob", checker)
    yield person
    await person.browser.close()
