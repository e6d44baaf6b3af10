"""A watcher of somebody's own chats in both encodings; every event it receives is held against the contract."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection

from tests.api.streams import WEBSOCKET, open_socket
from tests.support.api import Api
from tests.support.contract_checker import ANSWERED
from tests.support.world import CHATS, World

PATH = f"{CHATS}/watch"
Event = dict[str, Any]


@dataclass
class Watcher:
    """Events in the order in which they came."""

    source: AsyncIterator[Event]
    connection: ClientConnection | None = None

    async def next(self) -> Event:
        """The next event, within ten seconds."""
        async with asyncio.timeout(10):
            return await anext(self.source)

    async def about(self, chat_id: str, kind: str) -> Event:
        """The chat in the next event of a kind about a chat; others are passed over."""
        while True:
            event = await self.next()
            if (event["kind"], event["chat"]["id"]) == (kind, chat_id):
                chat: Event = event["chat"]
                return chat


@asynccontextmanager
async def watching(world: World, encoding: str, *, api: Api | None = None) -> AsyncIterator[Watcher]:
    """Open the watch as alice, or as another caller."""
    api = api or world.alice
    await _all_told(world)
    if encoding == WEBSOCKET:
        async with open_socket(world, PATH, api.token) as connection:
            ANSWERED.add(("watch-chat-events-for-a-user-via-websockets", 101))
            yield Watcher(_frames(world, connection), connection)
        return
    async with api.stream("GET", PATH) as response:
        assert response.status_code == 200, await response.aread()
        assert response.headers["content-type"].partition(";")[0] == "text/event-stream"
        yield Watcher(_server_sent(world, response))


async def _all_told(world: World) -> None:
    """Wait until what happened before is told: it would be told to the new watcher as well."""
    if len(world.replicas) > 1:
        await asyncio.sleep(0.1)


async def _frames(world: World, connection: ClientConnection) -> AsyncIterator[Event]:
    async for frame in connection:
        yield world.checker.check_watch_frame(frame)


async def _server_sent(world: World, response: Any) -> AsyncIterator[Event]:
    async for line in response.aiter_lines():
        if line and not line.startswith(":"):
            assert line.startswith("data: "), "a watch has no cursors"
            event = world.checker.check_server_sent_event(line)
            assert event is not None
            yield event
