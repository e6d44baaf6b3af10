"""Frames over PostgreSQL's LISTEN and NOTIFY: one connection of its own, which must be direct.

A proxy that pools transactions takes LISTEN and forgets it, without a word; therefore each connection has to prove
first that it hears what another one says.
"""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

import asyncpg
from sqlalchemy import make_url

from palaver.stream.bus.link import Destination, LinkDown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    Connection = asyncpg.Connection[asyncpg.Record]

_CHANNEL: Final = "palaver"
_FRAME_BYTES: Final = 7_999
"""PostgreSQL's limit is 8,000 bytes with the end of the text."""
_PROOF: Final = "proof"
_PROOF_SECONDS: Final = 2.0
_NOTIFY: Final = "SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS frame(channel, payload)"
# A NOTIFY is a transaction; nothing of it needs to reach the disk. A server that cannot reach us any more shall notice
# soon: an unread listener keeps the queue of all from being emptied.
_PREPARE: Final = """
SELECT set_config('synchronous_commit', 'off', false), set_config('tcp_keepalives_idle', '10', false),
  set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false),
  set_config('tcp_user_timeout', '30000', false)"""
_FAILURES: Final = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, ValueError)


class PostgresLink:
    """See Link. `url` names a database that all processes share, reached without a pooling proxy."""

    name = "PostgreSQL"
    frame_bytes = _FRAME_BYTES

    def __init__(self, url: str) -> None:
        self._url = _driver_url(url)
        self._connection: Connection | None = None
        self._turn = asyncio.Lock()
        self._proved = asyncio.Event()

    async def open(self, replica_id: uuid.UUID, receive: Callable[[bytes], None], lost: Callable[[str], None]) -> None:
        """See Link.open."""

        def hear(connection: Any, process: int, channel: str, payload: object) -> None:
            if payload == _PROOF:
                self._proved.set()
            else:
                receive(str(payload).encode())

        try:
            self._connection = connection = await self._connect()
            await connection.execute(_PREPARE)
            connection.add_termination_listener(lambda _: lost("PostgreSQL has ended the connection"))
            await connection.add_listener(_CHANNEL, hear)
            await connection.add_listener(_channel_of(replica_id), hear)
            await self._prove(replica_id)
        except _FAILURES as error:
            raise LinkDown(_reason(error)) from error

    async def _connect(self) -> "Connection":
        return await asyncpg.connect(self._url, server_settings={"application_name": "palaver bus"})

    async def _prove(self, replica_id: uuid.UUID) -> None:
        """Raises LinkDown unless the connection hears another one. Its own words might come back even where it is
        nobody's own: within the transaction that says them."""
        self._proved.clear()
        other = await self._connect()
        try:
            await other.execute(_NOTIFY, [_channel_of(replica_id)], [_PROOF])
            await other.close()
        finally:
            if not other.is_closed():
                other.terminate()
        try:
            async with asyncio.timeout(_PROOF_SECONDS):
                await self._proved.wait()
        except TimeoutError:
            raise LinkDown(
                "the connection does not hear others; if a proxy pools transactions, PALAVER_DATABASE_DIRECT_URL must "
                "lead past it"
            ) from None

    async def send(self, frames: Sequence[tuple[Destination, bytes]]) -> None:
        """See Link.send; one statement."""
        channels = [_channel_of(destination) for destination, _ in frames]
        payloads = [frame.decode() for _, frame in frames]
        async with self._connected() as connection:
            await connection.execute(_NOTIFY, channels, payloads)

    async def probe(self) -> None:
        """See Link.probe."""
        async with self._connected() as connection:
            await connection.execute("SELECT 1")

    async def close(self) -> None:
        """See Link.close."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()

    @asynccontextmanager
    async def _connected(self) -> "AsyncIterator[Connection]":
        async with self._turn:
            if self._connection is None:
                raise LinkDown("not connected")
            try:
                yield self._connection
            except _FAILURES as error:
                raise LinkDown(_reason(error)) from error


def _channel_of(destination: Destination) -> str:
    return _CHANNEL if destination is None else f"{_CHANNEL}_{destination.hex}"


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _driver_url(url: str) -> str:
    """`url` as asyncpg reads it; what SQLAlchemy calls `ssl` is libpq's `sslmode`."""
    parsed = make_url(url).set(drivername="postgresql")
    if "ssl" in parsed.query:
        parsed = parsed.difference_update_query(["ssl"]).update_query_dict({"sslmode": parsed.query["ssl"]})
    return parsed.render_as_string(hide_password=False)
