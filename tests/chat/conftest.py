"""Fixtures of the state machine's tests: an owner with a model, a machine and what it published."""

import pytest
import pytest_asyncio

from palaver.chat.machine import ChatMachine
from palaver.database import Database
from tests.chat.world import Published, World, make_world


@pytest.fixture
def published() -> Published:
    """What the machine told others, in order."""
    return Published()


@pytest_asyncio.fixture
async def world(database: Database, published: Published) -> World:
    """A machine on a real database with one user and one model config."""
    return await make_world(database, ChatMachine(database, published), published)
