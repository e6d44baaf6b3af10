"""MCP servers as this process knows and reaches them: which are a chat's, and the sessions of all chats.

Knowing costs one statement every ten seconds; a chat without a server costs nothing else, and the SDK is imported when
the first chat with one is opened.
"""

import asyncio
import importlib
import time
import uuid
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

import httpx2

from palaver.configuration.mcp_servers import MCPServer, list_mcp_servers
from palaver.database import Database
from palaver.llm.transport import http_transport
from palaver.memory import Memory
from palaver.outgoing import OutgoingPolicy, OutgoingSettings
from palaver.tools.wire import Send, ServerTransport

if TYPE_CHECKING:
    from types import ModuleType

    from palaver.tools.sessions import McpSession
    from palaver.tools.toolbox import Toolbox

MAX_IDLE_CONNECTIONS: Final = 16
IDLE_SECONDS: Final = 4.0
"""Less than the five seconds after which most servers close a connection, just when it is used again."""
HEADERS_SECONDS: Final = 10.0
"""Age at which a session asks for its owner's credentials again; at once when the server refuses them."""


class GivesCredentials(Protocol):
    """`palaver.tools.credentials.Credentials`, or what stands for it."""

    async def headers(self, server: MCPServer, owner_id: uuid.UUID, *, stale: str | None = None) -> dict[str, str]:
        """The headers that authenticate the owner; raises ToolServerProblem."""


class ChatWithServers(Protocol):
    """What of a chat its tools hang on."""

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def owner_id(self) -> uuid.UUID: ...

    @property
    def mcp_server_ids(self) -> Sequence[uuid.UUID]: ...

    @property
    def plan_mode(self) -> str: ...


class ToolServers:
    """The MCP servers of this deployment, as chats use them. One per process; `aclose()` last.

    `tell` passes on that other processes have to drop what they remember.
    """

    def __init__(
        self,
        settings: OutgoingSettings,
        database: Database,
        credentials: GivesCredentials,
        *,
        tell: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._policy = OutgoingPolicy.of(settings)
        self._database = database
        self._credentials = credentials
        self._tell = tell
        self._known: Memory[None, dict[uuid.UUID, MCPServer]] = Memory(self._read, clock=clock)
        self._tasks: set[asyncio.Task[None]] = set()
        self._send: Send | None = None
        self._http: httpx2.AsyncBaseTransport | httpx2.AsyncClient | None = None

    def forget(self) -> None:
        """Drop what is remembered of the servers everywhere: call it after a commit that changes one."""
        self.drop()
        self._tell()

    def drop(self) -> None:
        """Drop what is remembered here; the next chat sees what is committed now."""
        self._known.drop()

    async def known(self) -> list[MCPServer]:
        """All servers that are enabled."""
        return list((await self._known.get(None)).values())

    async def has_servers(self, chat: ChatWithServers) -> bool:
        """Whether the chat has a server now."""
        return bool(selected(await self._known.get(None), chat))

    async def open(self, chat: ChatWithServers) -> "Toolbox | None":
        """The tools of a chat for a turn, connected with its owner's credentials; None when it has no server.

        Whoever opens it closes it.
        """
        servers = selected(await self._known.get(None), chat)
        if not servers:
            return None
        module = await self._loaded()
        toolbox: Toolbox = module.Toolbox(servers, partial(self._session, chat), self._look)
        try:
            await toolbox.open()
        except BaseException:
            await toolbox.aclose()
            raise
        return toolbox

    async def aclose(self) -> None:
        """End every session at once, and every connection."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._http is not None:
            await self._http.aclose()
        self._http = self._send = None

    async def _read(self, _: None) -> dict[uuid.UUID, MCPServer]:
        async with self._database.connect() as conn:
            return {server.id: server for server in await list_mcp_servers(conn, enabled_only=True)}

    async def _look(self, server: MCPServer) -> MCPServer | None:
        return (await self._known.get(None)).get(server.id)

    async def _loaded(self) -> "ModuleType":
        return await asyncio.to_thread(importlib.import_module, "palaver.tools.toolbox")

    def _session(self, chat: ChatWithServers, server: MCPServer) -> "McpSession":
        from palaver.tools.sessions import McpSession

        headers = _OwnersHeaders(self._credentials, server, chat.owner_id, identity_headers(server, chat))
        transport = ServerTransport(server, headers, self._sender(), self._policy, stateful=server.transport == "sse")
        return McpSession(server, transport, self._spawn)

    def _spawn(self, work: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    def _sender(self) -> Send:
        """How requests are sent: over connections that all sessions share, none of which knows anybody."""
        if self._send is None:
            transport = http_transport(self._policy, max_idle=MAX_IDLE_CONNECTIONS, idle_seconds=IDLE_SECONDS)
            if transport is not None:
                self._http, self._send = transport, transport.handle_async_request
            else:
                client = httpx2.AsyncClient(timeout=None)
                self._http, self._send = client, partial(client.send, stream=True, follow_redirects=False)
        return self._send


def selected(servers: Mapping[uuid.UUID, MCPServer], chat: ChatWithServers) -> list[MCPServer]:
    """The servers of a chat in the order of their labels: those it has chosen, and those that every chat has.

    In plan mode only those that are allowed there.
    """
    if not servers:
        return []
    chosen = frozenset(chat.mcp_server_ids)
    return [
        server
        for server in servers.values()
        if (server.id in chosen or server.availability == "force_on")
        and (server.allow_in_plan_mode or not chat.plan_mode)
    ]


def identity_headers(server: MCPServer, chat: ChatWithServers) -> dict[str, str]:
    """Who asks, for servers that are configured to be told: the ids of the chat's owner and of the chat."""
    if not server.forward_coder_headers:
        return {}
    return {"X-Coder-Owner-Id": str(chat.owner_id), "X-Coder-Chat-Id": str(chat.id)}


class _OwnersHeaders:
    """The headers of one session: credentials of the chat's owner, remembered for a short time."""

    def __init__(
        self, credentials: GivesCredentials, server: MCPServer, owner_id: uuid.UUID, identity: Mapping[str, str]
    ) -> None:
        self._credentials = credentials
        self._server = server
        self._owner_id = owner_id
        self._identity = identity
        self._given: tuple[float, dict[str, str]] | None = None

    async def __call__(self, *, stale: str | None = None) -> Mapping[str, str]:
        given = self._given
        if stale is None and given is not None and time.monotonic() - given[0] < HEADERS_SECONDS:
            return given[1]
        asked = time.monotonic()
        credentials = await self._credentials.headers(self._server, self._owner_id, stale=stale)
        headers = {**self._identity, **credentials}
        self._given = (asked, headers)
        return headers
