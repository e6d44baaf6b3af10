"""Request limits: a sliding minute per caller and operation, counted by each process for itself.

The count of the running minute plus the share of the last minute that still lies within sixty seconds: two numbers
per caller and operation, forgotten after two minutes.
"""

import ipaddress
import math
import time
from collections.abc import Callable
from typing import TypeAlias
from uuid import UUID

from palaver.auth.actor import Actor
from palaver.errors.auth import RateLimitBypassRefused, RateLimited
from palaver.settings import Settings

WINDOW_SECONDS = 60
ADDRESS_ENTRIES = 50_000
"""Counters of anonymous callers per minute; users are not bounded, since there are only so many."""

LOGIN_OPERATIONS = frozenset(
    {"log-in-user", "openid-connect-callback", "validate-user-password", "update-user-password"}
)
FILE_OPERATIONS = frozenset({"upload-chat-file", "get-chat-file"})

_OTHERS = "others"

_Counter: TypeAlias = tuple[UUID | str, str]


class RateLimiter:
    """Counts requests and refuses those above the limit (contract/README.md, "Rate limits and body caps")."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._on = settings.rate_limits == "on"
        self._api = settings.rate_limit_api
        self._limits = dict.fromkeys(LOGIN_OPERATIONS, settings.rate_limit_login)
        self._limits |= dict.fromkeys(FILE_OPERATIONS, settings.rate_limit_files)
        self._clock = clock
        self._window = 0
        self._current: dict[_Counter, int] = {}
        self._previous: dict[_Counter, int] = {}
        self._addresses = 0

    def admit(self, operation_id: str, actor: Actor | None, client_ip: str, bypass: str | None) -> dict[str, str]:
        """Let one request of an operation pass, or refuse it; `bypass` is the header `X-Coder-Bypass-Ratelimit`.

        Returns the headers of the answer (empty when nothing is counted). Raises RateLimited (429) and
        RateLimitBypassRefused (428).
        """
        if not self._on:
            return {}
        if actor is None:
            return self.check(_network(client_ip), operation_id, self.limit_of(operation_id))
        if bypass == "true":
            if not actor.is_owner:
                raise RateLimitBypassRefused
            return {}
        return self.check(actor.user_id, operation_id, self.limit_of(operation_id))

    def limit_of(self, operation_id: str) -> int:
        """Requests a minute that one caller may make of an operation."""
        return self._limits.get(operation_id, self._api)

    def check(self, key: UUID | str, endpoint: str, limit: int) -> dict[str, str]:
        """Count one request of a user (UUID) or address (text); returns X-RateLimit-* or raises RateLimited."""
        if not self._on:
            return {}
        now = self._clock()
        window = int(now // WINDOW_SECONDS)
        if window != self._window:
            self._turn_to(window)
        counter: _Counter = (key, endpoint)
        current = self._current.get(counter)
        if current is None:
            if type(key) is str:
                if self._addresses >= ADDRESS_ENTRIES:
                    # A flood from many addresses must not grow the table: newcomers share one count per operation.
                    counter = (_OTHERS, endpoint)
                else:
                    self._addresses += 1
            current = self._current.get(counter, 0)
        elapsed = now - window * WINDOW_SECONDS
        previous = self._previous.get(counter, 0)
        used = current + int(previous * (WINDOW_SECONDS - elapsed) / WINDOW_SECONDS) if previous else current
        if used >= limit:
            wait = _seconds_until_free(current, previous, elapsed, limit)
            raise RateLimited(limit, self._headers(limit, 0, window) | {"Retry-After": str(wait)})
        self._current[counter] = current + 1
        return self._headers(limit, limit - used - 1, window)

    def _turn_to(self, window: int) -> None:
        self._previous = self._current if window == self._window + 1 else {}
        self._current = {}
        self._addresses = 0
        self._window = window

    @staticmethod
    def _headers(limit: int, remaining: int, window: int) -> dict[str, str]:
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(remaining),
            "X-RateLimit-Reset": str((window + 1) * WINDOW_SECONDS),
        }


def _seconds_until_free(current: int, previous: int, elapsed: float, limit: int) -> int:
    if current >= limit:
        # The running minute alone is full: its share begins to shrink with the next one.
        return math.floor(WINDOW_SECONDS - elapsed) + 1
    free_at = WINDOW_SECONDS * (1 - (limit - current) / previous)
    return math.floor(free_at - elapsed) + 1


def _network(address: str) -> str:
    """What stands for an anonymous caller: its IPv4 address, or its IPv6 network, of which it has every address."""
    if ":" not in address:
        return address
    try:
        return str(ipaddress.ip_network((address.partition("%")[0], 64), strict=False))
    except ValueError:
        return address
