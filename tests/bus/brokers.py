"""Real brokers to hold the buses against: PostgreSQL and Redis behind proxies that can fail, and one process alone."""

import asyncio
import uuid
from abc import ABC, abstractmethod
from contextlib import AsyncExitStack
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from palaver.stream.bus import Bus, Link, LocalBus, SharedBus, Timing
from palaver.stream.bus.postgres_link import PostgresLink
from palaver.stream.bus.redis_link import RedisLink
from tests.chaos.fleet import Redis
from tests.chaos.proxy import FaultProxy

QUICK = Timing(
    connect=4,
    answer=3,
    probe=0.3,
    echo=4,
    backoff_least=0.02,
    backoff_most=0.2,
    start=5,
    farewell=3,
    newcomer=0.3,
    resync=0.2,
)
"""Periods short enough for tests, patience long enough for a loaded machine."""
_PATIENCE_SECONDS = 15.0


async def until(condition: object, seconds: float = _PATIENCE_SECONDS) -> None:
    """Wait until `condition()` holds; fails after `seconds`."""
    assert callable(condition)
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.005)


class Meeting(ABC):
    """Where buses meet."""

    is_shared: bool
    """Whether there can be more than one."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack

    @abstractmethod
    async def pair(self) -> tuple[Bus, Bus]:
        """Two buses that know each other; one and the same where there can be only one."""


class OneProcess(Meeting):
    """Whoever is here is there."""

    is_shared = False

    async def pair(self) -> tuple[Bus, Bus]:
        """The same bus twice."""
        bus = LocalBus()
        await bus.start()
        self._stack.push_async_callback(bus.stop)
        return bus, bus


class Broker(Meeting):
    """A server that buses meet on, each through a proxy of its own."""

    is_shared = True

    def __init__(self, stack: AsyncExitStack) -> None:
        super().__init__(stack)
        self.proxies: dict[Bus, FaultProxy] = {}

    async def join(self, timing: Timing = QUICK, *, start: bool = True) -> SharedBus:
        """A bus of its own replica, with a proxy of its own before the broker."""
        proxy = FaultProxy(self.connect)
        await proxy.start()
        self._stack.push_async_callback(proxy.stop)
        bus = SharedBus(uuid.uuid4(), self.link(proxy.port), timing)
        self.proxies[bus] = proxy
        self._stack.push_async_callback(bus.stop)
        if start:
            await bus.start()
            assert bus.connected
        return bus

    async def pair(self) -> tuple[Bus, Bus]:
        """Two replicas' buses."""
        here, there = await self.join(), await self.join()
        await until(lambda: here.peers and there.peers)
        return here, there

    @abstractmethod
    def link(self, port: int) -> Link:
        """A link through the proxy at `port`."""

    @abstractmethod
    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """What a proxy connects to."""

    @abstractmethod
    async def cut(self) -> None:
        """Have the broker end all connections; it goes on."""

    @abstractmethod
    async def shout(self, text: str) -> None:
        """Say something to everyone that is no frame."""


class PostgresBroker(Broker):
    """A database of the test's own; `url` is through the server's socket."""

    def __init__(self, stack: AsyncExitStack, url: str) -> None:
        super().__init__(stack)
        self._url = make_url(url)

    def link(self, port: int) -> Link:
        url = self._url.set(host="127.0.0.1", port=port, query={})
        return PostgresLink(url.render_as_string(hide_password=False))

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        directory, port = self._url.query["host"], self._url.query["port"]
        return await asyncio.open_unix_connection(f"{directory}/.s.PGSQL.{port}")

    async def cut(self) -> None:
        await self._execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'palaver bus' AND datname = current_database()"
        )

    async def shout(self, text: str) -> None:
        await self._execute("SELECT pg_notify('palaver', $1)", text)

    async def _execute(self, statement: str, *arguments: str) -> None:
        connection = await asyncpg.connect(self._url.render_as_string(hide_password=False))
        try:
            await connection.execute(statement, *arguments)
        finally:
            await connection.close()


class RedisBroker(Broker):
    """A server of the test's own; to be cut it is restarted."""

    def __init__(self, stack: AsyncExitStack, server: Redis) -> None:
        super().__init__(stack)
        self._server = server

    @classmethod
    async def start(cls, stack: AsyncExitStack, directory: Path) -> "RedisBroker":
        """Start the server."""
        server = Redis(directory)
        await server.start()
        stack.push_async_callback(server.stop)
        return cls(stack, server)

    def link(self, port: int) -> Link:
        return RedisLink(f"redis://127.0.0.1:{port}/3")

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await self._server.connect()

    async def cut(self) -> None:
        await self._server.stop()
        await self._server.start()

    async def shout(self, text: str) -> None:
        reader, writer = await self._server.connect()
        encoded = text.encode()
        writer.write(b"*3\r\n$7\r\nPUBLISH\r\n$9\r\npalaver:3\r\n$%d\r\n%b\r\n" % (len(encoded), encoded))
        await reader.readline()
        writer.close()
