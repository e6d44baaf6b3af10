"""How commands come to their database: the configured one, or the embedded one of the data directory."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import asyncpg

from palaver.cli.console import fail, report
from palaver.database import SchemaBusy, SchemaTooNew, TooFewConnections, needed_connections
from palaver.embedded import DataDirectoryInUse, EmbeddedPostgres, is_in_use, url_of_running
from palaver.postgres import PostgresFailed
from palaver.settings import Settings

_LEAST_CONNECTIONS: Final = 60
_RESERVED_CONNECTIONS: Final = 3
"""What PostgreSQL keeps for superusers by default."""


@contextmanager
def database_refusals() -> Iterator[None]:
    """End the command with a plain sentence when the database cannot be reached, opened or used."""
    try:
        yield
    except (SchemaBusy, SchemaTooNew, TooFewConnections) as refusal:
        fail(str(refusal))
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as refusal:
        fail(f"cannot use the database: {refusal}")


@contextmanager
def owned_database(settings: Settings) -> Iterator[str]:
    """The database URL for a server: the configured one, else an embedded PostgreSQL that runs for the block."""
    if settings.database_url is not None:
        yield settings.database_url
        return
    try:
        embedded = EmbeddedPostgres(
            settings.data_dir, max_connections=_max_connections(settings), report=report
        ).__enter__()
    except (DataDirectoryInUse, PostgresFailed) as refusal:
        fail(str(refusal))
    except OSError as error:
        fail(f"cannot use the data directory {settings.data_dir}: {error.strerror or error}.")
    try:
        yield embedded.url
    finally:
        embedded.__exit__(None, None, None)


@contextmanager
def any_database(settings: Settings) -> Iterator[str]:
    """The database URL for a short command, which may run beside a server on the same data directory."""
    if settings.database_url is None and is_in_use(settings.data_dir):
        url = url_of_running(settings.data_dir)
        if url is None:
            fail(f"The server on {settings.data_dir} is just starting or stopping. Try again in a moment.")
        yield url
        return
    with owned_database(settings) as url:
        yield url


def _max_connections(settings: Settings) -> int:
    """What the embedded PostgreSQL has to allow, unless it is set."""
    if settings.embedded_max_connections is not None:
        return settings.embedded_max_connections
    needed = needed_connections(settings.pool_size, settings.workers)
    return max(_LEAST_CONNECTIONS, needed + _RESERVED_CONNECTIONS)
