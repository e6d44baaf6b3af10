"""The HTTP transport to model providers, against servers that speak, break off or misbehave byte by byte."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpx2
import pytest

from palaver.llm.transport import DirectTransport, http_transport
from palaver.outgoing import OutgoingPolicy

ANYWHERE = OutgoingPolicy(allow_private=True)
Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Origin:
    """A server that gives every request the same bytes; counts connections and keeps the requests' heads."""

    def __init__(self, *answers: bytes, close: bool = False) -> None:
        self.answers = answers
        self.close = close
        self.connections = 0
        self.heads: list[bytes] = []
        self.bodies: list[bytes] = []
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head)
                length = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
                self.bodies.append(await reader.readexactly(int(length[0].split(b":")[1])) if length else b"")
                for piece in self.answers:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(0.005)
                if self.close:
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()


async def until_all_are_closed(client: httpx2.AsyncClient) -> None:
    """Wait for the client to have seen the end of each of its connections."""
    transport = client._transport
    assert isinstance(transport, DirectTransport)
    async with asyncio.timeout(10):
        while transport._open:
            await asyncio.sleep(0.001)


@asynccontextmanager
async def serving(origin: Origin) -> AsyncIterator[httpx2.AsyncClient]:
    server = await asyncio.start_server(origin.serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    origin.url = f"http://127.0.0.1:{port}/v1"
    transport = DirectTransport(ANYWHERE, max_idle=2, idle_seconds=0.2)
    async with httpx2.AsyncClient(transport=transport, timeout=httpx2.Timeout(None, connect=2)) as client:
        try:
            yield client
        finally:
            server.close()


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


async def test_a_streamed_answer_arrives_piece_by_piece() -> None:
    origin = Origin(CHUNKED + b"3\r\none\r\n", b"3\r\ntwo\r\n", b"0\r\n\r\n")
    async with serving(origin) as client, client.stream("POST", origin.url, json={"a": 1}) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        assert [piece async for piece in answer.aiter_raw()] == [b"one", b"two"]
    assert origin.bodies == [b'{"a":1}']
    assert origin.heads[0].startswith(b"POST /v1 HTTP/1.1\r\nHost: 127.0.0.1")


async def test_a_connection_is_used_again_after_its_answer_was_read() -> None:
    origin = Origin(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    async with serving(origin) as client:
        for _ in range(3):
            assert (await client.post(origin.url, content=b"x")).text == "ok"
        assert origin.connections == 1
        await asyncio.sleep(0.3)
        await client.post(origin.url, content=b"x")
        assert origin.connections == 2, "an idle connection is closed after its time"


async def test_a_connection_that_the_server_closed_is_not_used_again() -> None:
    origin = Origin(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", close=True)
    async with serving(origin) as client:
        for _ in range(3):
            assert (await client.post(origin.url, content=b"x")).status_code == 200
            await until_all_are_closed(client)
    assert origin.connections == 3


async def test_an_answer_that_is_left_half_way_closes_its_connection() -> None:
    origin = Origin(CHUNKED + b"3\r\none\r\n")
    async with serving(origin) as client:
        for _ in range(2):
            async with client.stream("GET", origin.url) as answer:
                await anext(answer.aiter_raw())
    assert origin.connections == 2


async def test_answers_at_once_have_connections_of_their_own() -> None:
    origin = Origin(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n", b"done")
    async with serving(origin) as client:
        answers = await asyncio.gather(*(client.get(origin.url) for _ in range(5)))
    assert [answer.text for answer in answers] == ["done"] * 5
    assert origin.connections == 5


async def test_an_answer_without_a_length_ends_with_its_connection() -> None:
    origin = Origin(b"HTTP/1.1 200 OK\r\n\r\nto the end", close=True)
    async with serving(origin) as client:
        assert (await client.get(origin.url)).text == "to the end"


async def test_interim_answers_are_passed_over() -> None:
    origin = Origin(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    async with serving(origin) as client:
        answer = await client.get(origin.url)
    assert (answer.status_code, answer.text) == (200, "ok")
    assert "link" not in answer.headers


@pytest.mark.parametrize(
    "sent",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", CHUNKED + b"9\r\nhalf", b"not http at all\r\n\r\n"],
    ids=["nothing", "short body", "open chunk", "no HTTP"],
)
async def test_a_broken_answer_is_a_protocol_error(sent: bytes) -> None:
    origin = Origin(sent, close=True)
    async with serving(origin) as client:
        with pytest.raises(httpx2.RemoteProtocolError):
            await client.get(origin.url)


async def test_an_answer_nobody_reads_is_not_gathered_without_end() -> None:
    sent = 0

    async def pour(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        writer.transport.set_write_buffer_limits(high=65_536)
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        piece = bytes(65_536)
        try:
            while True:
                writer.write(piece)
                await writer.drain()
                sent += len(piece)
        except ConnectionError:
            writer.close()

    server = await asyncio.start_server(pour, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    transport = DirectTransport(ANYWHERE, max_idle=1, idle_seconds=1)
    async with httpx2.AsyncClient(transport=transport) as client, client.stream("GET", url) as answer:
        await asyncio.sleep(0.3)
        held = sent
        await asyncio.sleep(0.1)
        assert sent == held, "the server has to wait"
        pieces = answer.aiter_raw()
        for _ in range(50):
            await anext(pieces)
        assert sent > held, "and goes on when somebody reads"
    server.close()


async def test_nobody_listening_is_a_connect_error() -> None:
    async with httpx2.AsyncClient(transport=DirectTransport(ANYWHERE, max_idle=1, idle_seconds=1)) as client:
        with pytest.raises(httpx2.ConnectError):
            await client.get("http://127.0.0.1:9/")
        with pytest.raises(httpx2.UnsupportedProtocol):
            await client.get("ftp://127.0.0.1/")


async def test_a_header_with_a_line_break_is_not_sent() -> None:
    origin = Origin(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    async with serving(origin) as client:
        with pytest.raises(httpx2.LocalProtocolError):
            await client.get(origin.url, headers={"Authorization": "Bearer a\r\nX-Other: b"})
    assert origin.heads == []


def test_a_proxy_of_the_environment_is_left_to_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:3128")
    assert http_transport(ANYWHERE, max_idle=1, idle_seconds=1) is None
