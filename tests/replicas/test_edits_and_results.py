"""The tests of `tests/worker/test_edits_and_results.py`, on two replicas."""

from tests.worker.test_edits_and_results import *  # noqa: F403
