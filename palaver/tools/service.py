"""MCP servers as this process knows and reaches them: which are a chat's, and the sessions of all chats.

Knowing costs one statement every ten seconds; a chat without a server costs nothing else, and the SDK is only imported
where there is a server.
"""

import asyncio
import importlib
import time
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

import structlog

from palaver.configuration.mcp_servers import MCPServer, list_mcp_servers
from palaver.database import Database
from palaver.memory import Memory
from palaver.outgoing import OutgoingPolicy, OutgoingSettings
from palaver.tools.reach import Reach
from palaver.tools.wire import authorization_of

if TYPE_CHECKING:
    from types import ModuleType

    from palaver.tools.sessions import McpSession
    from palaver.tools.toolbox import Toolbox

log = structlog.get_logger(__name__)

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
        self._reach = Reach(OutgoingPolicy.of(settings))
        self._database = database
        self._credentials = credentials
        self._tell = tell
        self._known: Memory[None, dict[uuid.UUID, MCPServer]] = Memory(self._read, clock=clock)
        self._asked: set[asyncio.Task[dict[str, str]]] = set()
        self._preloading: asyncio.Task[None] | None = None

    def preload(self) -> None:
        """Begin to load the SDK if there is a server at all: the first chat with one need not wait for that."""
        if self._preloading is None:
            self._preloading = asyncio.create_task(self._preload(), name="load-mcp")

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
        module = await _load()
        toolbox: Toolbox = module.Toolbox(servers, partial(self._session, chat), self._look)
        try:
            await toolbox.open()
        except BaseException:
            await toolbox.aclose()
            raise
        return toolbox

    async def aclose(self) -> None:
        """End every session at once, and every connection."""
        if self._preloading is not None:
            self._preloading.cancel()
            await asyncio.wait((self._preloading,))
        await self._reach.aclose()
        await asyncio.gather(*self._asked, return_exceptions=True)

    async def _preload(self) -> None:
        try:
            if await self.known():
                await _load()
        except Exception:
            log.exception("MCP servers could not be looked up ahead", action="mcp_preload_failed")

    async def _read(self, _: None) -> dict[uuid.UUID, MCPServer]:
        async with self._database.connect() as conn:
            return {server.id: server for server in await list_mcp_servers(conn, enabled_only=True)}

    async def _look(self, server: MCPServer) -> MCPServer | None:
        return (await self._known.get(None)).get(server.id)

    async def _credentials_of(self, server: MCPServer, owner_id: uuid.UUID, stale: str | None) -> dict[str, str]:
        # In a task of its own: the SDK's scopes cancel again and again, also what cleans up behind a statement.
        asked = asyncio.create_task(
            self._credentials.headers(server, owner_id, stale=stale), name=f"mcp-credentials-{server.slug}"
        )
        self._asked.add(asked)
        asked.add_done_callback(self._given)
        return await asyncio.shield(asked)

    def _given(self, asked: asyncio.Task[dict[str, str]]) -> None:
        self._asked.discard(asked)
        if not asked.cancelled():
            asked.exception()  # seen, also when nobody waits for it any more

    def _session(self, chat: ChatWithServers, server: MCPServer) -> "McpSession":
        headers = _OwnersHeaders(partial(self._credentials_of, server, chat.owner_id), identity_headers(server, chat))
        return self._reach.session(server, headers)


async def _load() -> "ModuleType":
    return await asyncio.to_thread(importlib.import_module, "palaver.tools.toolbox")


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

    def __init__(self, ask: Callable[[str | None], Awaitable[dict[str, str]]], identity: Mapping[str, str]) -> None:
        self._ask = ask
        self._identity = identity
        self._given: tuple[float, dict[str, str]] | None = None
        self._asking = asyncio.Lock()

    async def __call__(self, *, stale: str | None = None) -> Mapping[str, str]:
        # Requests of one session that are refused together have the same credentials replaced once.
        async with self._asking:
            given = self._given
            is_fresh = given is not None and time.monotonic() - given[0] < HEADERS_SECONDS
            if given is not None and is_fresh and (stale is None or stale != authorization_of(given[1])):
                return given[1]
            asked = time.monotonic()
            headers = {**self._identity, **await self._ask(stale)}
            self._given = (asked, headers)
            return headers
