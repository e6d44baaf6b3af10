"""The tests of `tests/api/test_tool_results.py`, on two replicas."""

from tests.api.test_tool_results import *  # noqa: F403
