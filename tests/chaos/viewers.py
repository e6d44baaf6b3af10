"""Viewers: each follows one chat by server-sent events over whatever replica answers, and puts the stream together."""

import asyncio
import json
import random
import uuid
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from palaver.stream.cursor import Position, parse_cursor
from tests.chaos.scripts import text_of

SILENCE_SECONDS = 5.0
"""A stream that says nothing that long, not even a heartbeat, is given up."""
CONNECT_SECONDS = 3.0


class StreamEnded(Exception):
    """The stream cannot be read any further; connect again."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as the viewer has it."""

    role: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownOtherwise:
    """An answer that had been shown otherwise than it was committed, by the attempt at this version of the history."""

    history_version: int
    attempt: int
    told: str


@dataclass(slots=True)
class View:
    """What one viewer has put together, by the contract's rules for clients, and what it found wrong on the way."""

    chat_id: str
    messages: dict[int, Shown] = field(default_factory=dict)
    queue: list[int] = field(default_factory=list)
    status: str = ""
    cursor: str = ""
    history_version: int = 0
    queue_version: int = 0
    snapshot_version: int = 0
    preview: str = ""
    episode: tuple[int, int, str] = (0, 0, "")
    seq: int = 0
    findings: list[str] = field(default_factory=list)
    shown_otherwise: list[ShownOtherwise] = field(default_factory=list)
    connections: int = 0
    resets: int = 0
    parts: int = 0
    whole_previews: int = 0
    """Answers that had been shown whole, part by part, when they were committed."""
    snapshot_went_back: int = 0

    def take(self, cursor: str | None, event: dict[str, Any]) -> None:
        """Apply one event; the frames of a WebSocket have no cursors."""
        position = None if cursor is None else parse_cursor(cursor, uuid.UUID(self.chat_id))
        kind = event["type"]
        match kind:
            case "message":
                self._take_message(event["message"])
            case "queue_update":
                self.queue = [entry["id"] for entry in event.get("queued_messages", ())]
            case "status":
                self.status = event["status"]["status"]
            case "preview_reset":
                self.preview, self.episode, self.seq = "", (0, 0, ""), 0
            case "history_reset":
                self.messages.clear()
                self.resets += 1
                if position is not None and not position.queue_version:
                    self.queue_version = 0  # all is sent anew: a cursor led where a crash of the database took back
            case "message_part":
                self._take_part(event["message_part"], position)
        if position is not None and cursor is not None:
            self._look_at_versions(position)
            self.cursor = cursor

    def _take_message(self, message: dict[str, Any]) -> None:
        shown = Shown(message["role"], text_of(message.get("content")))
        if message["role"] == "user":
            # The turn that was shown is over, and has left no answer.
            self.preview = ""
        if message["role"] == "assistant" and message["id"] not in self.messages and self.preview:
            if not shown.text.startswith(self.preview):
                told = f"message {message['id']} was committed as {shown.text[-60:]!r}, shown as {self.preview[-60:]!r}"
                self.shown_otherwise.append(ShownOtherwise(*self.episode[:2], told))
            self.whole_previews += shown.text == self.preview
            self.preview = ""
        self.messages[message["id"]] = shown

    def _take_part(self, part: dict[str, Any], position: Position | None) -> None:
        self.parts += 1
        episode = self.episode
        if position is not None:
            episode = (position.preview_version, position.preview_attempt, position.tag)
        if episode != self.episode:
            if self.seq:
                self.findings.append(f"parts of {episode} after those of {self.episode} without a preview_reset")
            self.episode, self.seq = episode, 0
        if part["seq"] != self.seq + 1:
            self.findings.append(f"part {part['seq']} came after part {self.seq} of {episode}")
        self.seq = part["seq"]
        self.preview += text_of([part["part"]])

    def _look_at_versions(self, position: Position) -> None:
        history = max(position.history_version, position.target_version)
        for name, before, now in (
            ("history_version", self.history_version, history),
            ("queue_version", self.queue_version, position.queue_version),
        ):
            if now < before:
                self.findings.append(f"{name} went back from {before} to {now}")
        # Not a finding: leases are committed without waiting for the disk, and a crash of the database may take
        # the last of them back.
        self.snapshot_went_back += position.snapshot_version < self.snapshot_version
        self.history_version, self.queue_version = history, position.queue_version
        self.snapshot_version = position.snapshot_version


class Viewer:
    """Keeps one stream open over the replicas in `ports`, for as long as the task runs."""

    def __init__(
        self, view: View, rng: random.Random, ports: list[int], token: str, *, restless: bool | None = None
    ) -> None:
        self.view = view
        self._rng = rng
        self._ports = ports
        self._token = token
        self._restless = rng.random() < 0.7 if restless is None else restless

    async def run(self) -> None:
        """Follow the chat; ends only by cancellation."""
        while True:
            # Most viewers walk away now and then, in the middle of whatever is going on; some stay for as long as they
            # are served, and so depend on what one stream repairs by itself.
            patience = self._rng.uniform(3, 20) if self._restless else None
            with suppress(OSError, TimeoutError, StreamEnded, asyncio.IncompleteReadError):
                async with asyncio.timeout(patience):
                    await self._follow(self._rng.choice(self._ports))
            await asyncio.sleep(self._rng.uniform(0.05, 0.4))

    async def _follow(self, port: int) -> None:
        async with asyncio.timeout(CONNECT_SECONDS):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            resume = f"Last-Event-ID: {self.view.cursor}\r\n" if self.view.cursor else ""
            writer.write(
                f"GET /api/experimental/chats/{self.view.chat_id}/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Accept: text/event-stream\r\nCoder-Session-Token: {self._token}\r\n{resume}\r\n".encode()
            )
            async with asyncio.timeout(SILENCE_SECONDS):
                head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head.split(b"\r\n", 1)[0]:
                raise StreamEnded
            self.view.connections += 1
            rest = b""
            while True:
                async with asyncio.timeout(SILENCE_SECONDS):
                    rest += await next_chunk(reader)
                *blocks, rest = rest.split(b"\n\n")
                for block in blocks:
                    self._take(block)
        finally:
            writer.transport.abort()

    def _take(self, block: bytes) -> None:
        fields = dict(line.split(b": ", 1) for line in block.split(b"\n") if b": " in line and line[:1] != b":")
        if b"data" not in fields:
            return
        event = json.loads(fields[b"data"])
        if (
            event["type"] == "error"
            and "status" not in event
            and event["error"].get("message", "").startswith("failed")
        ):
            raise StreamEnded
        self.view.take(fields[b"id"].decode(), event)


async def next_chunk(reader: asyncio.StreamReader) -> bytes:
    """The next chunk of a body. Raises StreamEnded at its end, IncompleteReadError at that of the connection."""
    size = int(await reader.readuntil(b"\r\n"), 16)
    data = await reader.readexactly(size + 2)
    if size == 0:
        raise StreamEnded
    return data[:-2]
