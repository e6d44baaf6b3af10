"""Worlds that the tests of a module share."""

from tests.api.conftest import quiet_world

__all__ = ["quiet_world"]
