"""A proxy that spoils what a server answers, in known ways: so that somebody sees the kit find it."""

import asyncio
import json
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, Final

HEAD_BYTES: Final = 65_536
_TEXT: Final = 1


@dataclass(slots=True)
class Spoilt:
    """One answer, to be changed: header names in lower case."""

    method: str
    path: str
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class SpoilingProxy:
    """HTTP/1.1, one request per connection. `answers` change each answer, `events` each list of a stream's events."""

    upstream_port: int
    answers: list[Callable[[Spoilt], None]] = field(default_factory=list)
    events: list[Callable[[list[Any]], list[Any]]] = field(default_factory=list)

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        """Serve until the block ends; the proxy's URL."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD_BYTES)
        async with server:
            yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            upstream_reader, upstream_writer = await asyncio.open_connection("127.0.0.1", self.upstream_port)
            try:
                await self._pass(reader, writer, upstream_reader, upstream_writer)
            finally:
                upstream_writer.transport.abort()
        with suppress(ConnectionError):
            writer.close()
            await writer.wait_closed()

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        upstream_reader: asyncio.StreamReader,
        upstream_writer: asyncio.StreamWriter,
    ) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        request_line, headers = _parsed(head)
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        method, target, _ = request_line.split(" ")
        is_upgrade = "upgrade" in headers
        if not is_upgrade:
            headers["connection"] = "close"
        upstream_writer.write(_written(request_line, headers) + body)
        status_line, answer_headers = _parsed(await upstream_reader.readuntil(b"\r\n\r\n"))
        status = int(status_line.split(" ")[1])
        if is_upgrade and status == 101:
            writer.write(_written(status_line, answer_headers))
            upwards = asyncio.create_task(_copy(reader, upstream_writer))
            try:
                await self._frames(upstream_reader, writer)
            finally:
                upwards.cancel()
                await asyncio.wait([upwards])
            return
        answer = Spoilt(method, target.partition("?")[0], status, answer_headers, await upstream_reader.read())
        for spoil in self.answers:
            spoil(answer)
        answer.headers |= {"content-length": str(len(answer.body)), "connection": "close"}
        writer.write(_written(f"HTTP/1.1 {answer.status} Spoilt", answer.headers) + answer.body)
        await writer.drain()

    async def _frames(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            first, length = await reader.readexactly(2)
            if length >= 126:
                form = ">H" if length == 126 else ">Q"
                (length,) = struct.unpack(form, await reader.readexactly(struct.calcsize(form)))
            payload = await reader.readexactly(length)
            if first & 0x0F == _TEXT and payload.startswith(b"["):
                events = json.loads(payload)
                for spoil in self.events:
                    events = spoil(events)
                payload = json.dumps(events).encode()
            writer.write(bytes([first, 127]) + struct.pack(">Q", len(payload)) + payload)
            await writer.drain()


def _parsed(head: bytes) -> tuple[str, dict[str, str]]:
    first, *lines = head.decode().rstrip().split("\r\n")
    return first, {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _written(first: str, headers: dict[str, str]) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(HEAD_BYTES):
            writer.write(data)
            await writer.drain()
