"""The one place where answers and refusals become bytes."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.types import Send

from palaver.contract.replies import PiecesReply, RawHeaders, RawReply, Redirect, Reply
from palaver.errors.auth import PlainTextError
from palaver.errors.base import PalaverError
from palaver.errors.request import MethodNotAllowed

JSON = b"application/json; charset=utf-8"
_OPTIONS = orjson.OPT_APPEND_NEWLINE | orjson.OPT_UTC_Z


@dataclass(slots=True)
class Response:
    """An answer: status, header fields and bytes; those of `pieces` come while they are sent, and before `body`."""

    status: int
    headers: RawHeaders
    body: bytes
    pieces: AsyncIterator[bytes] | None = None

    async def send(self, send: Send, *, websocket: bool = False) -> None:
        """Send it: over HTTP, or as the denial of a WebSocket that has not been accepted."""
        prefix = "websocket.http.response" if websocket else "http.response"
        await send({"type": f"{prefix}.start", "status": self.status, "headers": self.headers})
        if self.pieces is not None:
            async for piece in self.pieces:
                await send({"type": f"{prefix}.body", "body": piece, "more_body": True})
        await send({"type": f"{prefix}.body", "body": self.body})


def render(answer: Any, success_status: int, headers: RawHeaders) -> Response:
    """What a handler returned, except for streams; `headers` is extended and becomes the response's own.

    Raises TypeError for a value that is no JSON.
    """
    if answer is None:
        return Response(success_status, headers, b"")
    status = success_status
    if isinstance(answer, RawReply):
        _extend(headers, answer.headers)
        headers += [(b"set-cookie", cookie.encode("latin-1")) for cookie in answer.cookies]
        return _with_body(answer.status or status, headers, answer.media_type.encode("latin-1"), answer.body)
    if isinstance(answer, PiecesReply):
        _extend(headers, answer.headers)
        headers.append((b"content-type", answer.media_type.encode("latin-1")))
        if answer.length is not None:
            headers.append((b"content-length", b"%d" % answer.length))
        return Response(status, headers, b"", answer.pieces)
    if isinstance(answer, Redirect):
        _extend(headers, {"Location": answer.location, "Cache-Control": "no-store"})
        headers += [(b"set-cookie", cookie.encode("latin-1")) for cookie in answer.cookies]
        return _with_body(307, headers, None, b"")
    if isinstance(answer, Reply):
        _extend(headers, answer.headers)
        headers += [(b"set-cookie", cookie.encode("latin-1")) for cookie in answer.cookies]
        status = answer.status or status
        answer = answer.body
    return _with_body(status, headers, JSON, orjson.dumps(answer, option=_OPTIONS))


def render_error(error: PalaverError, headers: RawHeaders) -> Response:
    """A refusal: JSON, except what the wire gives as text or without a body."""
    _extend(headers, error.headers)
    if isinstance(error, MethodNotAllowed):
        return _with_body(error.status, headers, None, b"")
    if isinstance(error, PlainTextError):
        return _with_body(error.status, headers, error.media_type.encode(), f"{error.message}\n".encode())
    return _with_body(error.status, headers, JSON, orjson.dumps(error.body(), option=_OPTIONS))


def _with_body(status: int, headers: RawHeaders, media_type: bytes | None, body: bytes) -> Response:
    if media_type is not None:
        headers.append((b"content-type", media_type))
    headers.append((b"content-length", b"%d" % len(body)))
    return Response(status, headers, body)


def _extend(headers: RawHeaders, more: Mapping[str, str]) -> None:
    for name, value in more.items():
        headers.append((name.lower().encode("latin-1"), value.encode("latin-1", "replace")))
