"""The tests of `tests/api/test_edit_chat_message.py`, on two replicas."""

from tests.api.test_edit_chat_message import *  # noqa: F403
