"""What clients say at the edge of HTTP and WebSocket, to a real server: it ends, or is answered, and nothing stays."""

import asyncio
import base64
import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.stream.serving import EventSource, StreamApp, serving, until
from tests.stream.world import LiveChat

SECONDS = 30


@pytest_asyncio.fixture
async def port(chat: LiveChat) -> AsyncIterator[int]:
    async with serving(StreamApp(chat)) as port:
        yield port


def upgrade(*lines: str) -> bytes:
    """A request for a WebSocket, with further lines."""
    key = base64.b64encode(os.urandom(16)).decode()
    first = ["GET / HTTP/1.1", "Host: x", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13"]
    return "\r\n".join([*first, f"Sec-WebSocket-Key: {key}", *lines, "", ""]).encode()


async def answer(port: int, request: bytes) -> bytes:
    """Everything that comes before the server ends the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    async with asyncio.timeout(SECONDS):
        answered = await reader.read()
    writer.close()
    return answered


@pytest.mark.parametrize("behind", [1, 3])
async def test_a_viewer_that_leaves_with_requests_behind_its_stream_frees_everything(
    chat: LiveChat, port: int, behind: int
) -> None:
    source = await EventSource.open(port)
    assert await source.take(1) == ["message"]
    source._writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * behind)
    await asyncio.sleep(0.05)  # until they have been read: nothing tells
    assert chat.bus._chats
    source._writer.transport.abort()
    await until(lambda: not chat.bus._chats)


@pytest.mark.parametrize(
    "lines",
    [["X-Long: " + "x" * 10_000], [f"X-{number}: x" for number in range(200)], ["Content-Length: 5"]],
    ids=["a long line", "many lines", "a body"],
)
async def test_a_request_for_a_websocket_that_cannot_be_read_is_answered(port: int, lines: list[str]) -> None:
    answered = await answer(port, upgrade(*lines))
    assert answered.startswith(b"HTTP/1.1 400 ")
    assert answered.endswith(b"\r\n\r\nInvalid HTTP request received.")


async def test_a_text_that_is_none_closes_with_1007_and_is_no_error_of_the_server(
    port: int, caplog: pytest.LogCaptureFixture
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(upgrade())
    async with asyncio.timeout(SECONDS):
        assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
        writer.write(b"\x81\x82\0\0\0\0\xff\xfe")
        assert (await reader.read()).endswith(b"\x88\x02\x03\xef")
    writer.close()
    assert caplog.records == []
