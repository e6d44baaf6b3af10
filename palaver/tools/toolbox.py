"""The tools of one chat for one turn. Importing this module imports the SDK, which takes most of a second."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import structlog

from palaver import metrics
from palaver.configuration.mcp_servers import MCPServer
from palaver.errors.tools import CallFailed, ToolServerProblem, ToolServerUnavailable
from palaver.tools.connection import Connection
from palaver.tools.limits import CALL_GRACE_SECONDS, CALL_SECONDS
from palaver.tools.naming import SEPARATOR
from palaver.tools.offer import MAX_INSTRUCTIONS, OfferedTool, ServerProblem, is_let_through
from palaver.tools.progress import OnProgress, throttled
from palaver.tools.redaction import without
from palaver.tools.results import ToolAnswer, answer, error_answer
from palaver.tools.schemas import INTENT
from palaver.tools.sessions import McpSession

if TYPE_CHECKING:
    from mcp_types import CallToolResult

log = structlog.get_logger(__name__)


class Looks(Protocol):
    """Looks a server up as it is configured now; None when it is gone or switched off."""

    async def __call__(self, server: MCPServer) -> MCPServer | None: ...


class Toolbox:
    """What `ToolServers.open` gives: sessions stay open from call to call, until `aclose()`.

    `tools` by offered name; `problems` are servers whose tools are left out; `instructions` by slug, of those that
    have some. All three may have changed after `refresh()`, and `problems` after a call.
    """

    def __init__(self, servers: Sequence[MCPServer], connect: Callable[[MCPServer], McpSession], look: Looks) -> None:
        self.tools: Mapping[str, OfferedTool] = {}
        self.problems: Sequence[ServerProblem] = ()
        self.instructions: Sequence[tuple[str, str]] = ()
        self._connections = [Connection(server, connect) for server in servers]
        self._look = look
        self._listed: dict[Connection, list[OfferedTool]] = {}
        self._troubled: dict[Connection, ServerProblem] = {}

    async def open(self) -> None:
        """Connect to all servers at once, each in its time; one that fails is a problem and no error."""
        await self._list(self._connections)

    async def refresh(self) -> bool:
        """List again what servers have said to be changed; returns at once when none has. Whether any had."""
        changed = [connection for connection in self._connections if connection.tools_changed]
        if changed:
            await self._list(changed)
        return bool(changed)

    async def wants_approval(self, name: str) -> OfferedTool | None:
        """The tool with this name if its calls need the owner's approval, as its server is configured now."""
        offered = self.tools.get(name)
        if offered is None:
            return None
        server = await self._look(offered.server)
        return offered if server is not None and server.approval(offered.tool) == "ask" else None

    async def call(
        self, call: Mapping[str, Any], *, limit_bytes: int, on_progress: OnProgress | None = None
    ) -> ToolAnswer:
        """Make a call, `{tool_call_id, tool_name, args}`; `on_progress(done, of, text)` hears how it goes.

        Every failure is an answer that says so: only CancelledError leaves, once the server was told. The result is
        cut to `limit_bytes`.
        """
        offered = self.tools.get(call["tool_name"])
        if offered is None:
            return error_answer(self._why_missing(call["tool_name"]))
        began = time.monotonic()
        try:
            given = answer(await self._called(offered, call, on_progress), limit_bytes)
            metrics.TOOL_CALLS.labels("tool_error" if given.is_error else "answered").inc()
        except asyncio.CancelledError:
            raise
        except Exception as error:
            given = error_answer(self._why_failed(offered, error), limit_bytes)
            metrics.TOOL_CALLS.labels("failed").inc()
        given = replace(given, result=without(given.result, self._connection_of(offered).secrets))
        metrics.TOOL_CALL_SECONDS.observe(time.monotonic() - began)
        return given

    async def aclose(self) -> None:
        """End all sessions. Waits for nothing: `ToolServers` sees them off."""
        for connection in self._connections:
            connection.close()

    async def _called(
        self, offered: OfferedTool, call: Mapping[str, Any], on_progress: OnProgress | None
    ) -> "CallToolResult":
        """What the server says. Raises TimeoutError, CallFailed, ToolServerProblem."""
        connection = self._connection_of(offered)
        args = call["args"] if isinstance(call.get("args"), dict) else {}
        if offered.adds_intent:
            args = {name: value for name, value in args.items() if name != INTENT}
        heard = None if on_progress is None else throttled(_discreet(on_progress, connection))
        async with asyncio.timeout(CALL_SECONDS + CALL_GRACE_SECONDS):
            if not await self._is_still_offered(connection, offered):
                raise CallFailed(f'tool "{call["tool_name"]}" is not available any more')
            result = await connection.call(offered, args, call["tool_call_id"], heard)
        if self._troubled.pop(connection, None) is not None:
            self._tell()
        return result

    def _why_failed(self, offered: OfferedTool, error: Exception) -> str:
        """What the model is told of a call without a result."""
        match error:
            case TimeoutError():
                return f"The server did not answer within {CALL_SECONDS:g} s."
            case CallFailed():
                return str(error)
            case ToolServerProblem():
                connection = self._connection_of(offered)
                self._troubled[connection] = _problem(error, connection)
                self._tell()
                return error.reason
        log.error("tool call failed", action="tool_call_failed", slug=offered.server.slug, exc_info=error)
        return "The call failed."

    def _connection_of(self, offered: OfferedTool) -> Connection:
        return next(each for each in self._connections if each.server.id == offered.server.id)

    async def _list(self, connections: Sequence[Connection]) -> None:
        async with asyncio.TaskGroup() as tasks:
            for connection in connections:
                tasks.create_task(self._list_one(connection))
        self._tell()

    async def _list_one(self, connection: Connection) -> None:
        """List what one server offers; what it has offered before stays when that fails."""
        try:
            self._listed[connection] = await connection.tools()
            self._troubled.pop(connection, None)
        except ToolServerProblem as error:
            log.info(
                "an MCP server is left out",
                action="mcp_server_left_out",
                slug=error.slug,
                kind=error.kind,
                reason=_problem(error, connection).message,
                cause=type(error.__cause__).__name__,
            )
            self._leave_out(connection, error)
        except Exception:
            log.exception("an MCP server cannot be used", action="mcp_failed", slug=connection.server.slug)
            self._leave_out(connection, ToolServerUnavailable(connection.server, "The server cannot be used."))

    def _leave_out(self, connection: Connection, error: ToolServerProblem) -> None:
        self._troubled[connection] = _problem(error, connection)
        metrics.MCP_SERVERS_LEFT_OUT.labels(error.kind).inc()

    def _tell(self) -> None:
        """Say what is known of all servers, in their order."""
        tools: dict[str, OfferedTool] = {}
        for connection in self._connections:
            for offered in self._listed.get(connection, ()):
                tools.setdefault(offered.spec.name, offered)
        self.tools = tools
        self.problems = [self._troubled[each] for each in self._connections if each in self._troubled]
        self.instructions = [
            (each.server.slug, text[:MAX_INSTRUCTIONS])
            for each in self._connections
            if each in self._listed and (text := without(each.instructions.strip(), each.secrets))
        ]

    async def _is_still_offered(self, connection: Connection, offered: OfferedTool) -> bool:
        """Whether the server may be used now, as it is configured now."""
        server = await self._look(connection.server)
        if server is None or not is_let_through(server, offered.tool):
            return False
        if server.updated_at != connection.server.updated_at:
            connection.replace(server)
        return True

    def _why_missing(self, name: str) -> str:
        for problem in self.problems:
            if name.startswith(problem.slug + SEPARATOR):
                return f"{problem.display_name}: {problem.message}"
        return f'tool "{name}" is not available'


def _problem(error: ToolServerProblem, connection: Connection) -> ServerProblem:
    problem = ServerProblem.of(error)
    return replace(problem, message=without(problem.message, connection.secrets))


def _discreet(on_progress: OnProgress, connection: Connection) -> OnProgress:
    """The same, without the credentials that a server may repeat."""

    async def discreetly(progress: float, total: float | None, message: str | None) -> None:
        await on_progress(progress, total, without(message, connection.secrets))

    return discreetly
