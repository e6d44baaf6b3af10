"""MCP servers that are shared by the tests, and chats that use them."""

import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest_asyncio

from palaver.configuration.mcp_servers import MCPServer
from palaver.tools.results import ToolAnswer
from palaver.tools.service import ToolServers
from palaver.tools.toolbox import Toolbox
from tests.support.mcp import McpServer, running_mcp


@dataclass(frozen=True)
class Settings:
    """Where servers of tests may be."""

    allow_private_networks: bool = True
    outgoing_ports: tuple[int, ...] = ()


@dataclass
class Chat:
    """What of a chat its tools hang on."""

    mcp_server_ids: Sequence[uuid.UUID] = ()
    plan_mode: str = ""
    id: uuid.UUID = field(default_factory=uuid.uuid4)
    owner_id: uuid.UUID = field(default_factory=uuid.uuid4)


class Owners:
    """Credentials that are the owner's id as a token; `tokens` are given out instead, in order."""

    def __init__(self) -> None:
        self.tokens: list[str] = []
        self.problem: Callable[[MCPServer], Exception] | None = None
        self.asked: list[tuple[uuid.UUID, str | None]] = []

    async def headers(self, server: MCPServer, owner_id: uuid.UUID, *, stale: str | None = None) -> dict[str, str]:
        self.asked.append((owner_id, stale))
        if self.problem is not None:
            raise self.problem(server)
        return {"Authorization": f"Bearer {self.tokens.pop(0) if self.tokens else owner_id}"}


class KnownServers(ToolServers):
    """Servers that are known without a database."""

    def __init__(self, servers: Sequence[MCPServer], owners: Owners, settings: Any = None) -> None:
        super().__init__(settings or Settings(), None, owners)  # type: ignore[arg-type]
        self.servers = list(servers)

    async def _read(self, _: None) -> dict[uuid.UUID, MCPServer]:
        return {server.id: server for server in self.servers if server.enabled}

    async def of_chat(self) -> Toolbox:
        """The toolbox of a chat with all the servers."""
        toolbox = await self.open(Chat([server.id for server in self.servers]))
        assert toolbox is not None
        return toolbox


@pytest_asyncio.fixture
async def owners() -> Owners:
    return Owners()


Known = Callable[..., KnownServers]


@pytest_asyncio.fixture
async def known(owners: Owners) -> AsyncIterator[Known]:
    """Makes the ToolServers of a test, ended behind it."""
    made = []

    def make(*servers: MCPServer, settings: Any = None) -> KnownServers:
        made.append(KnownServers(servers, owners, settings))
        return made[-1]

    yield make
    for servers in made:
        await servers.aclose()


@pytest_asyncio.fixture(scope="session")
async def newest() -> AsyncIterator[McpServer]:
    """A server of the newest version, which knows no sessions."""
    async with running_mcp() as server:
        yield server


@pytest_asyncio.fixture(scope="session")
async def legacy() -> AsyncIterator[McpServer]:
    """A server with sessions, over Streamable HTTP."""
    async with running_mcp(legacy=True) as server:
        yield server


@pytest_asyncio.fixture(scope="session")
async def sse() -> AsyncIterator[McpServer]:
    """A server over HTTP with Server-Sent Events, the oldest transport."""
    async with running_mcp(transport="sse") as server:
        yield server


def call(toolbox: Toolbox, tool: str, **args: Any) -> Coroutine[Any, Any, ToolAnswer]:
    """Call a tool of the server with the slug `test`."""
    asked = {"tool_call_id": "call_1", "tool_name": f"test__{tool}", "args": args}
    return toolbox.call(asked, limit_bytes=16_384)
