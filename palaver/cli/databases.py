"""How commands come to their database: the configured one, or the embedded one of the data directory."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from palaver.cli.console import fail, report
from palaver.database import SchemaTooNew, TooFewConnections
from palaver.embedded import DataDirectoryInUse, EmbeddedPostgres, is_in_use, url_of_running
from palaver.postgres import PostgresFailed
from palaver.settings import Settings


@contextmanager
def database_refusals() -> Iterator[None]:
    """End the command with a plain sentence when the database cannot be reached, opened or used."""
    try:
        yield
    except (SchemaTooNew, TooFewConnections) as refusal:
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
            settings.data_dir, max_connections=settings.embedded_max_connections, report=report
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
