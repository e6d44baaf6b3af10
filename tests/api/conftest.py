"""A server that nobody has set up yet."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from palaver.settings import Settings
from tests.support.api import Api
from tests.support.contract_checker import ResponseChecker
from tests.support.server import run_server


@pytest_asyncio.fixture
async def empty_server(database_url: str, tmp_path: Path, checker: ResponseChecker) -> AsyncIterator[Api]:
    """An anonymous caller of a server without users."""
    settings = Settings(database_url=database_url, data_dir=tmp_path, rate_limits="off", role="api")
    async with run_server(settings) as server:
        api = Api(server.url, checker)
        yield api
        await api.close()
