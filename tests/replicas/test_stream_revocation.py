"""The tests of `tests/api/test_stream_revocation.py`, on two replicas."""

from tests.api.test_stream_revocation import *  # noqa: F403
