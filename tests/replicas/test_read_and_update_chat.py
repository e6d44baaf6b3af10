"""The tests of `tests/api/test_read_and_update_chat.py`, on two replicas."""

from tests.api.test_read_and_update_chat import *  # noqa: F403
