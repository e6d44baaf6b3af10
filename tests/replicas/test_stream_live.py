"""The tests of `tests/api/test_stream_live.py`, on two replicas."""

from tests.api.test_stream_live import *  # noqa: F403
