"""Fixtures of the stream's tests."""

import uuid
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from palaver.database import Database
from palaver.settings import Settings
from palaver.stream.parts import EpisodeKey
from tests.stream.wire import Replica, Wire
from tests.stream.world import LiveChat


@pytest.fixture
def settings() -> Settings:
    """Small times, so that nothing has to be waited for."""
    return Settings(parts_retention_seconds=0.05, slow_viewer_seconds=0.5, stream_heartbeat_seconds=0.1)


@pytest_asyncio.fixture
async def chat(database: Database, settings: Settings) -> LiveChat:
    """A running chat with one user message."""
    return await LiveChat.create(database, settings)


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def key() -> EpisodeKey:
    return EpisodeKey(uuid.uuid4(), 12, 1)


@pytest_asyncio.fixture
async def producer(wire: Wire, settings: Settings) -> AsyncIterator[Replica]:
    replica = Replica(wire, settings)
    yield replica
    replica.relay.stop()


@pytest_asyncio.fixture
async def viewer(wire: Wire, settings: Settings) -> AsyncIterator[Replica]:
    replica = Replica(wire, settings)
    yield replica
    replica.relay.stop()
