"""Those who ask for streams wrongly: cursors that nobody gave, frames that are none, requests at the edge of HTTP.

Every attack says what may come of it. Whatever it is, no answer is a 5xx, and what the server does send is right.
"""

import asyncio
import json
import random
import uuid
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from palaver.stream.cursor import InvalidCursor, parse_cursor
from tests.chaos.viewers import StreamEnded, View, next_chunk
from tests.fuzz.streams.raw import (
    CEILING_SECONDS,
    CLOSE,
    ENDS,
    PING,
    PONG,
    TEXT,
    Head,
    Raw,
    connected,
    frame,
    request,
    upgrade,
)
from tests.fuzz.streams.watching import disorder
from tests.fuzz.streams.wrongs import (
    GOING,
    HALF,
    HANDSHAKES,
    HOSTILE,
    LONG,
    NORMAL,
    ODDITIES,
    PATIENT,
    TOO_BIG,
    mutated,
)
from tests.support.contract_checker import ContractBroken, ResponseChecker
from tests.support.world import CHATS

QUIET_SECONDS = 0.2
"""A stream that goes on where its viewer is may have nothing to say."""


@dataclass
class Attacker:
    """Attacks the streams of the chats in `views`, one after another, and notes what should not have come."""

    rng: random.Random
    ports: list[int]
    token: str
    checker: ResponseChecker
    views: list[View]
    """What the viewers know, for cursors that were once right."""
    silence_seconds: float = 3.0
    """How long to say nothing at most."""
    findings: list[str] = field(default_factory=list)
    made: Counter[str] = field(default_factory=Counter)

    async def run(self, stopping: asyncio.Event, attacks_left: int | None) -> None:
        """Attack until told to stop, or so many times; each attack is brought to its end."""
        attacks: list[tuple[int, Callable[[], Awaitable[None]]]] = [
            (4, self.cursor),
            (1, self.after_id),
            (4, self.hostile_frame),
            (1, self.patient_frame),
            (1, self.silence),
            (2, self.handshake),
            (4, self.oddity),
        ]
        while not stopping.is_set() and (attacks_left is None or self.made.total() < attacks_left):
            if self.views:
                (attack,) = self.rng.choices([attack for _, attack in attacks], [weight for weight, _ in attacks])
                try:
                    await attack()
                except (ContractBroken, TimeoutError, ValueError, *ENDS) as error:
                    self.findings.append(f"{attack.__name__}: {type(error).__name__} {error}")
            await asyncio.sleep(self.rng.uniform(0, 0.02))

    # ---- server-sent events ----

    async def cursor(self) -> None:
        """Go on behind an event that there never was."""
        view = self.rng.choice(self.views)
        other = self.rng.choice(self.views)
        given = view.cursor or "0.0.0.0.0.n.0_0_.0"
        name, cursor = mutated(self.rng, given, other.cursor if other.chat_id != view.chat_id else "abc")
        await self._follow(view.chat_id, f"cursor, {name}", "", cursor)

    async def after_id(self) -> None:
        """Name a message that there never was."""
        view = self.rng.choice(self.views)
        value = self.rng.choice(
            [
                "",
                "0",
                "-1",
                "7",
                "9223372036854775807",
                "9223372036854775808",
                "1e3",
                "abc",
                "%00",
                "%D9%A1",
                "1.0",
                "+1",
            ]
        )
        cursor = self.rng.choice(["", "x", view.cursor])
        await self._follow(view.chat_id, f"after_id, {value}", f"?after_id={value}", cursor)

    async def _follow(self, chat_id: str, name: str, query: str, cursor: str) -> None:
        """Read a stream until it has said where the chat is."""
        target = f"{CHATS}/{chat_id}/stream"
        async with connected(self.rng.choice(self.ports)) as raw:
            raw.send(request(target + query, self.token, *([f"Last-Event-ID: {cursor}"] if cursor else [])))
            head = await raw.head()
            if head is None:
                self.findings.append(f"{name}: no answer")
                return
            self.made[f"{name.partition(',')[0]}: {head.status}"] += 1
            if head.status != 200:
                self._refused(name, "GET", target, head, await raw.body(head), {400})
                return
            await self._read(raw, View(chat_id), name, cursor)

    async def _read(self, raw: Raw, view: View, name: str, cursor: str) -> None:
        try:
            # As the header reads: what is around it belongs to nobody, and bytes are letters.
            position = parse_cursor(cursor.strip().encode().decode("latin-1"), uuid.UUID(view.chat_id))
            view.seq = position.seq
            view.episode = (position.preview_version, position.preview_attempt, position.tag)
        except InvalidCursor:
            position = None
        kinds: list[str] = []
        patience = CEILING_SECONDS if position is None else QUIET_SECONDS
        rest = b""
        while "preview_reset" not in kinds:
            try:
                async with asyncio.timeout(patience):
                    rest += await next_chunk(raw.reader)
            except (TimeoutError, StreamEnded):
                break
            *blocks, rest = rest.split(b"\n\n")
            for block in blocks:
                event = self.checker.check_server_sent_event(block.decode())
                if event is not None:
                    kinds.append(event["type"])
                    view.take(dict(line.split(": ", 1) for line in block.decode().split("\n"))["id"], event)
        if position is None and cursor and kinds[:1] != ["history_reset"]:
            self.findings.append(f"{name}: {cursor!r} was answered with {kinds[:5]}")
        if position is None and "preview_reset" in kinds:
            wrong = disorder(kinds[: kinds.index("preview_reset") + 1])
            self.findings += [f"{name}: {wrong}"] if wrong else []
        self.findings += [f"{name}: {cursor!r}: {finding}" for finding in view.findings]

    # ---- WebSockets ----

    async def hostile_frame(self) -> None:
        """Send what no viewer may; the server closes."""
        name = self.rng.choice(list(HOSTILE))
        make, codes = HOSTILE[name]
        async with connected(self.rng.choice(self.ports)) as raw:
            if not await self._upgraded(raw, name):
                return
            raw.send(make(self.rng))
            then = self.rng.choice(["read", "read", "read", "leave", "half close"])
            self.made[f"frame: {name}"] += 1
            if then == "leave":
                return
            if then == "half close":
                raw.writer.write_eof()
            code = await self._frames(raw, name, echo=then == "read")
            if code is not None and code not in codes | GOING:
                self.findings.append(f"{name}: closed with {code}")
            # Who has half closed, or still sends, may be cut off without a word.
            if code is None and then == "read" and TOO_BIG not in codes:
                self.findings.append(f"{name}: the connection ended without a close")

    async def patient_frame(self) -> None:
        """Send what changes nothing, then leave in order."""
        name = self.rng.choice(list(PATIENT))
        async with connected(self.rng.choice(self.ports)) as raw:
            if not await self._upgraded(raw, name):
                return
            raw.send(PATIENT[name](self.rng), frame(CLOSE, b"\x03\xe8"))
            code = await self._frames(raw, name)
            self.made[f"frame: {name}"] += 1
            if code not in {NORMAL} | GOING:
                self.findings.append(f"{name}: a close in order was answered with {code}")

    async def silence(self) -> None:
        """Answer no ping, or send no more than a part of a frame; wait for a moment, then leave."""
        async with connected(self.rng.choice(self.ports)) as raw:
            if not await self._upgraded(raw, "silence"):
                return
            raw.send(self.rng.choice([b"", b"\x81", frame(TEXT, b"hello")[:4], frame(TEXT, b"x", says=60_000)]))
            self.made["silence"] += 1
            try:
                async with asyncio.timeout(self.rng.uniform(0.1, self.silence_seconds)):
                    code = await self._frames(raw, "silence")
            except TimeoutError:
                return
            if code not in GOING:
                self.findings.append(f"silence: closed with {code}")

    async def handshake(self) -> None:
        """Ask for a WebSocket in a way that is none."""
        name = self.rng.choice(list(HANDSHAKES))
        lines, method, version = HANDSHAKES[name]
        target = self._target()
        async with connected(self.rng.choice(self.ports)) as raw:
            raw.send(request(target, self.token, *lines, method=method, version=version))
            head = await raw.head()
            self.made[f"handshake: {name}: {head and head.status}"] += 1
            if head is None:
                self.findings += [] if name in LONG else [f"a handshake with {name}: no answer"]
            elif head.status >= 500:
                self.findings.append(f"a handshake with {name} was answered {head.status}")

    async def _upgraded(self, raw: Raw, name: str) -> bool:
        target = self._target()
        raw.send(request(target, self.token, *upgrade()))
        head = await raw.head()
        if head is None or head.status != 101:
            self.findings.append(f"{name}: a handshake in order was answered {head and head.status}")
            return False
        return True

    async def _frames(self, raw: Raw, name: str, *, echo: bool = False) -> int | None:
        """Read to the end; the code of the close, or None. Without an `echo` the server waits for one."""
        async with asyncio.timeout(CEILING_SECONDS):
            while (got := await raw.frame()) is not None:
                opcode, payload = got
                if opcode == CLOSE:
                    if echo:
                        raw.send(frame(CLOSE, payload))
                    if not await raw.ended():
                        self.findings.append(f"{name}: the connection stays open behind its close")
                    return int.from_bytes(payload[:2], "big") if payload else 1005
                if opcode == TEXT and payload.startswith(b"["):
                    self.checker.check_frame(payload)
                elif opcode == TEXT:
                    self.checker.check_watch_frame(payload)
                elif opcode not in {PING, PONG}:
                    self.findings.append(f"{name}: the server sent a frame of opcode {opcode}")
        return None

    # ---- HTTP ----

    async def oddity(self) -> None:
        """Say something at the edge of HTTP, or beyond."""
        name = self.rng.choice(list(ODDITIES))
        target = self._target()
        async with connected(self.rng.choice(self.ports)) as raw:
            raw.send(ODDITIES[name](target, self.token))
            if name == HALF:
                self.made[f"request: {name}"] += 1
                return
            head = await raw.head()
            self.made[f"request: {name}: {head and head.status}"] += 1
            if head is None:
                self.findings += [] if name in LONG else [f"{name}: no answer"]
            elif head.status >= 500:
                self.findings.append(f"{name}: answered {head.status}")
            elif head.status == 200 and not head.headers.get("content-type", "").startswith("text/event-stream"):
                self.findings.append(f"{name}: answered 200 with {head.headers.get('content-type')}")
            elif head.status >= 400 and name != "a HEAD" and "x-request-id" in head.headers:
                body = await raw.body(head)
                if body:
                    json.loads(body)["message"]

    def _target(self) -> str:
        if self.rng.random() < 0.3:
            return f"{CHATS}/watch"
        return f"{CHATS}/{self.rng.choice(self.views).chat_id}/stream"

    def _refused(self, name: str, method: str, target: str, head: Head, body: bytes, statuses: set[int]) -> None:
        if head.status not in statuses:
            self.findings.append(f"{name}: answered {head.status} {body[:200]!r}")
        elif "x-request-id" in head.headers:
            self.checker.check_request(method, target, head.status, head.headers, body)
