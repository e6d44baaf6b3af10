"""Fixtures of the state machine's tests: an owner with a model, a machine and what it published."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text

from palaver.chat.machine import ChatMachine
from palaver.database import Database
from tests.chat.world import Published, World, make_world
from tests.postgres import Cluster, drop_database, fresh_database


@pytest_asyncio.fixture(scope="session")
async def chat_database(postgres: Cluster) -> AsyncIterator[Database]:
    """One database for all of these tests: emptying it is much faster than making another one."""
    url = await fresh_database(postgres)
    database = Database(url)
    yield database
    await database.close()
    await drop_database(postgres, url)


@pytest.fixture
def published() -> Published:
    """What the machine told others, in order."""
    return Published()


@pytest_asyncio.fixture
async def world(chat_database: Database, published: Published) -> AsyncIterator[World]:
    """A machine on a real, empty database with one user and one model config."""
    yield await make_world(chat_database, ChatMachine(chat_database, published), published)
    async with chat_database.begin() as conn:
        for table in ("chats", "idempotency_keys", "users"):
            await conn.execute(text(f"DELETE FROM {table}"))
