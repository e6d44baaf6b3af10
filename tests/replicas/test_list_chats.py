"""The tests of `tests/api/test_list_chats.py`, on two replicas."""

from tests.api.test_list_chats import *  # noqa: F403
