"""Fixtures for every test: a real PostgreSQL, and a database of one's own."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from palaver.database import Database
from tests.postgres import Cluster, create_template, drop_database, fresh_database, start_cluster


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Cluster]:
    """One PostgreSQL for the whole run (of one worker process), still without a template."""
    with start_cluster() as cluster:
        yield cluster


@pytest_asyncio.fixture(scope="session")
async def postgres(postgres_server: Cluster) -> Cluster:
    """One PostgreSQL for the whole run, with the migrated template that `fresh_database` copies."""
    await create_template(postgres_server)
    return postgres_server


@pytest_asyncio.fixture
async def database_url(postgres: Cluster) -> AsyncIterator[str]:
    """The URL of a migrated database that only this test uses."""
    url = await fresh_database(postgres)
    yield url
    await drop_database(postgres, url)


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A pool on a migrated database that only this test uses."""
    database = Database(database_url)
    yield database
    await database.close()
