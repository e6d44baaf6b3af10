"""The tests of `tests/api/test_busy_behavior.py`, on two replicas."""

from tests.api.test_busy_behavior import *  # noqa: F403
