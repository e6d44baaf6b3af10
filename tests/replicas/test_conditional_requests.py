"""The tests of `tests/api/test_conditional_requests.py`, on two replicas."""

from tests.api.test_conditional_requests import *  # noqa: F403
