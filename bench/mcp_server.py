"""An MCP server whose one tool answers at once: `python -m bench.mcp_server <port>`."""

import sys
from typing import Any

import mcp_types as types
import uvicorn
from mcp.server.lowlevel import Server
from starlette.responses import PlainTextResponse
from starlette.routing import Route

_ECHO = types.Tool(
    name="echo",
    description="Says back what it was told.",
    input_schema={"type": "object", "properties": {"text": {"type": "string"}}, "required": ["text"]},
)


async def _list_tools(ctx: Any, params: types.PaginatedRequestParams | None) -> types.ListToolsResult:
    return types.ListToolsResult(tools=[_ECHO])


async def _call_tool(ctx: Any, params: types.CallToolRequestParams) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(text=(params.arguments or {})["text"])])


async def _ready(_: Any) -> PlainTextResponse:
    return PlainTextResponse("ready")


def main() -> None:
    """Serve until terminated."""
    server: Server[Any] = Server("bench", version="1", on_list_tools=_list_tools, on_call_tool=_call_tool)
    application = server.streamable_http_app(custom_starlette_routes=[Route("/ready", _ready)])
    uvicorn.run(application, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")


if __name__ == "__main__":
    main()
