"""The API's tests of chats once more, with two replicas behind a balancer that sends each request to the next one.

Each module here collects the tests of one module of `tests/api`; the conftest gives them their servers.
"""
