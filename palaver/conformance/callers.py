"""Who calls the server: requests with a token, every answer judged. Rate limits are waited out, as they ask."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import httpx2
import orjson

from palaver.conformance.checks import Failed, Skipped
from palaver.conformance.judging import Judge, excerpt

CHATS: Final = "/api/experimental/chats"
NOT_OFFERED: Final = frozenset({404, 405, 501})
"""Statuses by which a server says that it has no such operation."""
_LONGEST_PAUSE: Final = 90.0
_TRIES: Final = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names in lower case."""

    method: str
    path: str
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The decoded body. Raises Failed when it is no JSON."""
        try:
            return orjson.loads(self.body)
        except orjson.JSONDecodeError:
            raise Failed(f"{self}: the body is no JSON") from None

    def __str__(self) -> str:
        return f"{self.method} {self.path}: {self.status} {excerpt(self.body)}".rstrip()

    def expect(self, status: int) -> "Answer":
        """Itself. Raises Failed when the status is another."""
        if self.status != status:
            raise Failed(f"expected {status}; {self}")
        return self

    def refused(
        self, status: int, message: str, *, detail: str | None = None, validations: list[dict[str, str]] | None = None
    ) -> None:
        """Raises Failed unless this is the refusal with that status, message and, where given, detail and fields."""
        body = self.json if self.status == status else None
        wanted: dict[str, Any] = {"message": message}
        if detail is not None:
            wanted["detail"] = detail
        if validations is not None:
            wanted["validations"] = validations
        got = {key: body.get(key) for key in wanted} if isinstance(body, dict) else None
        if got != wanted:
            raise Failed(f"expected {status} {orjson.dumps(wanted).decode()}; {self}")


class Wire:
    """The server's address, one connection pool, and the judge of what comes back.

    `pausing` is told the seconds and the reason of a wait that the server asks for.
    """

    def __init__(self, url: str, judge: Judge, *, seconds: float, pausing: Callable[[float], None]) -> None:
        self.url = url.rstrip("/")
        self.judge = judge
        self.seconds = seconds
        self.last = ""
        self._pausing = pausing
        self.client = httpx2.AsyncClient(timeout=httpx2.Timeout(seconds, connect=15.0))

    async def close(self) -> None:
        """Close all connections."""
        await self.client.aclose()

    async def send(
        self, method: str, path: str, *, extension: bool = False, judged: bool = True, **options: Any
    ) -> Answer:
        """One request and its judged answer; after a 429 with `Retry-After` again, a few times.

        `extension`: the request is for something that the server may not have, so only what succeeds is judged.
        """
        for attempt in range(_TRIES):
            response = await self.client.request(method, f"{self.url}{path}", **options)
            # A caller is known by its token alone; a kept session cookie would be another caller.
            self.client.cookies.clear()
            answer = Answer(method, path, response.status_code, lower(response.headers), response.content)
            self.last = str(answer)
            if judged and not (extension and (answer.status in NOT_OFFERED or answer.status >= 500)):
                self.judge.answer(method, path, answer.status, answer.headers, answer.body)
            after = answer.headers.get("retry-after", "")
            if answer.status != 429 or not after.isdigit() or attempt == _TRIES - 1:
                return answer
            seconds = min(float(after), _LONGEST_PAUSE) + 0.5
            self._pausing(seconds)
            await asyncio.sleep(seconds)
        raise AssertionError("the last try returns")


class Caller:
    """Requests of one user, or of nobody."""

    def __init__(self, wire: Wire, token: str | None) -> None:
        self.wire = wire
        self.token = token

    @property
    def headers(self) -> dict[str, str]:
        """What tells the server who calls."""
        return {} if self.token is None else {"Coder-Session-Token": self.token}

    async def request(self, method: str, path: str, **options: Any) -> Answer:
        """Send; `json`, `params`, `content` and `headers` as httpx takes them, `extension` as `Wire.send`."""
        headers = self.headers | options.pop("headers", {})
        return await self.wire.send(method, path, headers=headers, **options)

    async def get(self, path: str, **params: Any) -> Answer:
        """GET with query parameters."""
        return await self.request("GET", path, params=params)

    async def post(self, path: str, body: Any = None, **options: Any) -> Answer:
        """POST with a JSON body, if there is one."""
        return await self.request("POST", path, **({} if body is None else {"json": body}), **options)

    async def patch(self, path: str, body: Any, **options: Any) -> Answer:
        """PATCH with a JSON body."""
        return await self.request("PATCH", path, json=body, **options)

    async def delete(self, path: str, **options: Any) -> Answer:
        """DELETE."""
        return await self.request("DELETE", path, **options)

    async def offered(self, method: str, path: str, **options: Any) -> Answer:
        """The answer of an extension. Raises Skipped when the server has none, Failed when it was to have it all."""
        answer = await self.request(method, path, extension=True, **options)
        if answer.status in NOT_OFFERED or answer.status >= 500:
            raise self.lacks(f"the server does not offer it: {answer.status}")
        return answer

    def lacks(self, words: str) -> Exception:
        """What to raise when the server has not got what only Palaver promises."""
        return Failed(words) if self.wire.judge.strict else Skipped(words)


def lower(headers: httpx2.Headers) -> dict[str, str]:
    """The headers by lower-case name; several of one name are joined."""
    return {name.lower(): value for name, value in headers.items()}
