"""What is served to browsers, tried in one: `python -m tests.browser`."""
