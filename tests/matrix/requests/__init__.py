"""One valid request for every operation, about something that is there: what it is refused for is who asks."""

from tests.matrix.requests import chats, configuration, identity
from tests.matrix.requests.registry import REQUESTS, Request

__all__ = ["REQUESTS", "Request", "chats", "configuration", "identity"]
