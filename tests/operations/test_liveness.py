"""A peer that answers no ping is let go with the close code of the contract; one that answers stays."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
import websockets
from starlette.types import Receive, Scope, Send

from palaver.server import configuration, listen
from palaver.settings import Settings

HANDSHAKE = (
    b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
PING, CLOSE = 0x89, 0x88


async def silent_app(scope: Scope, receive: Receive, send: Send) -> None:
    """Accepts a WebSocket and waits for its end."""
    if scope["type"] == "lifespan":
        for event in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{event}.complete"})
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (await receive())["type"] != "websocket.disconnect":
        pass


@asynccontextmanager
async def serving(*default_headers: tuple[bytes, bytes]) -> AsyncIterator[int]:
    settings = Settings(stream_heartbeat_seconds=0.2, shutdown_grace_seconds=1)
    server = uvicorn.Server(configuration(silent_app, settings))
    sock = listen("127.0.0.1", 0)
    task = asyncio.create_task(server.serve([sock]))
    while not server.started:
        await asyncio.sleep(0.01)
    server.server_state.default_headers += default_headers
    try:
        yield sock.getsockname()[1]
    finally:
        server.should_exit = True
        await task


async def test_peer_that_answers_no_ping_is_closed_with_1001() -> None:
    async with serving() as port, asyncio.timeout(10):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(HANDSHAKE)
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 101")
        kind, length = await reader.readexactly(2)
        assert kind == PING
        await reader.readexactly(length)
        kind, length = await reader.readexactly(2)
        payload = await reader.readexactly(length)
        assert kind == CLOSE
        assert struct.unpack("!H", payload[:2]) == (1001,)
        assert payload[2:] == b"liveness probe failed"
        assert await reader.read() == b""
        writer.close()


async def test_peer_that_answers_pings_stays() -> None:
    async with serving() as port, websockets.connect(f"ws://127.0.0.1:{port}/") as peer:
        await asyncio.sleep(1.0)
        await peer.ping()
        assert peer.close_code is None


async def test_upgrade_is_not_told_to_close_as_other_requests_of_a_leaving_process_are() -> None:
    leaving = serving((b"connection", b"close"))
    async with leaving as port, websockets.connect(f"ws://127.0.0.1:{port}/") as peer:
        assert peer.response is not None
        assert peer.response.headers.get_all("connection") == ["Upgrade"]
