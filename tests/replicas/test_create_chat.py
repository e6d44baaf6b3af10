"""The tests of `tests/api/test_create_chat.py`, on two replicas."""

from tests.api.test_create_chat import *  # noqa: F403
