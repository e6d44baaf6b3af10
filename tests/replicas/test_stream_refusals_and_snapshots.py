"""The tests of `tests/api/test_stream_refusals_and_snapshots.py`, on two replicas."""

from tests.api.test_stream_refusals_and_snapshots import *  # noqa: F403
