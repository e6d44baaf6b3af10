"""The matrix is asked of the same kind of server as the API's tests."""

from tests.api.conftest import shared_world

__all__ = ["shared_world"]
