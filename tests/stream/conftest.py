"""Fixtures of the stream's tests."""

import pytest
import pytest_asyncio

from palaver.database import Database
from palaver.settings import Settings
from tests.stream.world import LiveChat


@pytest.fixture
def settings() -> Settings:
    """Small times, so that nothing has to be waited for."""
    return Settings(parts_retention_seconds=0.05, slow_viewer_seconds=0.5, stream_heartbeat_seconds=0.1)


@pytest_asyncio.fixture
async def chat(database: Database, settings: Settings) -> LiveChat:
    """A running chat with one user message."""
    return await LiveChat.create(database, settings)
