"""A viewer of a chat's stream in both encodings; every event it receives is held against the contract."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.support.api import Api
from tests.support.contract_checker import ANSWERED
from tests.support.world import CHATS, World

SSE, WEBSOCKET = "sse", "websocket"
ENCODINGS = (SSE, WEBSOCKET)
Event = dict[str, Any]


@dataclass
class Viewer:
    """Events in the order in which they came; `last_id` is the cursor of the newest one (SSE only)."""

    source: AsyncIterator[tuple[str | None, list[Event]]]
    last_id: str | None = None
    pending: list[Event] = field(default_factory=list)
    connection: ClientConnection | None = None

    async def next(self) -> Event:
        """The next event, within ten seconds."""
        async with asyncio.timeout(10):
            while not self.pending:
                self.last_id, self.pending = await anext(self.source)
        return self.pending.pop(0)

    async def until(self, wanted: Callable[[Event], bool]) -> list[Event]:
        """The next events up to the first wanted one, which is the last of them."""
        events = [await self.next()]
        while not wanted(events[-1]):
            events.append(await self.next())
        return events

    async def snapshot(self) -> list[Event]:
        """The events up to the one that ends the stored part of a snapshot."""
        return await self.until(is_kind("preview_reset"))


@asynccontextmanager
async def watch(
    world: World,
    chat_id: str,
    encoding: str,
    *,
    api: Api | None = None,
    last_event_id: str | None = None,
    **params: Any,
) -> AsyncIterator[Viewer]:
    """Open the stream as alice, or as another caller."""
    api = api or world.alice
    path = f"{CHATS}/{chat_id}/stream"
    if encoding == SSE:
        headers = {"Last-Event-ID": last_event_id} if last_event_id is not None else {}
        async with api.stream("GET", path, headers=headers, params=params) as response:
            assert response.status_code == 200, await response.aread()
            assert response.headers["content-type"].partition(";")[0] == "text/event-stream"
            yield Viewer(_server_sent(world, response))
        return
    async with open_socket(world, path, api.token, **params) as connection:
        ANSWERED.add(("stream-chat-events-via-websockets", 101))
        yield Viewer(_frames(world, connection), connection=connection)


def open_socket(world: World, path: str, token: str | None, origin: str | None = None, **params: Any) -> connect:
    """A WebSocket to a path of the server."""
    query = "&".join(f"{key}={value}" for key, value in params.items())
    headers = {"Coder-Session-Token": token} if token else {}
    url = f"{world.url.replace('http', 'ws', 1)}{path}?{query}"
    return connect(url, additional_headers=headers, origin=origin, compression=None, proxy=None)  # type: ignore[arg-type]


def is_kind(kind: str, **values: Any) -> Callable[[Event], bool]:
    """Whether an event is of a type and its own object has these values."""
    return lambda event: event["type"] == kind and all(event[kind].get(key) == value for key, value in values.items())


def kinds(events: list[Event]) -> list[str]:
    """The types of events."""
    return [event["type"] for event in events]


def said(events: list[Event]) -> list[str]:
    """The texts of the `message` events."""
    return ["".join(part.get("text", "") for part in event["message"].get("content", [])) for event in events
            if event["type"] == "message"]  # fmt: skip


async def _frames(world: World, connection: ClientConnection) -> AsyncIterator[tuple[None, list[Event]]]:
    async for frame in connection:
        assert isinstance(frame, str)
        yield None, world.checker.check_frame(frame)


async def _server_sent(world: World, response: Any) -> AsyncIterator[tuple[str | None, list[Event]]]:
    block: list[str] = []
    async for line in response.aiter_lines():
        if line:
            block.append(line)
            continue
        event = world.checker.check_server_sent_event("\n".join(block))
        ids = [line.removeprefix("id: ") for line in block if line.startswith("id: ")]
        block = []
        if event is not None:
            yield ids[0], [event]
