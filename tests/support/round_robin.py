"""A load balancer for tests: every request goes to the next replica, with no sticky sessions.

It asks client and replica to close the connection after one request (`Connection: close`), so that spreading
connections spreads requests; a WebSocket keeps its connection, and its replica. Bytes pass as they are.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import cycle
from urllib.parse import urlsplit

HEAD_BYTES = 65_536
CHUNK_BYTES = 65_536


class RoundRobin:
    """Passes connections on to `replicas`, (host, port) each, in turns."""

    def __init__(self, replicas: Sequence[tuple[str, int]]) -> None:
        self._next = cycle(replicas)
        self.passed: list[tuple[str, int]] = []
        """Where each request went, in order."""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass one request on, and what follows it on its connection."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            writer.close()
            return
        replica = next(self._next)
        self.passed.append(replica)
        try:
            from_replica, to_replica = await asyncio.open_connection(*replica)
        except OSError:
            writer.close()
            return
        to_replica.write(_for_one_request(head))
        asking = asyncio.create_task(_pass(reader, to_replica), name="round-robin-request")
        try:
            await _pass(from_replica, writer)
        finally:
            asking.cancel()
            await asyncio.wait([asking])
            for end in (to_replica, writer):
                end.close()


def _for_one_request(head: bytes) -> bytes:
    lines = head.split(b"\r\n")
    if any(line.lower().startswith(b"upgrade:") for line in lines):
        return head
    kept = [line for line in lines if not line.lower().startswith(b"connection:")]
    return b"\r\n".join([kept[0], b"Connection: close", *kept[1:]])


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass bytes on until one side ends."""
    with suppress(ConnectionError):
        while data := await reader.read(CHUNK_BYTES):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()


@asynccontextmanager
async def balanced(urls: Sequence[str]) -> AsyncIterator[tuple[str, RoundRobin]]:
    """The URL of a balancer before the servers at `urls`, until the block ends."""
    addresses = [(parts.hostname or "", parts.port or 0) for parts in map(urlsplit, urls)]
    balancer = RoundRobin(addresses)
    connections: set[asyncio.Task[None]] = set()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving = asyncio.create_task(balancer.serve(reader, writer), name="round-robin")
        connections.add(serving)
        serving.add_done_callback(connections.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0, limit=HEAD_BYTES)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", balancer
    finally:
        server.close()
        for serving in (left := set(connections)):
            serving.cancel()
        if left:
            await asyncio.wait(left)
        await server.wait_closed()
