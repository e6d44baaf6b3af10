"""Two replicas for every world."""

import pytest

from tests.api.conftest import shared_world, working_world

__all__ = ["shared_world", "working_world"]


@pytest.fixture(scope="session")
def replicas() -> int:
    """How many servers serve a world."""
    return 2
