"""Streams as a client reads them: WebSockets, and server-sent events where there are any. Every event is judged."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import httpx2
import orjson
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from palaver.conformance.callers import CHATS, NOT_OFFERED, Answer, Caller, lower
from palaver.conformance.checks import Failed
from palaver.conformance.judging import Judge, excerpt

FRAME_BYTES: Final = 4_194_304
"""What the reference clients take in one frame."""
MOST_EVENTS: Final = 256
REST: Final = frozenset({"waiting", "error", "requires_action"})
"""Statuses in which nothing happens until somebody acts."""

Event = dict[str, Any]


class StreamRefused(Exception):
    """The server did not open the WebSocket; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(str(answer))
        self.answer = answer


@dataclass(slots=True)
class Stream:
    """Events as they come. `seen` holds all so far; `cursors` the `id` of each server-sent event, None elsewhere."""

    source: AsyncIterator[tuple[str | None, Event]]
    seconds: float
    seen: list[Event] = field(default_factory=list)
    cursors: list[str | None] = field(default_factory=list)

    async def next(self) -> Event | None:
        """The next event, None when the stream has ended. Raises Failed when none comes in time."""
        try:
            async with asyncio.timeout(self.seconds):
                cursor, event = await anext(self.source)
        except StopAsyncIteration:
            return None
        except TimeoutError:
            raise Failed(f"no event for {self.seconds:g} s after {_kinds(self.seen)}") from None
        self.seen.append(event)
        self.cursors.append(cursor)
        return event

    async def until(self, wanted: Callable[[Event], bool], words: str) -> Event:
        """The first event that is `wanted`. Raises Failed when the stream ends, or takes too long, without it."""
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + self.seconds
        while loop.time() < give_up_at:
            event = await self.next()
            if event is None:
                raise Failed(f"the stream ended without {words}, after {_kinds(self.seen)}")
            if wanted(event):
                return event
        raise Failed(f"{words} did not come within {self.seconds:g} s, only {_kinds(self.seen)}")

    async def rest(self) -> str:
        """Read until the chat rests; its status."""
        event = await self.until(lambda event: status_of(event) in REST, "a status at rest")
        return str(status_of(event))


def status_of(event: Event) -> str | None:
    """The status that a status event tells."""
    return event["status"]["status"] if event.get("type") == "status" else None


def parts_of(events: list[Event], role: str = "assistant") -> list[Event]:
    """The live parts of a role, as `message_part` of each event."""
    parts = [event["message_part"] for event in events if event.get("type") == "message_part"]
    return [part for part in parts if part.get("role") == role]


def messages_of(events: list[Event]) -> list[Event]:
    """The committed messages."""
    return [event["message"] for event in events if event.get("type") == "message"]


def text_of(parts: list[Event] | None) -> str:
    """The text of a message's parts, or of live parts' `part`s."""
    return "".join(part.get("text", "") for part in parts or () if part.get("type") == "text")


def live_text(events: list[Event]) -> str:
    """What the live parts of the last attempt say, up to the answer that takes their place."""
    parts: list[Event] = []
    for event in events:
        if event["type"] in ("preview_reset", "history_reset"):
            parts = []
        elif event["type"] == "message_part":
            parts += parts_of([event])
        elif parts and event["type"] == "message" and event["message"]["role"] == "assistant":
            break
    return text_of([part["part"] for part in parts])


def numbered(parts: list[Event]) -> None:
    """Raise Failed unless the live parts of each attempt are numbered from 1, in order, each once."""
    last: dict[tuple[int, int], int] = {}
    for part in parts:
        attempt = (part["history_version"], part["generation_attempt"])
        if part["seq"] != last.get(attempt, 0) + 1:
            raise Failed(f"part {part['seq']} came after {last.get(attempt, 0)}")
        last[attempt] = part["seq"]


@asynccontextmanager
async def chat_socket(caller: Caller, chat_id: str, after_id: int | str | None = None) -> AsyncIterator[Stream]:
    """The stream of one chat over WebSocket. Raises StreamRefused."""
    query = "" if after_id is None else f"?after_id={after_id}"
    async with _socket(caller, f"{CHATS}/{chat_id}/stream", query) as socket:
        yield Stream(_frames(socket, caller.wire.judge), caller.wire.seconds)


@asynccontextmanager
async def watch_socket(caller: Caller) -> AsyncIterator[Stream]:
    """The watch of the caller's own chats over WebSocket. Raises StreamRefused."""
    async with _socket(caller, f"{CHATS}/watch", "") as socket:
        yield Stream(_watch_frames(socket, caller.wire.judge), caller.wire.seconds)


async def close_code_after_data(caller: Caller, chat_id: str) -> int | None:
    """The close code that a client gets which sends data on a chat's stream."""
    async with _socket(caller, f"{CHATS}/{chat_id}/stream", "") as socket:
        await socket.send("hello")
        try:
            async with asyncio.timeout(caller.wire.seconds):
                while True:
                    await socket.recv()
        except ConnectionClosed:
            return socket.close_code
        except TimeoutError:
            return None


@asynccontextmanager
async def chat_events(caller: Caller, chat_id: str, *, last: str | None = None) -> AsyncIterator[Stream]:
    """The stream of one chat as server-sent events, behind the cursor `last`. Raises Skipped where there is none."""
    path = f"{CHATS}/{chat_id}/stream"
    headers = caller.headers | {"Accept": "text/event-stream"} | ({"Last-Event-ID": last} if last else {})
    async with caller.wire.client.stream("GET", f"{caller.wire.url}{path}", headers=headers) as response:
        caller.wire.client.cookies.clear()
        is_stream = response.headers.get("content-type", "").startswith("text/event-stream")
        if not is_stream or response.status_code in NOT_OFFERED:
            raise caller.lacks(f"the server has no server-sent events: {response.status_code}")
        caller.wire.judge.answer("GET", path, response.status_code, lower(response.headers), b"")
        yield Stream(_server_sent(response, caller.wire.judge), caller.wire.seconds)


@asynccontextmanager
async def _socket(caller: Caller, path: str, query: str) -> AsyncIterator[ClientConnection]:
    wire = caller.wire
    address = "ws" + wire.url.removeprefix("http") + path + query
    connecting = connect(
        address,
        additional_headers=caller.headers,
        compression=None,
        max_size=FRAME_BYTES,
        open_timeout=wire.seconds,
    )
    try:
        socket = await connecting
    except InvalidStatus as refused:
        response = refused.response
        headers = {name.lower(): value for name, value in response.headers.raw_items()}
        answer = Answer("GET", path, response.status_code, headers, bytes(response.body or b""))
        wire.last = str(answer)
        wire.judge.answer("GET", path, answer.status, answer.headers, answer.body)
        raise StreamRefused(answer) from None
    try:
        assert socket.response is not None
        headers = {name.lower(): value for name, value in socket.response.headers.raw_items()}
        wire.judge.answer("GET", path, 101, headers, b"")
        yield socket
    finally:
        await socket.close()


async def _frames(socket: ClientConnection, judge: Judge) -> AsyncIterator[tuple[str | None, Event]]:
    async for frame in _texts(socket, judge):
        events = _decoded(frame, judge)
        if not isinstance(events, list) or not 1 <= len(events) <= MOST_EVENTS:
            judge.frame(f"a frame is no array of 1 to {MOST_EVENTS} events: {excerpt(frame)}")
            continue
        for event in events:
            judge.event("ChatStreamEvent", event)
            if isinstance(event, dict):
                yield None, event


async def _watch_frames(socket: ClientConnection, judge: Judge) -> AsyncIterator[tuple[str | None, Event]]:
    async for frame in _texts(socket, judge):
        event = _decoded(frame, judge)
        judge.event("ChatWatchEvent", event)
        if isinstance(event, dict):
            yield None, event


async def _texts(socket: ClientConnection, judge: Judge) -> AsyncIterator[str]:
    try:
        async for frame in socket:
            if isinstance(frame, str):
                yield frame
            else:
                judge.frame(f"a binary frame of {len(frame)} bytes")
    except ConnectionClosed:
        return


async def _server_sent(response: httpx2.Response, judge: Judge) -> AsyncIterator[tuple[str | None, Event]]:
    cursor: str | None = None
    data: list[str] = []
    try:
        async for line in response.aiter_lines():
            if not line and data:
                event = _decoded("\n".join(data), judge)
                judge.event("ChatStreamEvent", event)
                data = []
                if isinstance(event, dict):
                    yield cursor, event
            name, _, value = line.partition(":")
            if name == "data":
                data.append(value.removeprefix(" "))
            elif name == "id":
                cursor = value.removeprefix(" ")
    except httpx2.TransportError:
        return


def _decoded(text: str, judge: Judge) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        judge.frame(f"no JSON: {excerpt(text)}")
        return None


def _kinds(events: list[Event]) -> str:
    kinds = [str(status_of(event) or event.get("type") or event.get("kind")) for event in events[-8:]]
    return ("… " if len(events) > len(kinds) else "") + (", ".join(kinds) or "nothing")
