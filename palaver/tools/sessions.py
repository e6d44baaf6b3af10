"""A session with an MCP server, held by a task of its own: the SDK's scopes begin and end in one task.

Importing this module imports the SDK, which takes most of a second: only who has a server to talk to does it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final, cast

import httpx2
import structlog
from mcp.client.session import ClientSession, IncomingMessage
from mcp.client.sse import sse_client
from mcp.client.streamable_http import streamable_http_client
from mcp.client.subscriptions import SubscriptionLost, listen
from mcp.shared.exceptions import MCPError
from mcp_types import (
    CONNECTION_CLOSED,
    HEADER_MISMATCH,
    PARSE_ERROR,
    REQUEST_TIMEOUT,
    CallToolResult,
    Implementation,
    InputRequiredResult,
    PaginatedRequestParams,
    RequestParamsMeta,
    Tool,
    ToolListChangedNotification,
)
from pydantic import ValidationError

from palaver import __version__
from palaver.configuration.mcp_servers import MCPServer
from palaver.errors.outgoing import ConnectionRefusedByPolicy
from palaver.errors.tools import CallFailed, CallLost, ToolServerProblem, ToolServerUnavailable
from palaver.tools.limits import CALL_SECONDS, CLOSE_SECONDS, MAX_ANSWER_BYTES, MAX_PAGES, MAX_TOOLS
from palaver.tools.progress import OnProgress
from palaver.tools.wire import (
    CUT,
    TOO_LARGE,
    UNREAD,
    AnswerBroken,
    ServerTransport,
    SessionExpired,
    StatusRefused,
    StreamBroken,
)

log = structlog.get_logger(__name__)

CALL_ID: Final = "palaver/tool-call-id"
"""Key in `_meta` of the call's stable id: a call that is made twice has the same one both times."""

_NOT_CONNECTED: Final = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol)
_NO_PROTOCOL: Final = "The server's answer is not what its protocol says."
_ENDS_SECONDS: Final = 0.5
_CLIENT: Final = Implementation(name="palaver", version=__version__)

for _name in ("mcp", "client"):
    # What goes wrong is told by what is raised; the SDK would write arguments and results into the log.
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)

Spawn = Callable[[Coroutine[Any, Any, None], str], asyncio.Task[None]]


class _Session(ClientSession):
    """A session that leaves results as they are: what does not fit its schema is still what the tool said."""

    async def validate_tool_result(self, name: str, result: CallToolResult) -> None:
        """Nothing: the schema is the server's, and checking by it would be its program run here."""


class McpSession:
    """One session with one server on behalf of one chat; `open()` before anything else, `close()` last."""

    def __init__(self, server: MCPServer, transport: ServerTransport, spawn: Spawn) -> None:
        self.server = server
        self.tools_changed = False
        """Whether the server has said so since the tools were listed."""
        self._transport = transport
        self._spawn = spawn
        self._task: asyncio.Task[None] | None = None
        self._session: _Session | None = None
        self._opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._closing = asyncio.Event()
        self._over = False
        self._calls = 0
        self._retired = False
        self._failure: Exception | None = None
        transport.broken = self._break

    @property
    def instructions(self) -> str:
        """What the server says about how to use its tools."""
        return (self._session.instructions if self._session is not None else None) or ""

    @property
    def secrets(self) -> frozenset[str]:
        """The credentials that were sent, of which the server may repeat some."""
        return self._transport.secrets

    @property
    def server_name(self) -> str:
        """What the server calls itself, with its version."""
        info = self._session.server_info if self._session is not None else None
        return f"{info.name} {info.version}".strip() if info is not None else ""

    @property
    def protocol_version(self) -> str:
        """The version of the protocol that is spoken."""
        return (self._session.protocol_version if self._session is not None else None) or ""

    async def open(self) -> None:
        """Connect and agree on a version; the caller bounds the time. Raises ToolServerProblem."""
        self._task = self._spawn(self._hold(), f"mcp-{self.server.slug}")
        try:
            await asyncio.shield(self._opened)
        except asyncio.CancelledError:
            self._task.cancel()
            raise

    def close(self) -> None:
        """Begin to end; whoever spawned the task awaits it."""
        self._closing.set()
        if self._task is not None and not self._task.done():
            task = self._task
            asyncio.get_running_loop().call_later(CLOSE_SECONDS, task.cancel)

    def retire(self) -> None:
        """End once the calls that are under way have their answers; nobody makes another one."""
        self._retired = True
        if not self._calls:
            self.close()

    async def list_tools(self) -> list[Tool]:
        """All tools of the server. Raises ToolServerProblem, CallFailed, CallLost."""
        session = self._in_use()
        self.tools_changed = False
        try:
            return await self._listed(session)
        except BaseException:
            self.tools_changed = True
            raise

    async def _listed(self, session: ClientSession) -> list[Tool]:
        tools: dict[str, Tool] = {}
        cursor: str | None = None
        for _ in range(MAX_PAGES):
            try:
                page = await session.list_tools(params=PaginatedRequestParams(cursor=cursor) if cursor else None)
            except Exception as error:
                raise self._understood(error) from error
            for tool in page.tools:
                tools.setdefault(tool.name, tool)
            cursor = page.next_cursor
            if not cursor or len(tools) >= MAX_TOOLS:
                break
        return list(tools.values())[:MAX_TOOLS]

    async def call(
        self, tool: str, args: Mapping[str, Any], *, call_id: str, on_progress: OnProgress | None = None
    ) -> CallToolResult:
        """Call a tool. Raises CallFailed, CallLost, ToolServerProblem; cancelling tells the server."""
        session = self._in_use()
        self._calls += 1

        async def called() -> CallToolResult | InputRequiredResult:
            return await session.call_tool(
                tool,
                dict(args),
                read_timeout_seconds=CALL_SECONDS,
                progress_callback=on_progress,
                meta=cast(RequestParamsMeta, {CALL_ID: call_id}),
                allow_input_required=True,
            )

        try:
            try:
                result = await called()
            except MCPError as error:
                if error.code != HEADER_MISMATCH:
                    raise
                # Newer servers want some arguments as headers as well; which ones, a listing in this session tells.
                await self.list_tools()
                result = await called()
        except (CallFailed, CallLost, ToolServerProblem):
            raise
        except Exception as error:
            if isinstance(error, MCPError) and error.code == CONNECTION_CLOSED and self.server.transport == "sse":
                await self._ended()
            raise self._understood(error) from error
        finally:
            self._calls -= 1
            if self._retired and not self._calls:
                self.close()
        if not isinstance(result, CallToolResult):
            raise CallFailed("The tool asks for more input from its user, which is not supported here.")
        return result

    # ---- the task that holds it ----

    async def _hold(self) -> None:
        try:
            async with (
                self._streams() as (read, write),
                _Session(read, write, client_info=_CLIENT, message_handler=self._on_message) as session,
            ):
                await self._negotiate(session)
                self._session = session
                self._opened.set_result(None)
                async with asyncio.TaskGroup() as tasks:
                    listening = tasks.create_task(self._listen(session))
                    await self._closing.wait()
                    listening.cancel()
        except Exception as error:
            self._failure = self._failure or _leaf(error)
        finally:
            self._over = True
            if not self._opened.done():
                self._opened.set_exception(self._problem(self._failure))
                self._opened.exception()  # seen: who opens may have left

    @asynccontextmanager
    async def _streams(self) -> AsyncIterator[tuple[Any, Any]]:
        headers = {"Accept-Encoding": "identity", "User-Agent": f"palaver/{__version__}"}
        if self.server.transport == "sse":

            def client(*_: Any, **__: Any) -> httpx2.AsyncClient:
                return httpx2.AsyncClient(transport=self._transport, headers=headers, timeout=None)

            async with sse_client(self.server.url, httpx_client_factory=client) as streams:
                yield streams
        else:
            async with (
                httpx2.AsyncClient(transport=self._transport, headers=headers, timeout=None) as http,
                streamable_http_client(
                    self.server.url, http_client=http, max_sse_event_size=MAX_ANSWER_BYTES
                ) as streams,
            ):
                yield streams

    async def _negotiate(self, session: ClientSession) -> None:
        """Agree on the newest version that both know: newer servers are asked for it, older ones shake hands."""
        if self.server.transport != "sse":
            try:
                await session.discover()
                return
            except MCPError as error:
                failure = self._transport.failure_of(error.data)
                if failure is not None and not isinstance(failure, StatusRefused | SessionExpired):
                    raise failure from error
            except (RuntimeError, ValidationError):
                pass  # it answers, but knows none of the newer versions
        try:
            await session.initialize()
        except MCPError as error:
            raise self._transport.failure_of(error.data) or error from error

    async def _listen(self, session: ClientSession) -> None:
        """Hear of changed tools from servers that tell only who asks for it; their news go to `_on_message`."""
        tools = session.server_capabilities.tools if session.server_capabilities is not None else None
        if session.discover_result is None or tools is None or not tools.list_changed:
            return
        try:
            async with listen(session, tools_list_changed=True) as changes:
                async for _ in changes:
                    pass
        except SubscriptionLost:
            self.tools_changed = True  # perhaps: what was not heard is asked for
        except Exception as error:
            log.debug("not told of changed tools", action="mcp_not_told", slug=self.server.slug, reason=str(error))

    async def _on_message(self, message: IncomingMessage) -> None:
        if isinstance(message, ToolListChangedNotification):
            self.tools_changed = True
        elif isinstance(message, Exception) and self.server.transport == "sse":
            self._break(message)  # of the answer that could not be read nobody knows whose it was

    def _break(self, error: Exception) -> None:
        self._failure = self._failure or error
        self._closing.set()

    # ---- what went wrong ----

    async def _ended(self) -> None:
        """Wait, not for long, until the session is over: only then it is known what ended it."""
        if self._task is not None:
            await asyncio.wait({self._task}, timeout=_ENDS_SECONDS)

    def _in_use(self) -> _Session:
        if self._session is None or self._over or self._closing.is_set():
            raise CallLost(called=False, over=True)
        return self._session

    def _understood(self, error: Exception) -> Exception:
        """What a request's error means to whoever made the request."""
        if isinstance(error, MCPError):
            failure = self._transport.failure_of(error.data)
            if failure is None and error.code == CONNECTION_CLOSED and not error.message.endswith(UNREAD):
                over = self._over or self._closing.is_set() or self.server.transport == "sse"
                failure = self._failure if over else None
                if failure is None:
                    return CallLost(called=True, over=over)
            if isinstance(failure, SessionExpired):
                return CallLost(called=False, over=True)
            if isinstance(failure, AnswerBroken | StreamBroken):
                return CallLost(called=True, over=True) if str(failure) == CUT else CallFailed(str(failure))
            if type(failure) is httpx2.SSEError:
                return CallFailed(TOO_LARGE)  # what else the SDK's reader of events refuses
            if isinstance(failure, TimeoutError | httpx2.HTTPError) and not isinstance(failure, _NOT_CONNECTED):
                return CallLost(called=True, over=self._over or self._closing.is_set())
            if failure is not None:
                return self._problem(failure)
            if error.code == REQUEST_TIMEOUT:
                return CallFailed(f"The server did not answer within {CALL_SECONDS:g} s.")
            return self._told(error)
        if isinstance(error, ValidationError):
            return CallFailed(_NO_PROTOCOL)
        log.warning("request to an MCP server failed", action="mcp_failed", slug=self.server.slug, exc_info=error)
        return CallFailed("The call failed.")

    def _told(self, error: MCPError) -> Exception:
        """What the server says; or the SDK, of an answer that it could not read."""
        unread = next((text for text in UNREAD if error.message.endswith(text)), None)
        if unread == CUT:
            return CallLost(called=True, over=self._over)
        if unread is not None:
            return CallFailed(unread)
        return CallFailed(_NO_PROTOCOL if error.code == PARSE_ERROR else error.message)

    def _problem(self, error: Exception | None) -> ToolServerProblem:
        """Why the server cannot be used; the text names no address, which only administrators see."""
        match error:
            case ToolServerProblem():
                return error
            case ConnectionRefusedByPolicy():
                text = "The server is where this deployment does not connect to."
            case httpx2.HTTPStatusError():
                text = f"The server answered {error.response.status_code}."
            case TimeoutError() | httpx2.TimeoutException():
                text = "The server does not answer."
            case MCPError():
                text = f"The server refuses the session: {error.message[:200]}"
            case httpx2.SSEError() | ValidationError() | ValueError():
                text = "The server does not speak the protocol."
            case httpx2.HTTPError() | OSError():
                text = "The server cannot be reached."
            case _:
                text = "The server cannot be used."
        problem = ToolServerUnavailable(self.server, text)
        problem.__cause__ = error
        return problem


def _leaf(error: BaseException) -> Exception:
    """The first error in a group of groups."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error if isinstance(error, Exception) else RuntimeError("cancelled")
