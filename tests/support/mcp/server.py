"""An MCP server over HTTP, in the test's own loop on a free port.

    async with running_mcp() as server:
        server.url, server.requests, server.calls, server.headers_of("tools/call")

Tools that work: `echo`, `add` (structured), `picture`, `sound`, `file` (embedded resources), `link`, `fail` (an error
of the tool), `big` (so many bytes), `wait` (seconds, with progress), `whoami` (headers it got), `grow` (one more tool),
`headed` (an argument that is a header, too).
Faults, by the name of the tool: `hang` (answers never), `die` (closes the connection in mid-call), `garbage` (no JSON),
`flood` (100 MB), `parts` (too many), `squeezed` (a bomb of gzip), `forget` (ends the session first), `refuse` (503),
`unauthorized` (401).
"""

import asyncio
import base64
import datetime as dt
import gzip
import json
import uuid
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import mcp_types as types
import uvicorn
from mcp.server.lowlevel import Server
from mcp.server.sse import SseServerTransport
from mcp.server.subscriptions import InMemorySubscriptionBus, ListenHandler
from mcp.shared.subscriptions import ToolsListChanged
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from palaver.configuration.mcp_servers import MCPServer
from palaver.server import listen

PNG = base64.b64encode(
    bytes.fromhex(
        "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
        "1f15c4890000000d49444154789c626001000000ffff03000006000557bfabd40000000049454e44ae426082"
    )
).decode()
"""One pixel."""

_FLOOD_BYTES = 100 * 1024 * 1024
_KEPT = 1000


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came in; header names are lower-case."""

    http_method: str
    method: str
    """Of the protocol, as `tools/call`; empty where the body has none."""
    tool: str
    headers: dict[str, str]
    params: dict[str, Any]


@dataclass
class McpServer:
    """The server, what it saw and what it shall do wrong.

    `legacy` knows no version newer than 2025-11-25. `paged` lists so many tools on each page.
    """

    transport: Literal["streamable_http", "sse"] = "streamable_http"
    legacy: bool = False
    json_response: bool = False
    paged: int = 0
    instructions: str = "Use the tools with care."
    extra_tools: list[types.Tool] = field(default_factory=list)
    port: int = 0
    requests: deque[Request] = field(default_factory=lambda: deque(maxlen=_KEPT))
    cancelled: list[str] = field(default_factory=list)
    """Tools whose call was given up by the client."""
    waiting: int = 0
    most_waiting: int = 0
    """Calls of `wait` that run, and the most that ran at once."""
    sent_bytes: int = 0
    """Of a flood, until the client left."""
    status_everywhere: int = 0
    """Answered to every request, when set."""
    token: str = ""
    """When set, every request wants it as Bearer, and gets 401 without."""
    lets_in: Callable[[str], bool] | None = None
    """When set, it says with which `Authorization` a request gets an answer, all others 401 with `challenge`."""
    challenge: str = "Bearer"

    redirects: dict[str, str] = field(default_factory=dict)
    """By path."""

    def __post_init__(self) -> None:
        self._bus = InMemorySubscriptionBus()
        self._sessions: set[Any] = set()
        self._hanging = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{'sse' if self.transport == 'sse' else 'mcp'}"

    @property
    def can_tell(self) -> bool:
        """Whether somebody would hear of changed tools."""
        return bool(self._bus._listeners) or ((self.legacy or self.transport == "sse") and bool(self._sessions))

    @property
    def calls(self) -> list[Request]:
        """The tool calls, in order."""
        return [request for request in self.requests if request.method == "tools/call"]

    def headers_of(self, method: str) -> list[dict[str, str]]:
        """The headers of all requests of a method of the protocol."""
        return [request.headers for request in self.requests if request.method == method]

    def reset(self) -> None:
        """Forget what was seen, and be honest again."""
        self.requests.clear()
        self.cancelled.clear()
        self.extra_tools.clear()
        self.redirects.clear()
        self.sent_bytes = self.status_everywhere = self.most_waiting = 0
        self.token = ""
        self.lets_in, self.challenge = None, "Bearer"

    async def change_tools(self, *tools: types.Tool) -> None:
        """Offer these tools as well, and tell every client."""
        self.extra_tools.extend(tools)
        await self._bus.publish(ToolsListChanged())
        for session in list(self._sessions):
            await session.send_tool_list_changed()

    def end_sessions(self) -> None:
        """Know none of the sessions any more."""
        if (manager := getattr(self._server, "_session_manager", None)) is not None:
            manager._server_instances.clear()

    def application(self) -> ASGIApp:
        """The server as an ASGI application."""
        self._server = Server(
            "palaver-test-server",
            version="1.0",
            instructions=self.instructions,
            on_list_tools=self._list_tools,
            on_call_tool=self._call_tool,
            on_subscriptions_listen=ListenHandler(self._bus),
            get_tool_input_schema={tool.name: tool.input_schema for tool in _TOOLS}.get,
        )
        if self.transport == "sse":
            return _Recorder(self, _sse_application(self._server))
        return _Recorder(self, self._server.streamable_http_app(json_response=self.json_response))

    # ---- what it does ----

    def _tools(self) -> list[types.Tool]:
        return [*_TOOLS, *self.extra_tools]

    async def _list_tools(self, ctx: Any, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        self._sessions.add(ctx.session)
        tools = self._tools()
        if not self.paged:
            return types.ListToolsResult(tools=tools)
        start = int(params.cursor) if params is not None and params.cursor else 0
        end = start + self.paged
        return types.ListToolsResult(tools=tools[start:end], next_cursor=str(end) if end < len(tools) else None)

    async def _call_tool(self, ctx: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
        args = params.arguments or {}
        match params.name:
            case "echo":
                return _text(args["text"])
            case "add":
                total = args["a"] + args["b"]
                return types.CallToolResult(
                    content=[types.TextContent(text=json.dumps({"sum": total}))], structured_content={"sum": total}
                )
            case "picture":
                return types.CallToolResult(
                    content=[types.TextContent(text="a pixel"), types.ImageContent(data=PNG, mime_type="image/png")]
                )
            case "sound":
                return types.CallToolResult(content=[types.AudioContent(data="AAAA", mime_type="audio/wav")])
            case "file":
                held = types.TextResourceContents(uri="file:///a.txt", mime_type="text/plain", text="in the file")
                bits = types.BlobResourceContents(uri="file:///b.bin", blob="AAEC")
                return types.CallToolResult(
                    content=[types.EmbeddedResource(resource=held), types.EmbeddedResource(resource=bits)]
                )
            case "link":
                return types.CallToolResult(content=[types.ResourceLink(uri="file:///c.txt", name="c.txt")])
            case "fail":
                return types.CallToolResult(content=[types.TextContent(text="no such thing")], is_error=True)
            case "big":
                return _text("x" * args["bytes"])
            case "wait":
                await self._wait(ctx, args)
                return _text("waited")
            case "headed":
                return _text(args["region"])
            case "whoami":
                return _text(json.dumps(self.calls[-1].headers))
            case "grow":
                self.extra_tools.append(_tool("grown"))
                await ctx.session.send_tool_list_changed()
                await self._bus.publish(ToolsListChanged())
                return _text("grown")
            case name if any(tool.name == name for tool in self.extra_tools):
                return _text(name)
        raise ValueError(f"Unknown tool: {params.name}")

    async def _wait(self, ctx: Any, args: dict[str, Any]) -> None:
        self.waiting += 1
        self.most_waiting = max(self.most_waiting, self.waiting)
        try:
            for step in range(args.get("steps", 1)):
                await ctx.session.report_progress(step + 1, args.get("steps", 1), f"step {step + 1}")
                await asyncio.sleep(args["seconds"])
        except asyncio.CancelledError:
            self.cancelled.append("wait")
            raise
        finally:
            self.waiting -= 1


def _text(text: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=text)])


def _tool(name: str, properties: dict[str, Any] | None = None, **hints: Any) -> types.Tool:
    schema = {"type": "object", "properties": properties or {}, "required": list(properties or {})}
    return types.Tool(name=name, description=f"The tool {name}.", input_schema=schema, **hints)


_TOOLS = [
    _tool("echo", {"text": {"type": "string"}}, annotations=types.ToolAnnotations(read_only_hint=True)),
    _tool("add", {"a": {"type": "integer"}, "b": {"type": "integer"}}),
    *(_tool(name) for name in ("picture", "sound", "file", "link", "fail", "whoami", "grow")),
    _tool("big", {"bytes": {"type": "integer"}}),
    types.Tool(
        name="wait",
        description="Waits.",
        input_schema={
            "type": "object",
            "properties": {"seconds": {"type": "number"}, "steps": {"type": "integer"}},
            "required": ["seconds"],
        },
    ),
    *(_tool(name) for name in ("hang", "die", "garbage", "flood", "parts", "squeezed", "forget", "refuse")),
    _tool("unauthorized"),
    _tool("headed", {"region": {"type": "string", "x-mcp-header": "Region"}}),
]


def _sse_application(server: Server[Any]) -> Starlette:
    sse = SseServerTransport("/messages/")

    async def connect(request: Any) -> Response:
        async with sse.connect_sse(request.scope, request.receive, request._send) as streams:
            await server.run(streams[0], streams[1], server.create_initialization_options())
        return Response()

    return Starlette(
        routes=[Route("/sse", endpoint=connect, methods=["GET"]), Mount("/messages/", app=sse.handle_post_message)]
    )


class _Recorder:
    """Writes requests down, and does the faults that are beneath the SDK."""

    def __init__(self, server: McpServer, inner: ASGIApp) -> None:
        self._server = server
        self._inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        body = await _body(receive) if scope["method"] == "POST" else b""
        request = self._recorded(scope, body)
        self._server.requests.append(request)
        status = self._refusal(request)
        if status:
            await _answer(send, status, b"refused", challenge=self._server.challenge if status == 401 else "")
            return
        if target := self._server.redirects.get(scope["path"]):
            await send({"type": "http.response.start", "status": 307, "headers": [(b"location", target.encode())]})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        fault = getattr(self, f"_{request.tool}", None) if request.method == "tools/call" else None
        if fault is not None:
            await fault(request, send, receive, body)
            return
        if self._server.legacy and request.method == "server/discover":
            error = {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "Bad Request"}}
            await _answer(send, 400, json.dumps(error).encode(), b"application/json")
            return
        await self._inner(scope, _again(body, receive) if body else receive, send)

    def _recorded(self, scope: Scope, body: bytes) -> Request:
        try:
            message = json.loads(body) if body else {}
        except ValueError:
            message = {}
        params = message.get("params") or {}
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        tool = params.get("name", "") if message.get("method") == "tools/call" else ""
        return Request(scope["method"], message.get("method", ""), tool, headers, params)

    def _refusal(self, request: Request) -> int:
        if self._server.status_everywhere:
            return self._server.status_everywhere
        if self._server.token and request.headers.get("authorization") != f"Bearer {self._server.token}":
            return 401
        if self._server.lets_in is not None and not self._server.lets_in(request.headers.get("authorization", "")):
            return 401
        return 0

    async def _hang(self, request: Request, send: Send, receive: Receive, body: bytes) -> None:
        await asyncio.wait_for(self._server._hanging.wait(), 120)

    async def _die(self, request: Request, send: Send, receive: Receive, body: bytes) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": b'{"jsonrpc": ', "more_body": True})
        raise ConnectionAbortedError("the server dies, as it was told to")

    async def _garbage(self, request: Request, send: Send, receive: Receive, body: bytes) -> None:
        await _answer(send, 200, b"\x00<html>not at all", b"application/json")

    async def _flood(self, request: Request, send: Send, receive: Receive, body: bytes) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
        chunk = b" " * 65536
        gone = asyncio.ensure_future(receive())
        while self._server.sent_bytes < _FLOOD_BYTES and not gone.done():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            self._server.sent_bytes += len(chunk)
            await asyncio.sleep(0)
        if not gone.done():
            gone.cancel()
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _parts(self, request: Request, send: Send, receive: Receive, body: bytes) -> None:
        result = {"content": [], "structuredContent": {"rows": [[]] * 300_000}}
        reply = {"jsonrpc": "2.0", "id": json.loads(body)["id"], "result": result}
        await _answer(send, 200, json.dumps(reply).encode(), b"application/json")

    async def _squeezed(self, request: Request, send: Send, receive: Receive, body: bytes) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-encoding", b"gzip")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": gzip.compress(b" " * 10_000_000), "more_body": False})

    async def _forget(self, request: Request, send: Send, receive: Receive, body: bytes) -> None:
        if len([call for call in self._server.calls if call.tool == "forget"]) == 1:
            error = {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "Session not found"}}
            await _answer(send, 404, json.dumps(error).encode(), b"application/json")
            return
        message = json.loads(body)
        result = {"content": [{"type": "text", "text": "remembered"}], "isError": False, "resultType": "complete"}
        reply = {"jsonrpc": "2.0", "id": message["id"], "result": result}
        await _answer(send, 200, json.dumps(reply).encode(), b"application/json")

    async def _refuse(self, request: Request, send: Send, receive: Receive, body: bytes) -> None:
        await _answer(send, 503, b"come again")

    async def _unauthorized(self, request: Request, send: Send, receive: Receive, body: bytes) -> None:
        await _answer(send, 401, b"who are you?")


async def _answer(
    send: Send, status: int, body: bytes, media_type: bytes = b"text/plain", *, challenge: str = ""
) -> None:
    headers = [(b"content-type", media_type)]
    if challenge:
        headers.append((b"www-authenticate", challenge.encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


def _again(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": body, "more_body": False}
        return await receive()

    return again


@asynccontextmanager
async def running_mcp(**options: Any) -> AsyncIterator[McpServer]:
    """A server that answers until the block ends; `options` are fields of `McpServer`."""
    server = McpServer(**options)
    listener = listen("127.0.0.1", server.port)
    server.port = listener.getsockname()[1]
    config = uvicorn.Config(
        server.application(), log_config=None, log_level="critical", timeout_graceful_shutdown=0, lifespan="on"
    )
    if server.transport == "sse":
        config.lifespan = "off"
    serving = uvicorn.Server(config)
    task = asyncio.create_task(serving.serve(sockets=[listener]), name="mcp-test-server")
    while not serving.started:
        if task.done():
            await task
        await asyncio.sleep(0.005)
    try:
        yield server
    finally:
        server._hanging.set()
        serving.should_exit = serving.force_exit = True
        await task


def server_config(server: McpServer | None = None, **changes: Any) -> MCPServer:
    """A stored config of the server as it would be read; `changes` by field."""
    now = dt.datetime.now(dt.UTC)
    values: dict[str, Any] = {
        "id": uuid.uuid4(),
        "display_name": "Test tools",
        "slug": "test",
        "description": "",
        "icon_url": "",
        "transport": server.transport if server is not None else "streamable_http",
        "url": server.url if server is not None else "http://127.0.0.1:9/mcp",
        "auth_type": "none",
        "oauth2_client_id": "",
        "oauth2_client_secret": None,
        "oauth2_auth_url": "",
        "oauth2_token_url": "",
        "oauth2_revocation_url": "",
        "oauth2_scopes": "",
        "api_key_header": "",
        "api_key_value": None,
        "custom_headers": None,
        "tool_allow_list": [],
        "tool_deny_list": [],
        "tool_approvals": None,
        "availability": "default_off",
        "enabled": True,
        "model_intent": False,
        "allow_in_plan_mode": False,
        "forward_coder_headers": False,
        "created_at": now,
        "updated_at": now,
    }
    return MCPServer(**(values | changes))
