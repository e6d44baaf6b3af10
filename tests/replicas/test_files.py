"""The tests of `tests/api/test_files.py`, on two replicas."""

from tests.api.test_files import *  # noqa: F403
