"""The tests of `tests/api/test_delete_chat.py`, on two replicas."""

from tests.api.test_delete_chat import *  # noqa: F403
