"""Tests whose chats have tools: an MCP server, configured for them, and what it saw."""

import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import update

from models import Chat
from palaver.tools.oauth.client import TokenSet
from palaver.tools.oauth.tokens import TokenKey, save_token
from tests.support.canaries import CANARIES
from tests.support.mcp import McpServer
from tests.support.world import World

SERVERS = "/api/experimental/mcp/servers"
OAUTH2 = {
    "auth_type": "oauth2",
    "oauth2_client_id": "palaver",
    "oauth2_auth_url": "https://as.example/authorize",
    "oauth2_token_url": "https://as.example/token",
}
"""Fields of a server whose users have to sign in, at a place that is not there."""


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


async def sign_in(world: World, config: dict[str, Any], name: str, token: str) -> None:
    """Let a user have signed in to a server with `OAUTH2`, and have got this token there, for good."""
    CANARIES.learn(token)
    services = world.services
    (server,) = [known for known in await services.tools.known() if str(known.id) == config["id"]]
    stored = services.mcp_connections.access_tokens.encrypted(server, TokenSet(token, None, None))
    async with services.database.begin() as conn:
        await save_token(conn, TokenKey(server.id, uuid.UUID(world.facts.user_ids[name])), stored)


async def lose(world: World, chat_id: str) -> None:
    """Let the chat's worker lose it to one that is dead, from which another takes it over."""
    dead = {"worker_id": uuid.uuid4(), "runner_id": uuid.uuid4()}
    async with world.services.database.begin() as conn:
        of_a_worker = update(Chat).where(Chat.id == uuid.UUID(chat_id), Chat.worker_id.is_not(None))
        await conn.execute(of_a_worker.values(**dead))
