"""One server for all tests of the contract that change nothing in it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from palaver.settings import Settings
from tests.conftest import WORLD_TEMPLATE
from tests.postgres import Cluster, drop_database, fresh_database
from tests.support.contract_checker import ResponseChecker
from tests.support.world import Facts, World, run_world


@pytest_asyncio.fixture(scope="session")
async def contract_world(
    postgres: Cluster, world_facts: Facts, world_data_dir: Path, checker: ResponseChecker
) -> AsyncIterator[World]:
    """A server over a clone of the built world, shared: for requests that are refused, or only read."""
    url = await fresh_database(postgres, template=WORLD_TEMPLATE)
    settings = Settings(database_url=url, data_dir=world_data_dir, rate_limits="off", shutdown_grace_seconds=0)
    async with run_world(world_facts, settings, checker) as world:
        yield world
    await drop_database(postgres, url)
