"""A world for all tests of a module, in which nothing is recorded yet."""

import pytest_asyncio
from sqlalchemy import delete

from models import ChatDebugRun
from tests.api.conftest import shared_world
from tests.support.world import World

__all__ = ["shared_world", "world"]


@pytest_asyncio.fixture
async def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    async with shared_world.services.database.begin() as conn:
        await conn.execute(delete(ChatDebugRun))
    return shared_world
