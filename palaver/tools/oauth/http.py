"""Requests to authorization servers, and to MCP servers about them: by the outgoing policy, bounded, not redirected.

Answers to these requests hold tokens, and the requests themselves client secrets: neither follows a redirect.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx2
import orjson

from palaver.configuration.urls import parse_url
from palaver.errors.mcp_oauth import EndpointUnavailable
from palaver.errors.outgoing import ConnectionRefusedByPolicy
from palaver.llm.transport import DEFAULT_PORTS, http_transport
from palaver.outgoing import OutgoingPolicy

TIMEOUT_SECONDS: Final = 10.0
MAX_ANSWER_BYTES: Final = 262_144
_MAX_IDLE: Final = 2
_IDLE_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What an endpoint answered; `document` is its JSON object, None for anything else and where it was not read."""

    status: int
    headers: Mapping[str, str]
    document: dict[str, Any] | None


class OAuthHttp:
    """One client for all of them, made at the first request. Close it at the end."""

    def __init__(self, outgoing: OutgoingPolicy) -> None:
        self._outgoing = outgoing
        self._client: httpx2.AsyncClient | None = None

    async def close(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    async def get(self, url: str, *, head_only: bool = False) -> Answer:
        """A GET; with `head_only` the body, which may never end, stays unread. Raises EndpointUnavailable."""
        accept = "application/json" if not head_only else "application/json, text/event-stream"
        return await self._send(url, head_only=head_only, method="GET", headers={"Accept": accept})

    async def post_form(self, url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """A form, answered by JSON. Raises EndpointUnavailable."""
        return await self._send(url, method="POST", data=form, headers={"Accept": "application/json", **headers})

    async def post_json(self, url: str, body: Mapping[str, Any]) -> Answer:
        """JSON, answered by JSON. Raises EndpointUnavailable."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        return await self._send(url, method="POST", content=orjson.dumps(body), headers=headers)

    async def _send(self, url: str, *, head_only: bool = False, **request: Any) -> Answer:
        self._check(url)
        body = bytearray()
        try:
            async with asyncio.timeout(TIMEOUT_SECONDS), self._http().stream(url=url, **request) as response:
                async for chunk in _no_chunks() if head_only else response.aiter_bytes():
                    body += chunk
                    if len(body) > MAX_ANSWER_BYTES:
                        raise EndpointUnavailable("Its answer is too large.")
        except TimeoutError as error:
            raise EndpointUnavailable("It did not answer in time.") from error
        except ConnectionRefusedByPolicy as error:
            raise EndpointUnavailable(str(error)) from error
        except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError) as error:
            raise EndpointUnavailable(f"It could not be reached: {type(error).__name__}.") from error
        return Answer(response.status_code, response.headers, _object(bytes(body)))

    def _check(self, url: str) -> None:
        parts = parse_url(url)
        if parts is None or parts.hostname is None:
            raise EndpointUnavailable("Its address is no URL.")
        try:
            self._outgoing.check(parts.scheme, parts.hostname, parts.port or DEFAULT_PORTS[parts.scheme])
        except ConnectionRefusedByPolicy as error:
            raise EndpointUnavailable(str(error)) from error

    def _http(self) -> httpx2.AsyncClient:
        if self._client is None:
            transport = http_transport(self._outgoing, max_idle=_MAX_IDLE, idle_seconds=_IDLE_SECONDS)
            self._client = httpx2.AsyncClient(
                transport=transport,
                timeout=TIMEOUT_SECONDS,
                follow_redirects=False,
                # What is small before it is unpacked need not be small afterwards.
                headers={"Accept-Encoding": "identity", "User-Agent": "Palaver"},
            )
        return self._client


async def _no_chunks() -> AsyncIterator[bytes]:
    return
    yield b""


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    return document if isinstance(document, dict) else None
