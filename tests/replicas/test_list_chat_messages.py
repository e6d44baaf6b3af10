"""The tests of `tests/api/test_list_chat_messages.py`, on two replicas."""

from tests.api.test_list_chat_messages import *  # noqa: F403
