"""What a stream does with what it receives, whoever does the receiving: decoding, resuming, ending."""

import json
from collections.abc import Iterator
from typing import Any, Final

import httpx

from palaver_client.errors import PalaverError, StreamLost
from palaver_client.generated.events import EVENTS, ChatStreamEvent
from palaver_client.generated.models import (
    ChatStreamActionRequiredEvent,
    ChatStreamErrorEvent,
    ChatStreamQueueUpdateEvent,
    ChatStreamStatusEvent,
)
from palaver_client.generated.types import Unset
from palaver_client.retries import ONCE, Retries, back_off

After = str | int | None
"""Where a stream begins: behind an event (a cursor), behind a message (its id), or with all there is."""

_ATTEMPTS: Final = 8
_MAX_DELAY_SECONDS: Final = 10.0
_TIMEOUT: Final = httpx.Timeout(45.0, connect=10.0)
"""The server sends a heartbeat every 15 s."""


class UnreadableEvent(Exception):
    """What came is no event of the contract; the cause says why."""


BROKEN: Final = (httpx.TransportError, PalaverError, UnreadableEvent)
"""What a connection may end with, for `Progress.lost` to judge."""


class Progress:
    """How far a stream is. `cursor` is behind the last event; `over` is set by the one that ends it."""

    def __init__(self, chat_id: object, after: After, end: "TurnEnd | None", retries: Retries) -> None:
        self._max_wait = retries.max_delay
        self._path = f"/api/experimental/chats/{chat_id}/stream"
        self._after = after
        self._end = end
        self._attempt = 0
        self.cursor = after if isinstance(after, str) else None
        self.over = False

    def request(self) -> dict[str, Any]:
        """The arguments of `httpx.Client.stream` for the next connection."""
        headers = {"Accept": "text/event-stream"} | ({"Last-Event-ID": self.cursor} if self.cursor else {})
        is_message = self.cursor is None and isinstance(self._after, int)
        params = {"after_id": self._after} if is_message else None
        target = {"method": "GET", "url": self._path, "params": params, "headers": headers}
        return target | {"timeout": _TIMEOUT, "extensions": {ONCE: True}}

    def received(self, event_id: str | None, data: str) -> ChatStreamEvent | None:
        """The event; None for one that is newer than this package. Raises UnreadableEvent."""
        try:
            decoded = json.loads(data)
            kind = EVENTS.get(decoded["type"])
            event: ChatStreamEvent | None = kind.from_dict(decoded) if kind is not None else None
        except (ValueError, KeyError, TypeError, AttributeError) as cause:
            raise UnreadableEvent(f"an event cannot be read: {data[:200]}") from cause
        self.cursor = event_id or self.cursor
        self._attempt = 0
        self.over = event is not None and self._end is not None and self._end.seen(event)
        return event

    def lost(self, cause: Exception | None) -> float:
        """Seconds until the next connection. Raises what the server refuses for good, and StreamLost."""
        delay = min(back_off(self._attempt), _MAX_DELAY_SECONDS)
        if isinstance(cause, PalaverError):
            wanted = cause.retry_after
            if (wanted is None and cause.status < 500) or (wanted is not None and wanted > self._max_wait):
                raise cause
            delay = max(delay, wanted or 0.0)
        # Asked for once more, in case that it was spoiled on its way.
        if isinstance(cause, UnreadableEvent) and self._attempt > 0:
            raise StreamLost(str(cause)) from cause
        self._attempt += 1
        if self._attempt >= _ATTEMPTS:
            raise StreamLost("the stream could not be kept open") from cause
        return delay


class TurnEnd:
    """Tells, from the events of a chat, when it rests: after an error, for its client, or with nothing to answer."""

    def __init__(self, queued: int | None = None) -> None:
        """`queued` is the id of a queue entry that has to have its turn first."""
        self._queued = queued

    def seen(self, event: ChatStreamEvent) -> bool:
        """Whether the turn ends with this event."""
        match event:
            case ChatStreamQueueUpdateEvent(queued_messages=entries):
                waiting = () if isinstance(entries, Unset) else entries
                if all(entry.id != self._queued for entry in waiting):
                    self._queued = None
                return False
            case ChatStreamStatusEvent(status=status):
                return status.status == "waiting" and self._queued is None
            # They come behind the status that they explain.
            case ChatStreamErrorEvent() | ChatStreamActionRequiredEvent():
                return True
            case _:
                return False


class ServerSentEvents:
    """Decodes the text of server-sent events, in pieces cut anywhere."""

    def __init__(self) -> None:
        self._rest = ""
        self._id: str | None = None
        self._data: list[str] = []

    def feed(self, text: str) -> Iterator[tuple[str | None, str]]:
        """(id, data) of the events that `text` completes."""
        *lines, self._rest = (self._rest + text).split("\n")
        for raw in lines:
            line = raw.removesuffix("\r")
            if not line and self._data:
                yield self._id, "\n".join(self._data)
                self._data = []
            field, _, value = line.partition(":")
            value = value.removeprefix(" ")
            if field == "data":
                self._data.append(value)
            elif field == "id":
                self._id = value
