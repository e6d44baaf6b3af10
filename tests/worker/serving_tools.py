"""Tests whose chats have tools: an MCP server, configured for them, and what it saw."""

import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.support.mcp import McpServer
from tests.support.world import World

SERVERS = "/api/experimental/mcp/servers"


@asynccontextmanager
async def configured(world: World, server: McpServer | None = None, **fields: Any) -> AsyncIterator[dict[str, Any]]:
    """The server as an administrator makes it known, until the block ends; `fields` of the request."""
    body = {
        "display_name": "Tools",
        "slug": f"s{uuid.uuid4().hex[:6]}",
        "transport": "streamable_http" if server is None else server.transport,
        "url": "http://127.0.0.1:9/mcp" if server is None else server.url,
        "auth_type": "none",
        "availability": "default_off",
        "enabled": True,
        **fields,
    }
    answer = await world.owner.post(SERVERS, body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    try:
        yield made
    finally:
        await world.owner.delete(f"{SERVERS}/{made['id']}")


def call_line(config: dict[str, Any], tool: str, **args: Any) -> str:
    """The line of a message that lets the demo model call the server's tool."""
    return f"/tool {config['slug']}__{tool} {json.dumps(args)}"


def results(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tool results of a history, in order."""
    return [part for message in messages for part in message.get("content", []) if part["type"] == "tool-result"]


def calls(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The tool calls of a history, in order."""
    return [part for message in messages for part in message.get("content", []) if part["type"] == "tool-call"]
