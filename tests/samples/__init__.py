"""The samples of the documentation, run as a reader would: `python -m tests.samples`."""
