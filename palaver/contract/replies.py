"""What a handler may return, beside a plain JSON value.

- a dict or a list: sent as JSON with the operation's success status (its only 2xx response);
- None: the success status and no body (to send the JSON value `null`, return `Reply(None)`);
- `Reply`: JSON with headers (`Location`), cookies or another status;
- `RawReply`: bytes of any media type (a page, a stored file);
- `PiecesReply`: the same, sent piece by piece;
- `Redirect`: sends a browser elsewhere, without a body;
- a `StreamReply`: drives the rest of the connection itself.

JSON is written compactly and ends with a newline; UUID values become strings, datetimes RFC 3339 with `Z`.
"""

from collections.abc import AsyncIterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, runtime_checkable

from starlette.types import Receive, Scope, Send

RawHeaders: TypeAlias = list[tuple[bytes, bytes]]
"""Header fields as ASGI wants them: lower-case names, both sides Latin-1 bytes."""

Message: TypeAlias = MutableMapping[str, Any]


@dataclass(slots=True)
class Reply:
    """A JSON answer; `status` None means the operation's success status, each of `cookies` is one `Set-Cookie`."""

    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None
    cookies: Sequence[str] = ()


@dataclass(slots=True)
class RawReply:
    """An answer whose bytes are sent as they are, with `Content-Type: <media_type>` and `Content-Length`.

    Each of `cookies` is one `Set-Cookie`.
    """

    body: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None
    cookies: Sequence[str] = ()


@dataclass(slots=True)
class PiecesReply:
    """As RawReply, for `length` bytes that come while they are sent; what fails on the way cuts the answer short.

    None: how many they are is not known before.
    """

    pieces: AsyncIterator[bytes]
    length: int | None
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Redirect:
    """307 to `location` (URL or path, in ASCII); each of `cookies` is one `Set-Cookie`. No cache keeps it."""

    location: str
    cookies: Sequence[str] = ()


@runtime_checkable
class StreamReply(Protocol):
    """An answer without a foreseeable end. The edge calls one of the two methods once, and returns when it does.

    `headers` are the fields that every response carries (build version, nosniff, request id, rate limit); the reply
    adds its own and sends them with `http.response.start` or `websocket.accept`. A PalaverError raised before that
    first message is still rendered as an ordinary refusal; afterwards the reply closes in its own way.
    """

    async def http(self, scope: Scope, receive: Receive, send: Send, headers: RawHeaders) -> None:
        """Answer a plain GET (server-sent events); `receive` yields `http.disconnect` when the viewer leaves."""

    async def websocket(self, scope: Scope, receive: Receive, send: Send, headers: RawHeaders) -> None:
        """Answer an upgrade. `websocket.connect` is still unread; nothing has been accepted."""


Answer: TypeAlias = dict[str, Any] | list[Any] | Reply | RawReply | PiecesReply | Redirect | StreamReply | None
"""Everything that a handler may return (typed dictionaries are dicts at run time)."""
