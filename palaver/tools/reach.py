"""How MCP servers are reached: sessions with them, their tasks, and the connections that all of them share."""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import httpx2

from palaver.configuration.mcp_servers import MCPServer
from palaver.llm.transport import http_transport
from palaver.outgoing import OutgoingPolicy
from palaver.tools.wire import Headers, Send, ServerTransport

if TYPE_CHECKING:
    from palaver.tools.sessions import McpSession

MAX_IDLE_CONNECTIONS: Final = 16
"""Per origin."""
IDLE_SECONDS: Final = 4.0
"""Less than the five seconds after which most servers close a connection, just when it is used again."""


class Reach:
    """Makes sessions that may be where the policy says, and ends what is left of them: `aclose()` last."""

    def __init__(self, policy: OutgoingPolicy) -> None:
        self._policy = policy
        self._tasks: set[asyncio.Task[None]] = set()
        self._send: Send | None = None
        self._http: httpx2.AsyncBaseTransport | httpx2.AsyncClient | None = None

    def session(self, server: MCPServer, headers: Headers) -> "McpSession":
        """A session that is not yet open, each of its requests with what `headers` gives.

        The first one takes a while: it imports the SDK.
        """
        from palaver.tools.sessions import McpSession

        transport = ServerTransport(server, headers, self._sender(), self._policy, stateful=server.transport == "sse")
        return McpSession(server, transport, self._spawn)

    async def aclose(self) -> None:
        """End every session at once, and every connection."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._http is not None:
            await self._http.aclose()
        self._http = self._send = None

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
