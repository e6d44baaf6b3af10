"""The tests of `tests/api/test_chat_control_and_queue.py`, on two replicas."""

from tests.api.test_chat_control_and_queue import *  # noqa: F403
