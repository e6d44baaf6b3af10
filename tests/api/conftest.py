"""A server that nobody has set up yet, and one world that the tests of a module share."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest_asyncio

from palaver.settings import Settings
from tests.conftest import WORLD_TEMPLATE
from tests.postgres import Cluster, drop_database, fresh_database
from tests.support.api import Api
from tests.support.contract_checker import ResponseChecker
from tests.support.server import run_server
from tests.support.world import Facts, World, run_world


@pytest_asyncio.fixture
async def empty_server(database_url: str, tmp_path: Path, checker: ResponseChecker) -> AsyncIterator[Api]:
    """An anonymous caller of a server without users."""
    settings = Settings(database_url=database_url, data_dir=tmp_path, rate_limits="off", role="api")
    async with run_server(settings) as server:
        api = Api(server.url, checker)
        yield api
        await api.close()


@pytest_asyncio.fixture(scope="module")
async def shared_world(
    postgres: Cluster, world_facts: Facts, world_data_dir: Path, checker: ResponseChecker, replicas: int
) -> AsyncIterator[World]:
    """A server without a worker for all tests of a module, which bring chats of their own.

    A module takes it with a fixture `world` that returns it.
    """
    async with _clone(postgres, world_facts, world_data_dir, checker, replicas, role="api") as world:
        yield world


@pytest_asyncio.fixture(scope="module")
async def working_world(
    postgres: Cluster, world_facts: Facts, world_data_dir: Path, checker: ResponseChecker, replicas: int
) -> AsyncIterator[World]:
    """As `shared_world`, with a worker: chats that run are answered."""
    async with _clone(postgres, world_facts, world_data_dir, checker, replicas, retry_initial_seconds=0.02) as world:
        yield world


@pytest_asyncio.fixture(scope="module")
async def quiet_world(
    postgres: Cluster, world_facts: Facts, world_data_dir: Path, checker: ResponseChecker, replicas: int
) -> AsyncIterator[World]:
    """As `working_world`, but nothing is written beside the turns: their calls are all that their models get."""
    values: dict[str, Any] = {"retry_initial_seconds": 0.02, "automatic_texts": "off"}
    async with _clone(postgres, world_facts, world_data_dir, checker, replicas, **values) as world:
        yield world


@asynccontextmanager
async def _clone(
    postgres: Cluster, facts: Facts, data_dir: Path, checker: ResponseChecker, replicas: int, **values: Any
) -> AsyncIterator[World]:
    url = await fresh_database(postgres, template=WORLD_TEMPLATE)
    values = {"experiments": "chat-advisor", "allow_private_networks": True, **values}
    settings = Settings(database_url=url, data_dir=data_dir, rate_limits="off", shutdown_grace_seconds=0, **values)
    async with run_world(facts, settings, checker, replicas=replicas) as world:
        yield world
    await drop_database(postgres, url)
