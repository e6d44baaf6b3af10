"""One server of one chat's toolbox: its session, which is made anew when it is lost."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from palaver.configuration.mcp_servers import MCPServer
from palaver.errors.tools import CallFailed, CallLost, ToolServerUnavailable
from palaver.tools.limits import CONNECT_SECONDS
from palaver.tools.offer import OfferedTool, offered_tools
from palaver.tools.progress import OnProgress
from palaver.tools.sessions import McpSession

if TYPE_CHECKING:
    from mcp_types import CallToolResult, Tool


class Connection:
    """A server as one chat's owner reaches it. `connect` makes a session that is not yet open."""

    def __init__(self, server: MCPServer, connect: Callable[[MCPServer], McpSession]) -> None:
        self.server = server
        self._connect = connect
        self._session: McpSession | None = None
        self._connecting = asyncio.Lock()
        self._secrets: frozenset[str] = frozenset()
        self._has_connected = False
        self._closed = False

    @property
    def instructions(self) -> str:
        """What the server says about how to use its tools."""
        return self._session.instructions if self._session is not None else ""

    @property
    def secrets(self) -> Collection[str]:
        """The credentials that the server was sent, which nobody else may see when it repeats them."""
        return self._secrets if self._session is None else self._secrets | self._session.secrets

    @property
    def tools_changed(self) -> bool:
        """Whether the server has said so since they were listed."""
        return self._session is not None and self._session.tools_changed

    async def tools(self) -> list[OfferedTool]:
        """Connect if need be, and list what the server offers. Raises ToolServerProblem."""
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                return offered_tools(self.server, await self._listed())
        except TimeoutError as error:
            raise ToolServerUnavailable(
                self.server, f"The server did not answer within {CONNECT_SECONDS:g} s."
            ) from error
        except (CallFailed, CallLost) as error:
            raise ToolServerUnavailable(self.server, str(error)) from error

    async def call(
        self, offered: OfferedTool, args: Mapping[str, Any], call_id: str, on_progress: OnProgress | None
    ) -> "CallToolResult":
        """Call a tool, once more in a new session when the server did not work on it or does not mind.

        Raises CallFailed, ToolServerProblem.
        """
        for is_last in (False, True):
            session = await self._current()
            try:
                return await session.call(offered.tool, args, call_id=call_id, on_progress=on_progress)
            except CallLost as lost:
                if lost.over:
                    self._drop(session)
                if lost.called and not offered.repeatable:
                    raise CallFailed(
                        "The connection to the server was lost during the call; whether the tool did its work "
                        "is not known."
                    ) from lost
                if is_last:
                    raise CallFailed("The connection to the server was lost.") from lost
        raise AssertionError("unreachable")

    async def _listed(self) -> "list[Tool]":
        session = await self._current()
        try:
            return await session.list_tools()
        except CallLost as lost:
            if not lost.over:
                raise
            self._drop(session)
        return await (await self._current()).list_tools()

    def replace(self, server: MCPServer) -> None:
        """Use the server as it is configured now."""
        self.server = server
        if self._session is not None:
            self._drop(self._session)

    def close(self) -> None:
        """End the session, if there is one; there will be no other."""
        self._closed = True
        if self._session is not None:
            self._session.close()

    def _drop(self, session: McpSession) -> None:
        """Use the session no more; other calls may still be under way in it."""
        self._secrets |= session.secrets
        session.retire()
        if self._session is session:
            self._session = None

    async def _current(self) -> McpSession:
        """The open session. Raises ToolServerProblem."""
        if self._session is not None and not self._closed:
            return self._session
        async with self._connecting:
            if self._closed:
                raise ToolServerUnavailable(self.server, "The turn is over.")
            if self._session is not None:
                return self._session
            session = self._connect(self.server)
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    await session.open()
            except TimeoutError as error:
                self._drop(session)
                raise ToolServerUnavailable(
                    self.server, f"The server did not answer within {CONNECT_SECONDS:g} s."
                ) from error
            except BaseException:
                self._drop(session)
                raise
            # What the server offers to a later session is listed again with the next step.
            session.tools_changed = self._has_connected
            self._session, self._has_connected = session, True
            if self._closed:  # meanwhile
                session.close()
            return session
