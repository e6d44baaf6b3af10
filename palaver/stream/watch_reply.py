"""The answer to watch-chat-events: one watcher's stream, in the encoding that the request asks for."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Protocol

from starlette.types import Receive, Scope, Send

from palaver.contract.replies import RawHeaders
from palaver.database import Database
from palaver.errors.checks import WatchUnavailable
from palaver.stream.bus import Bus
from palaver.stream.ending import RECHECK_SECONDS
from palaver.stream.reply import ReplySettings
from palaver.stream.signals import Signal
from palaver.stream.sse import serve_events, without_cursors
from palaver.stream.watch_events import read_events
from palaver.stream.watch_looks import ChatLooks
from palaver.stream.watch_stream import Watcher, WatchStream
from palaver.stream.websocket import one_by_one, serve_frames


class WatchServices(Protocol):
    """The services that a watch needs."""

    @property
    def settings(self) -> ReplySettings: ...

    @property
    def database(self) -> Database: ...

    @property
    def bus(self) -> Bus: ...


class WatchReply:
    """A StreamReply with the events of one owner's chats, as far as `watcher` may see them.

    Events count from before the answer's head is sent: who loads his list once the stream is open misses nothing.
    """

    def __init__(self, services: WatchServices, owner_id: uuid.UUID, watcher: Watcher) -> None:
        self._services = services
        self._owner_id = owner_id
        self._watcher = watcher

    async def http(self, scope: Scope, receive: Receive, send: Send, headers: RawHeaders) -> None:
        """Server-sent events, until the stream or the viewer ends it. Raises WatchUnavailable."""
        settings = self._services.settings
        async with self._stream() as stream:
            await serve_events(
                stream,
                scope,
                receive,
                send,
                headers,
                heartbeat_seconds=settings.stream_heartbeat_seconds,
                patience_seconds=settings.slow_viewer_seconds,
                encode=without_cursors,
            )

    async def websocket(self, scope: Scope, receive: Receive, send: Send, headers: RawHeaders) -> None:
        """Frames of one event each, until the stream or the viewer ends it. Raises WatchUnavailable."""
        async with self._stream() as stream:
            await serve_frames(
                stream,
                scope,
                receive,
                send,
                headers,
                patience_seconds=self._services.settings.slow_viewer_seconds,
                encode=one_by_one,
            )

    @asynccontextmanager
    async def _stream(self) -> AsyncIterator[WatchStream]:
        bus, settings, database = self._services.bus, self._services.settings, self._services.database
        if bus.closed:
            raise WatchUnavailable
        signal = Signal()
        with bus.subscribe_watch(self._owner_id, signal) as changes:
            looks = None if changes.hears_all else ChatLooks(database, self._owner_id)
            if looks is not None:
                await looks.look()
            read = partial(read_events, database)
            recheck_seconds = min(settings.stream_poll_seconds, RECHECK_SECONDS)
            yield WatchStream(changes, signal, self._watcher, read, looks, recheck_seconds=recheck_seconds)
