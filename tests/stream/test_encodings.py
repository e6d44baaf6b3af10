"""Server-sent events and WebSocket frames of one stream, from a real server."""

import asyncio
import socket
from collections.abc import AsyncIterator

import orjson
import pytest
import pytest_asyncio
from websockets.asyncio.client import ClientConnection, connect

from palaver.database import Database
from palaver.settings import Settings
from tests.stream.serving import EventSource, StreamApp, last_read, serving, until
from tests.stream.world import EVENT_SCHEMAS, LiveChat


@pytest_asyncio.fixture
async def port(chat: LiveChat) -> AsyncIterator[int]:
    async with serving(StreamApp(chat)) as port:
        yield port


def open_socket(port: int, query: str = "", **options: object) -> connect:
    return connect(f"ws://127.0.0.1:{port}/?{query}", compression=None, **options)  # type: ignore[arg-type]


async def frame(client: ClientConnection) -> list[str]:
    async with asyncio.timeout(5):
        message = await client.recv()
    assert isinstance(message, str)
    events = orjson.loads(message)
    assert 1 <= len(events) <= 256
    for event in events:
        EVENT_SCHEMAS.check(event)
    return [event["type"] for event in events]


async def closing(client: ClientConnection) -> tuple[int, str]:
    async with asyncio.timeout(5):
        await client.wait_closed()
    assert client.close_code is not None
    return client.close_code, client.close_reason or ""


async def until_unread_is(chat: LiveChat, message_id: int | None) -> None:
    async with asyncio.timeout(5):
        while await last_read(chat) != message_id:
            await asyncio.sleep(0.01)


# ---- server-sent events ----


async def test_events_have_id_and_data_and_the_headers_of_a_stream(chat: LiveChat, port: int) -> None:
    source = await EventSource.open(port)
    assert source.head.startswith("http/1.1 200")
    for header in (
        "content-type: text/event-stream; charset=utf-8",
        "cache-control: no-cache",
        "x-accel-buffering: no",
        "x-request-id: 42",
    ):
        assert header in source.head
    assert await source.take(3) == ["message", "status", "preview_reset"]
    await source.close()


async def test_last_event_id_resumes_in_the_middle_of_a_turn(chat: LiveChat, port: int) -> None:
    await chat.attempt()
    for word in ("a", "b"):
        chat.say(word)
    source = await EventSource.open(port)
    await source.take(4)
    await source.close()
    chat.say("c")
    source = await EventSource.open(port, last_event_id=source.last_id)
    parts = [await source.next(), await source.next()]
    assert [part["message_part"]["seq"] for part in parts if part is not None] == [2, 3]
    await source.close()


async def test_broken_last_event_id_is_answered_with_resets(chat: LiveChat, port: int) -> None:
    source = await EventSource.open(port, last_event_id="what?")
    assert await source.take(4) == ["history_reset", "message", "status", "preview_reset"]
    await source.close()


async def test_silence_carries_heartbeats(chat: LiveChat, port: int) -> None:
    source = await EventSource.open(port)
    await source.take(3)
    waiting = asyncio.create_task(source.next())
    await asyncio.sleep(0.35)
    assert source.comments.count(": ping") >= 2
    await chat.send("go on")
    event = await waiting
    assert event is not None
    assert event["type"] == "queue_update"
    await source.close()


async def test_draining_ends_the_response(chat: LiveChat, port: int) -> None:
    source = await EventSource.open(port)
    await source.take(3)
    chat.bus.close()
    async with asyncio.timeout(5):
        assert await source.next() is None
    assert source.comments[-1] == ": server is restarting"
    await source.close()


async def test_leaving_frees_everything(chat: LiveChat, port: int) -> None:
    await chat.attempt()
    source = await EventSource.open(port)
    await source.take(3)
    async with open_socket(port) as client:
        await frame(client)
    await source.close()
    await until(lambda: not chat.bus._chats)
    await until(lambda: not any(episode.watchers for episode in chat.parts._episodes.values()))


# ---- WebSocket ----


async def test_frames_are_arrays_of_events(chat: LiveChat, port: int) -> None:
    async with open_socket(port) as client:
        assert client.response is not None
        assert client.response.headers["X-Request-Id"] == "42"
        assert "Sec-WebSocket-Extensions" not in client.response.headers
        assert await frame(client) == ["message", "status", "preview_reset"]
        await chat.attempt()
        assert await frame(client) == ["preview_reset"]
        chat.say("a")
        assert await frame(client) == ["message_part"]
        await chat.commit()
        assert await frame(client) == ["message", "preview_reset"]


async def test_after_id_applies_to_both_encodings(chat: LiveChat, port: int) -> None:
    await chat.turn("answer")
    first = min(await chat.messages())
    async with open_socket(port, f"after_id={first}") as client:
        assert await frame(client) == ["message", "status", "preview_reset"]
    source = await EventSource.open(port, f"after_id={first}")
    assert await source.take(3) == ["message", "status", "preview_reset"]
    await source.close()


async def test_client_data_closes_with_1008(chat: LiveChat, port: int) -> None:
    for data in ("text", b"bytes"):
        async with open_socket(port) as client:
            await frame(client)
            await client.send(data)
            assert (await closing(client))[0] == 1008


async def test_draining_closes_with_1012(chat: LiveChat, port: int) -> None:
    async with open_socket(port) as client:
        await frame(client)
        chat.bus.close()
        assert await closing(client) == (1012, "server is restarting")


async def test_unanswered_ping_closes_with_1001(chat: LiveChat) -> None:
    async with serving(StreamApp(chat), ws_ping_interval=0.05, ws_ping_timeout=0.05) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        async with asyncio.timeout(5):
            received = await reader.read()
        assert b"\x03\xe9liveness probe failed" in received
        writer.close()


# ---- slow viewers ----


async def slow_connection(port: int, request: bytes) -> socket.socket:
    """A client that asks and then reads nothing, with small buffers."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(client, ("127.0.0.1", port))
    await loop.sock_sendall(client, request)
    return client


async def read_to_the_close_frame(client: socket.socket, reason: bytes) -> int:
    """Read what has piled up until the close frame with this reason; returns its code."""
    received, loop = bytearray(), asyncio.get_running_loop()
    async with asyncio.timeout(5):
        while not received.endswith(reason):
            block = await loop.sock_recv(client, 1 << 16)
            assert block, "the connection ended without a close frame"
            received += block
    return int.from_bytes(received[-len(reason) - 2 : -len(reason)], "big")


@pytest.mark.parametrize("encoding", ["sse", "websocket"])
async def test_slow_viewer_is_dropped_and_others_are_not_held_up(
    database: Database, settings: Settings, encoding: str
) -> None:
    chat = await LiveChat.create(database, settings.model_copy(update={"slow_viewer_seconds": 0.2}))
    upgrade = (
        b"Upgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
    )
    request = b"GET / HTTP/1.1\r\nHost: x\r\n" + (upgrade if encoding == "websocket" else b"") + b"\r\n"
    async with serving(StreamApp(chat)) as port:
        slow = await slow_connection(port, request)
        async with open_socket(port, max_queue=None) as fast:
            await frame(fast)
            loop = asyncio.get_running_loop()
            started, turn = loop.time(), 0
            while len(chat.bus._chats[chat.id]) > 1:
                assert loop.time() - started < 20, "the slow viewer was never dropped"
                turn += 1
                await chat.attempt()
                for _ in range(9):
                    chat.say("x" * 100_000)
                await chat.commit()
                await asyncio.sleep(0.01)
            await chat.fail("the end")
            kinds: list[str] = []
            while "error" not in kinds:
                kinds = await frame(fast)
        if encoding == "websocket":
            assert await read_to_the_close_frame(slow, b"viewer is too slow; reconnect to go on") == 1013
        slow.close()


# ---- the unread cursor ----


async def test_owner_has_read_what_is_there_at_opening_and_closing(chat: LiveChat, port: int) -> None:
    await chat.turn("one")
    first = max(await chat.messages())
    source = await EventSource.open(port, "owner=1")
    await source.take(4)
    assert await last_read(chat) == first
    await chat.send("more")
    await chat.turn("two")
    second = max(await chat.messages())
    assert await last_read(chat) == first
    await source.close()
    await until_unread_is(chat, second)


async def test_websocket_of_the_owner_marks_read_too(chat: LiveChat, port: int) -> None:
    async with open_socket(port, "owner=1") as client:
        await frame(client)
        await chat.turn("one")
    await until_unread_is(chat, max(await chat.messages()))


async def test_other_viewers_mark_nothing(chat: LiveChat, port: int) -> None:
    await chat.turn("one")
    source = await EventSource.open(port)
    await source.take(4)
    await source.close()
    await asyncio.sleep(0.05)
    assert await last_read(chat) is None
