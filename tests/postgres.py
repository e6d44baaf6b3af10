"""A PostgreSQL of the tests' own: one cluster, one migrated template, a clone of it for every test that asks.

Its data is throw-away, so nothing waits for the disk; apart from that it is the server that Palaver embeds.
"""

import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
from sqlalchemy import make_url

from palaver.database import upgrade
from palaver.postgres import PostgresServer

TEMPLATE = "template_palaver"

_OPTIONS = {
    "max_connections": "300",
    "shared_buffers": "64MB",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "io_method": "sync",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `url` is of its superuser and maintenance database."""

    server: PostgresServer
    url: str

    def database_url(self, name: str) -> str:
        """The URL of another database of this cluster."""
        return make_url(self.url).set(database=name).render_as_string(hide_password=False)


@contextmanager
def start_cluster(**options: str) -> Iterator[Cluster]:
    """A fresh cluster in a temporary directory, removed afterwards. Takes about a second. `options` of its own."""
    directory = Path(tempfile.mkdtemp(prefix="palaver-tests-"))
    # The server may run as another user; what is inside is closed to everybody but that one.
    directory.chmod(0o711)
    try:
        sockets = directory / "run"
        sockets.mkdir(mode=0o700)
        server = PostgresServer(directory / "data", sockets, directory / "log", _OPTIONS | options)
        password = secrets.token_hex(16)
        server.create(password, sync=False)
        server.start()
        try:
            yield Cluster(server, server.url(password))
        finally:
            server.stop()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


async def create_template(cluster: Cluster) -> None:
    """Migrate the database that `fresh_database` copies."""
    await _execute(cluster, f"CREATE DATABASE {TEMPLATE}")
    await upgrade(cluster.database_url(TEMPLATE))
    await _execute(cluster, f"ALTER DATABASE {TEMPLATE} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false")


async def make_template(cluster: Cluster, url: str, name: str) -> None:
    """Turn a database of `fresh_database`, to which nobody is connected any more, into the template `name`."""
    await _execute(cluster, f'ALTER DATABASE "{make_url(url).database}" RENAME TO {name}')
    await _execute(cluster, f"ALTER DATABASE {name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false")


async def fresh_database(cluster: Cluster, *, migrated: bool = True, template: str = TEMPLATE) -> str:
    """The URL of a new database: a copy of the template, or an empty one."""
    name, source = f"test_{secrets.token_hex(6)}", template if migrated else "template0"
    await _execute(cluster, f"CREATE DATABASE {name} TEMPLATE {source} STRATEGY file_copy")
    return cluster.database_url(name)


async def drop_database(cluster: Cluster, url: str) -> None:
    """Remove a database of `fresh_database`, with whatever is connected to it."""
    await _execute(cluster, f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')


async def _execute(cluster: Cluster, statement: str) -> None:
    connection = await asyncpg.connect(cluster.url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
