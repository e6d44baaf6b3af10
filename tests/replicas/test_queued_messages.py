"""The tests of `tests/api/test_queued_messages.py`, on two replicas."""

from tests.api.test_queued_messages import *  # noqa: F403
