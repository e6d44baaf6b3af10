"""Those who look on: streams of chats and watches, in both encodings, every frame held against its schema."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from tests.chaos.journal import ChatRow
from tests.chaos.viewers import View, Viewer
from tests.support.contract_checker import ContractBroken, ResponseChecker
from tests.support.world import CHATS

ORDER = (
    "history_reset", "message", "queue_update", "status", "error", "action_required", "retry", "sign_in_required",
    "preview_reset", "message_part",
)  # fmt: skip
"""What a snapshot consists of, in this order."""


def disorder(kinds: list[str]) -> str | None:
    """What is wrong with the order of a snapshot; None when nothing is."""
    places = [ORDER.index(kind) for kind in kinds]
    return None if places == sorted(places) else f"a snapshot came as {kinds}"


class CheckedViewer(Viewer):
    """A viewer by server-sent events that looks at every block before it takes it."""

    def __init__(
        self,
        view: View,
        rng: random.Random,
        ports: list[int],
        token: str,
        checker: ResponseChecker,
        *,
        restless: bool | None = None,
    ) -> None:
        super().__init__(view, rng, ports, token, restless=restless)
        self._checker = checker

    def _take(self, block: bytes) -> None:
        try:
            self._checker.check_server_sent_event(block.decode())
        except ContractBroken as broken:
            self.view.findings.append(str(broken))
        super()._take(block)


class SocketViewer:
    """A viewer by WebSocket, whose every connection begins with a whole snapshot. `run` ends by cancellation."""

    def __init__(
        self, view: View, rng: random.Random, ports: list[int], token: str, checker: ResponseChecker, *, restless: bool
    ) -> None:
        self.view = view
        self._rng = rng
        self._ports = ports
        self._headers = {"Coder-Session-Token": token}
        self._checker = checker
        self._restless = restless

    async def run(self) -> None:
        """Follow the chat."""
        while True:
            patience = self._rng.uniform(0.5, 8) if self._restless else None
            with suppress(OSError, TimeoutError, ConnectionClosed, InvalidHandshake):
                async with asyncio.timeout(patience):
                    await self._follow()
            await asyncio.sleep(self._rng.uniform(0.05, 0.4))

    async def _follow(self) -> None:
        view = self.view
        url = f"ws://127.0.0.1:{self._rng.choice(self._ports)}{CHATS}/{view.chat_id}/stream"
        async with connect(url, additional_headers=self._headers, compression=None, proxy=None) as socket:
            view.connections += 1
            view.messages, view.queue, view.status = {}, [], ""
            view.preview, view.episode, view.seq = "", (0, 0, ""), 0
            snapshot: list[str] | None = []
            async for frame in socket:
                for event in self._events(frame):
                    view.take(None, event)
                    if snapshot is None:
                        continue
                    snapshot.append(event["type"])
                    if event["type"] == "preview_reset":
                        if (wrong := disorder(snapshot)) is not None:
                            view.findings.append(wrong)
                        snapshot = None

    def _events(self, frame: str | bytes) -> list[dict[str, Any]]:
        try:
            return self._checker.check_frame(frame)
        except ContractBroken as broken:
            self.view.findings.append(str(broken))
            return []


@dataclass(slots=True)
class WatchView:
    """What a watcher was told: the last status of each chat, and what was wrong."""

    statuses: dict[str, str] = field(default_factory=dict)
    ended: set[str] = field(default_factory=set)
    """Chats that were last told of as deleted: archived, or gone for good."""
    gone: set[str] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    events: int = 0
    whole: bool = True
    """Whether it has been told everything since before the first chat."""

    def let_go(self) -> None:
        """A watch is not resumed: what was known may have changed."""
        self.statuses.clear()
        self.ended.clear()
        self.gone.clear()
        self.whole = False

    def take(self, event: dict[str, Any]) -> None:
        """Apply one event."""
        self.events += 1
        kind, chat = event["kind"], event["chat"]
        chat_id = chat["id"]
        if self.whole and chat_id not in self.statuses and kind != "created":
            self.findings.append(f"{chat_id} was first told of as {kind}")
        if kind == "created" and chat["archived"]:
            self.findings.append(f"{chat_id} was told of as created while it was archived")
        if chat_id in self.gone:
            self.findings.append(f"{chat_id} was told of as {kind} after it was deleted for good")
        if kind == "deleted":
            self.ended.add(chat_id)
            if not chat["archived"]:
                self.gone.add(chat_id)
        elif kind == "created":
            self.ended.discard(chat_id)
        self.statuses[chat_id] = chat["status"]

    def differences(self, chats: dict[str, ChatRow]) -> Iterator[str]:
        """Where the last that was told is not what is stored."""
        for chat_id, row in chats.items():
            told = self.statuses.get(chat_id, "nothing" if self.whole else row.state.status)
            if told != row.state.status:
                yield f"{chat_id} was last told of as {told} and is {row.state.status}"
        for chat_id in self.statuses.keys() - chats.keys() - self.ended:
            yield f"{chat_id} is gone and was last told of as {self.statuses[chat_id]}"


async def watch_events(view: WatchView, port: int, token: str, checker: ResponseChecker, ready: asyncio.Event) -> None:
    """Watch by server-sent events; ends by cancellation."""
    headers = {"Coder-Session-Token": token}
    async with httpx.AsyncClient(timeout=None, trust_env=False) as client:
        while True:
            url = f"http://127.0.0.1:{port}{CHATS}/watch"
            async with client.stream("GET", url, headers=headers) as response:
                ready.set()
                last = ""
                async for line in response.aiter_lines():
                    if line and not line.startswith(":"):
                        _take(view, checker, line)
                    last = line or last
            if "events were lost" not in last:
                view.findings.append(f"the watch was ended: {last}")
            view.let_go()


async def watch_frames(view: WatchView, port: int, token: str, checker: ResponseChecker, ready: asyncio.Event) -> None:
    """Watch by WebSocket; ends by cancellation."""
    url, headers = f"ws://127.0.0.1:{port}{CHATS}/watch", {"Coder-Session-Token": token}
    async for socket in connect(url, additional_headers=headers, compression=None, proxy=None):
        try:
            ready.set()
            async for frame in socket:
                _take(view, checker, frame)
        except ConnectionClosed:
            pass
        # Who is busy may be late to answer a ping, or to take what comes.
        if socket.close_code not in {1001, 1013}:
            view.findings.append(f"the watch was ended with {socket.close_code} {socket.close_reason}")
        view.let_go()


def _take(view: WatchView, checker: ResponseChecker, told: str | bytes) -> None:
    try:
        if isinstance(told, str) and told.startswith("data:"):
            event = checker.check_server_sent_event(told)
        else:
            event = checker.check_watch_frame(told)
    except ContractBroken as broken:
        view.findings.append(str(broken))
        return
    if event is not None:
        view.take(event)
