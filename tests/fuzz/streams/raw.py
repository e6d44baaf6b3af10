"""A bare connection, on which anything can be said: HTTP and WebSocket frames as bytes."""

import asyncio
import base64
import os
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

CEILING_SECONDS = 30.0
"""How long anything may take on a machine that has other things to do."""
ENDS = (OSError, asyncio.IncompleteReadError)
"""How a connection tells that the other side has gone."""
TEXT, BINARY, CLOSE, PING, PONG = 1, 2, 8, 9, 10


@dataclass(frozen=True)
class Head:
    """The first lines of an answer; names in lower case."""

    status: int
    headers: dict[str, str]


@dataclass(frozen=True)
class Raw:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    def send(self, *parts: bytes) -> None:
        """Write without waiting."""
        self.writer.write(b"".join(parts))

    async def head(self) -> Head | None:
        """The head of the next answer that is no 1xx but 101; None when the connection ended without one."""
        async with asyncio.timeout(CEILING_SECONDS):
            try:
                while True:
                    text = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                    first, *lines = text.removesuffix("\r\n\r\n").split("\r\n")
                    status = int(first.split(" ", 2)[1])
                    if status >= 200 or status == 101:
                        break
            except ENDS:
                return None
        return Head(status, {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)})

    async def body(self, head: Head) -> bytes:
        """The body of an answer that tells its length."""
        async with asyncio.timeout(CEILING_SECONDS):
            return await self.reader.readexactly(int(head.headers.get("content-length", "0")))

    async def frame(self) -> tuple[int, bytes] | None:
        """The server's next frame, as opcode and payload; None at the end. Raises ValueError for what is no frame."""
        try:
            first, second = await self.reader.readexactly(2)
            if first & 0x70 or not first & 0x80 or second & 0x80:
                raise ValueError(f"a frame that begins with {first:#x} {second:#x}")
            length = second
            if length == 126:
                (length,) = struct.unpack(">H", await self.reader.readexactly(2))
            elif length == 127:
                (length,) = struct.unpack(">Q", await self.reader.readexactly(8))
            return first & 0x0F, await self.reader.readexactly(length)
        except ENDS:
            return None

    async def ended(self) -> bool:
        """Whether the server ends the connection before the ceiling; what still comes is dropped."""
        try:
            async with asyncio.timeout(CEILING_SECONDS):
                while await self.reader.read(65_536):
                    pass
        except OSError:
            return True
        except TimeoutError:
            return False
        return True


@asynccontextmanager
async def connected(port: int) -> AsyncIterator[Raw]:
    """A connection, cut at the end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Raw(reader, writer)
    finally:
        writer.transport.abort()


def request(target: str, token: str, *lines: str, method: str = "GET", version: str = "1.1") -> bytes:
    """The head of a request, with further lines."""
    first = [f"{method} {target} HTTP/{version}", "Host: 127.0.0.1", f"Coder-Session-Token: {token}"]
    return "\r\n".join([*first, *lines, "", ""]).encode("utf-8", "surrogateescape")


def upgrade() -> list[str]:
    """The lines that ask for a WebSocket."""
    key = base64.b64encode(os.urandom(16)).decode()
    return ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key}"]


def frame(
    opcode: int, payload: bytes = b"", *, final: bool = True, reserved: int = 0, mask: bool = True, says: int = -1
) -> bytes:
    """A client's frame, right or wrong; `says` is a length that it claims in place of its own."""
    length = len(payload) if says < 0 else says
    head = bytes([(0x80 if final else 0) | reserved << 4 | opcode])
    flag = 0x80 if mask else 0
    if length < 126:
        head += bytes([flag | length])
    elif length < 65_536:
        head += bytes([flag | 126]) + struct.pack(">H", length)
    else:
        head += bytes([flag | 127]) + struct.pack(">Q", length)
    if not mask:
        return head + payload
    key = os.urandom(4)
    return head + key + bytes(byte ^ key[number % 4] for number, byte in enumerate(payload))
