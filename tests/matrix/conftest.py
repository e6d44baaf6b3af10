"""The matrix is asked of the same kind of server as the API's tests."""

import pytest_asyncio

from tests.api.conftest import shared_world
from tests.matrix.stage import Stage, set_stage
from tests.support.world import World

__all__ = ["shared_world"]


@pytest_asyncio.fixture(scope="module")
async def stage(shared_world: World) -> Stage:
    """The people, once for all."""
    return await set_stage(shared_world)
