"""Worlds that the tests of a module share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from palaver.settings import Settings
from tests.api.conftest import quiet_world
from tests.conftest import WORLD_TEMPLATE
from tests.postgres import Cluster, drop_database, fresh_database
from tests.support.contract_checker import ResponseChecker
from tests.support.world import Facts, World, run_world

__all__ = ["fleet", "quiet_world"]


@pytest_asyncio.fixture(scope="module")
async def fleet(
    postgres: Cluster, world_facts: Facts, world_data_dir: Path, checker: ResponseChecker
) -> AsyncIterator[World]:
    """Two servers for all tests of a module, which take chats over from each other quickly."""
    url = await fresh_database(postgres, template=WORLD_TEMPLATE)
    settings = Settings(
        database_url=url,
        data_dir=world_data_dir,
        allow_private_networks=True,
        rate_limits="off",
        automatic_texts="off",
        shutdown_grace_seconds=0,
        retry_initial_seconds=0.02,
        acquisition_seconds=0.2,
        heartbeat_seconds=0.2,
        heartbeat_stale_seconds=3,
        requires_action_seconds=0.3,
        approval_seconds=4,
    )
    async with run_world(world_facts, settings, checker, replicas=2) as world:
        yield world
    await drop_database(postgres, url)
