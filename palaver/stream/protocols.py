"""uvicorn's protocols with what streams need beyond ASGI: liveness probes in the wire's words, and an abrupt end.

ASGI knows no ping, and uvicorn closes a silent peer with another code than the wire's; and a connection whose peer
reads nothing can only be dropped at the transport. What clients get wrong is answered, ends what it has to end, and is
no error of ours.
"""

from collections import deque
from http import HTTPStatus
from typing import Any, Final

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from palaver.stream.sending import ABORT_EXTENSION

GOING_AWAY: Final = 1001
INVALID_DATA: Final = 1007
INVALID_REQUEST: Final = "Invalid HTTP request received."
"""What uvicorn says to requests that it cannot read."""
PROBE_FAILED_REASON: Final = "liveness probe failed"
MAX_CLIENT_FRAME_BYTES: Final = 65_536
"""Clients of the streams send nothing; what they send all the same need not be large."""


class StreamingHttpProtocol(HttpToolsProtocol):
    """HTTP with the abort extension in every scope; a lost connection ends all requests that came on it."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._earlier: deque[RequestResponseCycle] = deque()
        """Requests behind which others have come while they were served."""

    def on_headers_complete(self) -> None:
        """A request: keep the one before it, of which the base class knows no longer."""
        before: RequestResponseCycle | None = self.cycle
        super().on_headers_complete()
        while self._earlier and self._earlier[0].response_complete:
            self._earlier.popleft()
        if before is not None and before is not self.cycle and not before.response_complete:
            self._earlier.append(before)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell all requests: a stream whose viewer has asked for something else behind it would never hear of it."""
        super().connection_lost(exc)
        for cycle in self._earlier:
            cycle.disconnected = True
            cycle.message_event.set()
        self._earlier.clear()

    def on_message_begin(self) -> None:
        """A new request: give its scope a way to drop the connection."""
        super().on_message_begin()
        extensions: dict[str, Any] = self.scope.setdefault("extensions", {}) or {}
        extensions[ABORT_EXTENSION] = self.transport.abort


class StreamingWebSocketProtocol(WebSocketsSansIOProtocol):
    """WebSocket with the abort extension, probes that close with 1001, and a close that never waits for the peer."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # A server about to stop says `connection: close` to everybody; an upgrade has a `connection` of its own.
        self.default_headers = [header for header in self.default_headers if header[0] != b"connection"]

    def data_received(self, data: bytes) -> None:
        """Data of the viewer. A request for a WebSocket that cannot be read would be left without an answer."""
        super().data_received(data)
        if not self.handshake_initiated and self.conn.handshake_exc is not None and not self.transport.is_closing():
            self.transport.write(self.conn.reject(HTTPStatus.BAD_REQUEST, INVALID_REQUEST).serialize())
            self.transport.close()

    def send_receive_event_to_app(self) -> None:
        """A whole message. A text that is none is told to the viewer; the base class also logs an error of ours."""
        if self.curr_msg_data_type == "text" and not self.close_sent and not _is_text(b"".join(self.frames)):
            self.frames = []
            self.conn.send_close(INVALID_DATA)
            self.handle_parser_exception()
            return
        super().send_receive_event_to_app()

    def handle_connect(self, event: Request) -> None:
        """A new connection; the scope is made inside, before the application's task first runs."""
        super().handle_connect(event)
        if hasattr(self, "scope"):
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[ABORT_EXTENSION] = self.transport.abort

    async def send(self, message: ASGISendEvent) -> None:
        """As in ASGI; but a close does not wait for a peer that reads nothing, and cuts it off after the time-out."""
        stuck = self.handshake_complete and not self.writable.is_set() and not self.close_sent
        if message["type"] != "websocket.close" or not stuck:
            await super().send(message)
            return
        code, reason = message.get("code", 1000), message.get("reason", "") or ""
        self.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        self.conn.send_close(code, reason)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        if self.read_paused:
            self.read_paused = False
            self.transport.resume_reading()
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)

    def keepalive_timeout(self) -> None:
        """The peer left a probe unanswered."""
        self.pong_timer = None
        self.pending_ping_payload = None
        if self.close_sent or self.transport.is_closing():
            return
        self.conn.fail(GOING_AWAY, PROBE_FAILED_REASON)
        self.transport.write(b"".join(self.conn.data_to_send()))
        self.close_sent = True
        self.transport.close()
        # `close` waits for a peer to take what is buffered; this one has shown that it may not.
        self.close_timer = self.loop.call_later(self.close_timeout, self.transport.abort)


def _is_text(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def protocol_options(probe_seconds: float) -> dict[str, Any]:
    """Keyword arguments for `uvicorn.Config` of every server that serves streams.

    A WebSocket is pinged every `probe_seconds` and closed when the answer takes longer than that.
    """
    return {
        "http": StreamingHttpProtocol,
        "ws": StreamingWebSocketProtocol,
        "ws_ping_interval": probe_seconds,
        "ws_ping_timeout": probe_seconds,
        # Reference clients read frames without compression, and small frames gain nothing from it.
        "ws_per_message_deflate": False,
        "ws_max_size": MAX_CLIENT_FRAME_BYTES,
    }
