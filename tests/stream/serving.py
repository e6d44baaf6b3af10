"""A real server with one route, the chat's stream, and the plainest of clients."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import orjson
import uvicorn
from sqlalchemy import text
from starlette.types import Receive, Scope, Send

from palaver.errors.base import PalaverError
from palaver.stream.protocols import protocol_options
from palaver.stream.reply import ChatStreamReply
from tests.stream.world import LiveChat, permitted

COMMON_HEADERS = [(b"x-request-id", b"42")]


@dataclass
class StreamApp:
    """Serves `GET /?after_id=&owner=` of one chat in both encodings; refusals as the edge renders them."""

    chat: LiveChat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = parse_qs(scope["query_string"].decode())
        headers = dict(scope["headers"])
        reply = ChatStreamReply(
            self.chat,
            self.chat.id,
            is_owner="owner" in query,
            is_permitted=permitted,
            after_id=int(query.get("after_id", ["0"])[0]),
            last_event_id=headers.get(b"last-event-id", b"").decode() or None,
        )
        if scope["type"] == "http":
            await reply.http(scope, receive, send, list(COMMON_HEADERS))
            return
        try:
            await reply.websocket(scope, receive, send, list(COMMON_HEADERS))
        except PalaverError as refusal:
            await receive()
            await send({"type": "websocket.http.response.start", "status": refusal.status, "headers": []})
            await send({"type": "websocket.http.response.body", "body": orjson.dumps(refusal.body())})


@asynccontextmanager
async def serving(app: Callable[..., Any], **options: Any) -> AsyncIterator[int]:
    """uvicorn on this loop; yields its port."""
    config = uvicorn.Config(app, port=0, lifespan="off", log_level="warning", **{**protocol_options(15), **options})
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    try:
        await until(lambda: server.started)
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.force_exit = server.should_exit = True
        await running


async def until(condition: Callable[[], bool]) -> None:
    """Wait, 5 s at most, for something that nobody announces."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.005)


class EventSource:
    """An SSE client on a bare connection: what the bytes say, nothing more."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.head = ""
        self.comments: list[str] = []
        self.last_id: str | None = None
        self._buffer = b""

    @classmethod
    async def open(cls, port: int, query: str = "", last_event_id: str | None = None) -> "EventSource":
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        resume = f"Last-Event-ID: {last_event_id}\r\n" if last_event_id else ""
        writer.write(f"GET /?{query} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\n{resume}\r\n".encode())
        source = cls(reader, writer)
        source.head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        return source

    async def next(self) -> dict[str, Any] | None:
        """The next event; None at the end. Comments are kept aside."""
        while True:
            block = await self._block()
            if block is None:
                return None
            lines = block.decode().split("\n")
            if all(line.startswith(":") for line in lines):
                self.comments += lines
                continue
            names = [line.partition(": ")[0] for line in lines]
            assert names == ["id", "data"], lines
            self.last_id = lines[0].partition(": ")[2]
            event: dict[str, Any] = orjson.loads(lines[1].partition(": ")[2])
            return event

    async def take(self, count: int) -> list[str]:
        """The types of the next events."""
        async with asyncio.timeout(5):
            return [event["type"] for _ in range(count) if (event := await self.next()) is not None]

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def _block(self) -> bytes | None:
        while b"\n\n" not in self._buffer:
            size = int((await self._reader.readuntil(b"\r\n")).strip() or b"0", 16)
            if size == 0:
                return None
            self._buffer += await self._reader.readexactly(size)
            await self._reader.readexactly(2)
        block, _, self._buffer = self._buffer.partition(b"\n\n")
        return block


async def last_read(chat: LiveChat) -> int | None:
    """The owner's unread cursor."""
    statement = text("SELECT last_read_message_id FROM chats WHERE id = :chat")
    async with chat.database.connect() as conn:
        value: int | None = (await conn.execute(statement, {"chat": chat.id})).scalar_one()
    return value
