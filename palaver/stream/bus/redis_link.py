"""Frames over the publish and subscribe of Redis or Valkey: one connection to send, one to hear.

Whoever reads too slowly is cut off by the server, and then told to look at the database, like after any other cut.
"""

import asyncio
import socket
import uuid
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

from redis.asyncio.connection import AbstractConnection, Connection, parse_url
from redis.exceptions import RedisError

from palaver.stream.bus.link import Destination, LinkDown

_FRAME_BYTES: Final = 64 * 1024
_FAILURES: Final = (RedisError, OSError)
_DEAD_AFTER: Final = {"TCP_KEEPIDLE": 5, "TCP_KEEPINTVL": 3, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 15_000}
"""After this a silent connection is given up by the operating system; where it knows these options."""


class RedisLink:
    """See Link. Raises ValueError for a `url` that is none of Redis.

    Channels carry the number of the URL's database: deployments that share a server take different numbers.
    """

    name = "Redis"
    frame_bytes = _FRAME_BYTES

    def __init__(self, url: str) -> None:
        self._options: dict[str, Any] = {**parse_url(url)}
        self._class: type[AbstractConnection] = self._options.pop("connection_class", Connection)
        self._channel = f"palaver:{self._options.get('db', 0)}"
        self._speaking: AbstractConnection | None = None
        self._hearing: AbstractConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._turn = asyncio.Lock()
        self._pong = asyncio.Event()
        try:
            self._connection()
        except TypeError as error:
            raise ValueError(f"an option of the URL is not known: {error}") from error

    async def open(self, replica_id: uuid.UUID, receive: Callable[[bytes], None], lost: Callable[[str], None]) -> None:
        """See Link.open."""
        hearing, speaking = self._connection(), self._connection()
        self._hearing, self._speaking = hearing, speaking
        channels = self._channel_of(None), self._channel_of(replica_id)
        try:
            await hearing.connect()  # type: ignore[no-untyped-call]
            await hearing.send_command("SUBSCRIBE", *channels)
            for _ in channels:
                await hearing.read_response()
            await speaking.connect()  # type: ignore[no-untyped-call]
        except _FAILURES as error:
            raise LinkDown(_reason(error)) from error
        self._reader = asyncio.create_task(self._read(hearing, receive, lost), name="bus-redis")

    async def send(self, frames: Sequence[tuple[Destination, bytes]]) -> None:
        """See Link.send; one pipeline."""
        await self._ask([("PUBLISH", self._channel_of(destination), frame) for destination, frame in frames])

    async def probe(self) -> None:
        """See Link.probe; on both connections."""
        hearing = self._hearing
        if hearing is None:
            raise LinkDown("not connected")
        self._pong.clear()
        try:
            await hearing.send_command("PING")
        except _FAILURES as error:
            raise LinkDown(_reason(error)) from error
        await self._ask([("PING",)])
        await self._pong.wait()

    async def close(self) -> None:
        """See Link.close."""
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.cancel()
            await asyncio.wait((reader,))
        for connection in (self._hearing, self._speaking):
            if connection is not None:
                with suppress(*_FAILURES):
                    await connection.disconnect(nowait=True)
        self._hearing = self._speaking = None

    def _connection(self) -> AbstractConnection:
        # Version 2 of the protocol, with the plain answers that every server has. The bus keeps the time.
        options = {
            "socket_timeout": None,
            "health_check_interval": 0,
            **self._options,
            "protocol": 2,
            "decode_responses": False,
        }
        if issubclass(self._class, Connection):
            known = {getattr(socket, name): value for name, value in _DEAD_AFTER.items() if hasattr(socket, name)}
            options |= {"socket_keepalive": True, "socket_keepalive_options": known}
        return self._class(**options)

    def _channel_of(self, destination: Destination) -> str:
        return self._channel if destination is None else f"{self._channel}:{destination.hex}"

    async def _ask(self, commands: Iterable[tuple[str | bytes, ...]]) -> None:
        commands = list(commands)
        async with self._turn:
            speaking = self._speaking
            if speaking is None:
                raise LinkDown("not connected")
            try:
                await speaking.send_packed_command(speaking.pack_commands(commands), check_health=False)
                for _ in commands:
                    await speaking.read_response()
            except _FAILURES as error:
                raise LinkDown(_reason(error)) from error

    async def _read(
        self, hearing: AbstractConnection, receive: Callable[[bytes], None], lost: Callable[[str], None]
    ) -> None:
        try:
            while True:
                match await hearing.read_response():
                    case [b"message", _, bytes() as frame]:
                        receive(frame)
                    case [b"pong", *_] | b"PONG":
                        self._pong.set()
        except _FAILURES as error:
            lost(_reason(error))


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"
