"""HTTP between a session and its MCP server: policy, credentials, and bounds on what is read.

Whatever goes wrong with one request becomes the answer of that request, so that it ends one call and not the session
with all its calls: `failure_of` gives back what happened. The SDK itself follows redirects to the same origin only, so
that no credential goes to another.
"""

import asyncio
import secrets
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import Final, Protocol

import httpx2
import orjson
import structlog

from palaver.configuration.mcp_servers import MCPServer
from palaver.errors.outgoing import ConnectionRefusedByPolicy
from palaver.errors.tools import SignInRequired, ToolServerProblem, ToolServerUnavailable
from palaver.llm.transport import DEFAULT_PORTS
from palaver.outgoing import OutgoingPolicy
from palaver.tools.limits import ACCEPT_SECONDS, ANSWER_SECONDS, MAX_ANSWER_BYTES, MAX_ANSWER_PARTS
from palaver.tools.redaction import secrets_of

CUT: Final = "The connection broke before the end of the answer."
UNFINISHED: Final = "The server did not finish its answer."
TOO_LARGE: Final = "The answer is too large."
TOO_MANY_PARTS: Final = "The answer has too many parts."
COMPRESSED: Final = "The server compressed its answer, which it was not asked to."
UNREAD: Final = (CUT, UNFINISHED, TOO_LARGE, TOO_MANY_PARTS, COMPRESSED)
"""Why the body of an answer is not read to its end."""

_SESSION_ID: Final = "mcp-session-id"
_FAILED: Final = -32000
_FAILURES: Final = 64
"""Failures remembered until somebody asks for them."""
_SECRETS: Final = 32
"""Credentials remembered of a session, the newest ones."""
_USERS_OWN: Final = frozenset({"oauth2", "user_oidc"})

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})

log = structlog.get_logger(__name__)

Send = Callable[[httpx2.Request], Awaitable[httpx2.Response]]


class Headers(Protocol):
    """Gives the headers that authenticate one owner at one server; `stale` as in `Credentials.headers`."""

    async def __call__(self, *, stale: str | None = None) -> Mapping[str, str]: ...


class SessionExpired(Exception):
    """The server does not know the session any more; the request was not worked on."""


class StatusRefused(ToolServerUnavailable):
    """The server answered with an error of HTTP and nothing else."""


class AnswerBroken(httpx2.StreamError):
    """A JSON answer that is not read to its end; the text says why."""


class StreamBroken(httpx2.SSEError):
    """A stream of events that is not read to its end; the text says why."""


_EXPECTED: Final = (
    ToolServerProblem,
    ConnectionRefusedByPolicy,
    SessionExpired,
    AnswerBroken,
    TimeoutError,
    httpx2.HTTPError,
)
"""What happens to requests in the ordinary course of things."""


def authorization_of(headers: Mapping[str, str]) -> str:
    """The value of `Authorization`, empty where there is none."""
    return next((value for name, value in headers.items() if name.lower() == "authorization"), "")


class ServerTransport(httpx2.AsyncBaseTransport):
    """The requests of one session: `send` does them, `headers` authenticates them.

    `stateful` is a session whose answers come over another request's stream: a request that fails ends it (`broken`).
    """

    def __init__(
        self, server: MCPServer, headers: Headers, send: Send, policy: OutgoingPolicy, *, stateful: bool
    ) -> None:
        self._server = server
        self._headers = headers
        self._send = send
        self._policy = policy
        self._stateful = stateful
        self._failures: OrderedDict[str, Exception] = OrderedDict()
        self._secrets: deque[str] = deque(maxlen=_SECRETS)
        self.broken: Callable[[Exception], None] = lambda error: None
        """Called with what ended a stateful session."""

    @property
    def secrets(self) -> frozenset[str]:
        """The credentials that were sent, of which the server may repeat some."""
        return frozenset(self._secrets)

    def failure_of(self, data: object) -> Exception | None:
        """What happened to the request that was answered with an error holding this `data`."""
        return self._failures.pop(data, None) if isinstance(data, str) else None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request; one that asks something always gets an answer, others may raise."""
        if request.method != "POST":
            response = await self._authenticated(request)
            await self._check(request, response)
        else:
            try:
                # A session sends what is answered elsewhere, or not at all, one after the other.
                async with asyncio.timeout(ACCEPT_SECONDS if self._stateful or _wants_no_answer(request) else None):
                    response = await self._authenticated(request)
                    await self._check(request, response)
            except Exception as error:
                if not isinstance(error, _EXPECTED):
                    log.exception("request to an MCP server failed", action="mcp_failed", slug=self._server.slug)
                if self._stateful:
                    self.broken(error)
                    raise
                return self._answer_for(error)
        # A session whose answers come over one stream ends with it, and with each request that fails.
        return _bounded(response, endless=_is_endless(request), failed=self.broken if self._stateful else None)

    async def _authenticated(self, request: httpx2.Request) -> httpx2.Response:
        """Send with the owner's headers; once more with others when the server refuses them."""
        given = await self._headers()
        response = await self._sent(request, given)
        if response.status_code != 401:
            return response
        await response.aclose()
        response = await self._sent(request, await self._headers(stale=authorization_of(given)))
        if response.status_code != 401:
            return response
        await response.aclose()
        if self._server.auth_type in _USERS_OWN:
            raise SignInRequired(self._server)
        raise ToolServerUnavailable(self._server, "The server refuses the credentials that are configured for it.")

    async def _sent(self, request: httpx2.Request, headers: Mapping[str, str]) -> httpx2.Response:
        url = request.url
        self._policy.check(url.scheme, url.host, url.port or DEFAULT_PORTS.get(url.scheme, 0))
        self._secrets.extend(secrets_of(headers).difference(self._secrets))
        request.headers.update(headers)
        return await self._send(request)

    async def _check(self, request: httpx2.Request, response: httpx2.Response) -> None:
        """Raise, with the response closed, for a redirect elsewhere and for errors not in the protocol's own words."""
        try:
            if response.status_code in _REDIRECTS and "location" in response.headers:
                self._check_redirect(request, response)
            if response.status_code >= 400 and request.method == "POST":
                await self._check_status(request, response)
        except BaseException:
            await response.aclose()
            raise

    def _check_redirect(self, request: httpx2.Request, response: httpx2.Response) -> None:
        """Raise for a redirect that the SDK would not follow either: its words would tell where it leads."""
        there = request.url.join(response.headers["location"])
        keeps_method = request.method == "GET" or response.status_code in (307, 308)
        if not keeps_method or _origin(there) not in (_origin(request.url), _origin(request.url, upgraded=True)):
            raise StatusRefused(self._server, "The server sends elsewhere, where its credentials are not for.")

    async def _check_status(self, request: httpx2.Request, response: httpx2.Response) -> None:
        if (self._stateful or _SESSION_ID in request.headers) and await self._says_expired(response):
            raise SessionExpired
        if self._stateful or not _is_json(response):
            status = response.status_code
            phrase = httpx2.codes.get_reason_phrase(status)  # ours: theirs may say anything
            raise StatusRefused(self._server, f"The server answered {status} {phrase}".rstrip() + ".")

    async def _says_expired(self, response: httpx2.Response) -> bool:
        """Whether a refusal means the session: by its status, as the protocol has it, or by words, as some say it."""
        if response.status_code == 404:
            return True
        if response.status_code != 400 or not (self._stateful or _is_json(response)):
            return False
        stream = _bounded(response, endless=False).stream
        assert isinstance(stream, httpx2.AsyncByteStream)
        text = b"".join([chunk async for chunk in stream])
        await stream.aclose()
        response.stream = httpx2.ByteStream(text)
        return b"session" in text.lower()

    def _answer_for(self, error: Exception) -> httpx2.Response:
        key = secrets.token_hex(8)
        self._failures[key] = error
        if len(self._failures) > _FAILURES:
            self._failures.popitem(last=False)
        body = {"jsonrpc": "2.0", "id": None, "error": {"code": _FAILED, "message": "failed", "data": key}}
        return httpx2.Response(502, headers={"content-type": "application/json"}, content=orjson.dumps(body))


def _origin(url: httpx2.URL, *, upgraded: bool = False) -> tuple[str, str, int | None]:
    """Scheme, host and port, None for the scheme's own; `upgraded` from http to https where both are the usual ones."""
    scheme = "https" if upgraded and url.scheme == "http" and url.port is None else url.scheme
    return scheme, url.host, url.port


def _wants_no_answer(request: httpx2.Request) -> bool:
    """Whether the body is a notification, or an answer of ours."""
    try:
        message = orjson.loads(request.content)
    except (orjson.JSONDecodeError, httpx2.RequestNotRead):
        return False
    return isinstance(message, dict) and ("id" not in message or "method" not in message)


def _is_endless(request: httpx2.Request) -> bool:
    """Whether the answer is a stream of news that only ends with the session."""
    return request.method == "GET" or request.headers.get("mcp-method") == "subscriptions/listen"


def _is_json(response: httpx2.Response) -> bool:
    return response.headers.get("content-type", "").lower().startswith("application/json")


def _bounded(
    response: httpx2.Response, *, endless: bool, failed: Callable[[Exception], None] | None = None
) -> httpx2.Response:
    """The response with an end to its body, unless it is an endless stream; nothing compressed, which has none."""
    is_stream = response.headers.get("content-type", "").lower().startswith("text/event-stream")
    assert isinstance(response.stream, httpx2.AsyncByteStream)
    response.stream = _BoundedBody(
        response.stream,
        StreamBroken if is_stream else AnswerBroken,
        encoded=response.headers.get("content-encoding", "identity") != "identity",
        endless=endless and is_stream,
        failed=failed,
    )
    return response


def _parts(text: bytes, start: int) -> int:
    """About how many items the JSON from `start` on has; commas within texts count as well."""
    return sum(text.count(mark, max(start, 0)) for mark in (b",", b"[", b"{"))


class _BoundedBody(httpx2.AsyncByteStream):
    """The bytes of a body, as they are; raises `error` for too many of them, or when they take too long."""

    def __init__(
        self,
        stream: httpx2.AsyncByteStream,
        error: type[AnswerBroken] | type[StreamBroken],
        *,
        encoded: bool,
        endless: bool,
        failed: Callable[[Exception], None] | None,
    ) -> None:
        self._stream = stream
        self._error = error
        self._encoded = encoded
        self._endless = endless
        self._failed = failed

    async def __aiter__(self) -> AsyncIterator[bytes]:
        if self._encoded:
            raise self._broken(COMPRESSED)
        deadline = None if self._endless else asyncio.get_running_loop().time() + ANSWER_SECONDS
        chunks = aiter(self._stream)
        size = parts = 0
        while True:
            try:
                async with asyncio.timeout_at(deadline):
                    chunk = await anext(chunks, None)
            except TimeoutError:
                raise self._broken(UNFINISHED) from None
            except httpx2.HTTPError as error:
                raise self._broken(CUT) from error
            if chunk is None:
                if self._endless:
                    self._broken(CUT)
                return
            size += len(chunk)
            if size > MAX_ANSWER_BYTES and not self._endless:
                raise self._broken(TOO_LARGE)
            event_end = chunk.rfind(b"\n\n") if self._error is StreamBroken else -1
            parts = _parts(chunk, event_end) + (parts if event_end < 0 else 0)
            if parts > MAX_ANSWER_PARTS:
                raise self._broken(TOO_MANY_PARTS)
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()

    def _broken(self, text: str) -> Exception:
        error = self._error(text)
        if self._failed is not None:
            self._failed(error)
        return error
