"""The tests of `tests/api/test_watch.py`, on two replicas."""

from tests.api.test_watch import *  # noqa: F403
