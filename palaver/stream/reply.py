"""The answer to stream-chat-events: one stream, in the encoding that the request asks for."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Protocol

from starlette.types import Receive, Scope, Send

from palaver.contract.replies import RawHeaders
from palaver.database import Database
from palaver.stream.bus import Bus
from palaver.stream.chat_stream import ChatStream, StreamSettings
from palaver.stream.reading import reading
from palaver.stream.relay import PartsRelay
from palaver.stream.sse import serve_events, with_cursors
from palaver.stream.websocket import in_arrays, serve_frames


class ReplySettings(StreamSettings, Protocol):
    """The settings that a stream and its encodings read."""

    @property
    def stream_heartbeat_seconds(self) -> float:
        """Silence after which server-sent events carry a comment."""

    @property
    def slow_viewer_seconds(self) -> float:
        """How long a viewer may refuse data."""


class StreamServices(Protocol):
    """The services that a stream needs."""

    @property
    def settings(self) -> ReplySettings: ...

    @property
    def database(self) -> Database: ...

    @property
    def bus(self) -> Bus: ...

    @property
    def relay(self) -> PartsRelay: ...


class ChatStreamReply:
    """A StreamReply; see `ChatStream` for `after_id` and `last_event_id` (the cursor).

    `is_owner`: the viewer owns the chat, so that watching marks it read. Authorization comes before; `is_permitted`
    is asked again and again while the stream lasts.
    """

    def __init__(
        self,
        services: StreamServices,
        chat_id: uuid.UUID,
        *,
        is_owner: bool,
        is_permitted: Callable[[], Awaitable[bool]],
        after_id: int | None = None,
        last_event_id: str | None = None,
    ) -> None:
        self._services = services
        self._chat_id = chat_id
        self._is_owner = is_owner
        self._is_permitted = is_permitted
        self._after_id = after_id or 0
        self._last_event_id = last_event_id or None

    async def http(self, scope: Scope, receive: Receive, send: Send, headers: RawHeaders) -> None:
        """Server-sent events, until the stream or the viewer ends it."""
        settings = self._services.settings
        async with reading(self._services.database, self._chat_id, is_owner=self._is_owner):
            await serve_events(
                self._stream(self._last_event_id),
                scope,
                receive,
                send,
                headers,
                heartbeat_seconds=settings.stream_heartbeat_seconds,
                patience_seconds=settings.slow_viewer_seconds,
                encode=with_cursors,
            )

    async def websocket(self, scope: Scope, receive: Receive, send: Send, headers: RawHeaders) -> None:
        """Frames of events, until the stream or the viewer ends it."""
        async with reading(self._services.database, self._chat_id, is_owner=self._is_owner):
            await serve_frames(
                self._stream(None),
                scope,
                receive,
                send,
                headers,
                patience_seconds=self._services.settings.slow_viewer_seconds,
                encode=in_arrays,
            )

    def _stream(self, cursor: str | None) -> ChatStream:
        services = self._services
        return ChatStream(
            settings=services.settings,
            database=services.database,
            bus=services.bus,
            relay=services.relay,
            is_permitted=self._is_permitted,
            chat_id=self._chat_id,
            after_id=self._after_id,
            cursor=cursor,
        )
