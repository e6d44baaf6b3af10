"""The tests of `tests/api/test_chat_sharing.py`, on two replicas."""

from tests.api.test_chat_sharing import *  # noqa: F403
