"""Which requests are repeated, and when. Owns the transports that do it.

A refusal with `Retry-After` is repeated after that time. After a lost connection or the like a request is repeated only
if it cannot act twice: a read, or one with an `Idempotency-Key`. The operations that take such a key get one here, the
same for each attempt, unless the caller gave one.
"""

import asyncio
import datetime as dt
import email.utils
import random
import time
import uuid
from dataclasses import dataclass
from typing import Final

import httpx

from palaver_client.generated.contract import IDEMPOTENT_OPERATIONS

ONCE: Final = "palaver_once"
"""The extension of a request whose sender repeats it himself."""
FIRST_DELAY_SECONDS: Final = 0.25
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_GATEWAY: Final = frozenset({502, 503, 504})
"""Of something between us and the server: whether the request has arrived is unknown."""


@dataclass(frozen=True)
class Retries:
    """How often a request is repeated, and the longest wait in seconds before that.

    A server that wants a longer one gets its refusal passed on.
    """

    count: int = 4
    max_delay: float = 30.0

    def after_response(self, request: httpx.Request, response: httpx.Response, attempt: int) -> float | None:
        """Seconds until the request is repeated; None when this is its answer."""
        delay = retry_after(response)
        if delay is None and _is_repeatable(request) and response.status_code in _GATEWAY:
            delay = back_off(attempt)
        return None if delay is None or attempt >= self.count or delay > self.max_delay else delay

    def after_loss(self, request: httpx.Request, attempt: int) -> float | None:
        """Seconds until the request is repeated; None when the loss is to be told."""
        return min(back_off(attempt), self.max_delay) if attempt < self.count and _is_repeatable(request) else None


class RetryTransport(httpx.BaseTransport):
    """Repeats requests over `transport`."""

    def __init__(self, transport: httpx.BaseTransport, retries: Retries) -> None:
        self._transport = transport
        self._retries = retries

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send, as often as it takes. Raises httpx.TransportError."""
        _give_key(request)
        if ONCE in request.extensions:
            return self._transport.handle_request(request)
        attempt = 0
        while True:
            try:
                response = self._transport.handle_request(request)
                delay = self._retries.after_response(request, response, attempt)
                if delay is None:
                    return response
                response.close()
            except httpx.TransportError:
                delay = self._retries.after_loss(request, attempt)
                if delay is None:
                    raise
            time.sleep(delay)
            attempt += 1

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()


class AsyncRetryTransport(httpx.AsyncBaseTransport):
    """Repeats requests over `transport`."""

    def __init__(self, transport: httpx.AsyncBaseTransport, retries: Retries) -> None:
        self._transport = transport
        self._retries = retries

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send, as often as it takes. Raises httpx.TransportError."""
        _give_key(request)
        if ONCE in request.extensions:
            return await self._transport.handle_async_request(request)
        attempt = 0
        while True:
            try:
                response = await self._transport.handle_async_request(request)
                delay = self._retries.after_response(request, response, attempt)
                if delay is None:
                    return response
                await response.aclose()
            except httpx.TransportError:
                delay = self._retries.after_loss(request, attempt)
                if delay is None:
                    raise
            await asyncio.sleep(delay)
            attempt += 1

    async def aclose(self) -> None:
        """Close the connections."""
        await self._transport.aclose()


def retry_after(response: httpx.Response) -> float | None:
    """The seconds that the server wants us to wait, when it says so in a refusal."""
    header = response.headers.get("retry-after")
    if header is None or response.status_code not in (429, 503):
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        wait = email.utils.parsedate_to_datetime(header) - dt.datetime.now(dt.UTC)
    except (TypeError, ValueError):
        return None
    return max(wait.total_seconds(), 0.0)


def back_off(attempt: int) -> float:
    """Seconds before attempt + 1: they double, spread so that many clients do not come back as one."""
    return FIRST_DELAY_SECONDS * 2.0**attempt * random.uniform(0.75, 1.25)  # noqa: S311 - no secret


def _give_key(request: httpx.Request) -> None:
    called = f"{request.method} {request.url.path}"
    if "idempotency-key" not in request.headers and any(operation.match(called) for operation in IDEMPOTENT_OPERATIONS):
        request.headers["Idempotency-Key"] = uuid.uuid4().hex


def _is_repeatable(request: httpx.Request) -> bool:
    return request.method in _SAFE or "idempotency-key" in request.headers
