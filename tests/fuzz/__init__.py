"""Fuzzing a running server from its contract: `python -m tests.fuzz`, and a small form of it among the tests."""
