"""One run: clients that work, viewers that look on, attackers; then the judgement."""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.chaos import journal
from tests.chaos.api import Api
from tests.chaos.checker import Evidence, check
from tests.chaos.clients import Act, Client
from tests.chaos.ledger import ChatFacts, Ledger
from tests.chaos.settling import converge, settle
from tests.chaos.viewers import View
from tests.fuzz.streams.attacks import Attacker
from tests.fuzz.streams.watching import CheckedViewer, SocketViewer, WatchView, watch_events, watch_frames
from tests.support.contract_checker import ResponseChecker

PATIENCE_SECONDS = 60.0
"""How long a healthy server may need to bring its chats to rest, and its viewers up to date, on a busy machine."""
Held = dict[str, int]
"""What servers hold on to, by name."""


@dataclass(frozen=True)
class Stage:
    """Servers to be fuzzed, with a user of theirs and the database, whose journal is installed."""

    ports: list[int]
    database_url: str
    token: str
    organization_id: str
    checker: ResponseChecker
    lease_seconds: float
    held: Callable[[], Awaitable[Held]]
    """What they hold on to now."""


@dataclass(frozen=True)
class Size:
    """How much goes on."""

    clients: int = 6
    chats: int = 12
    attackers: int = 6
    seconds: float = 30.0
    """How long everybody works."""
    attacks: int | None = None
    """Instead: how many attacks each attacker makes, and all others work meanwhile."""
    silence_seconds: float = 3.0


@dataclass
class Found:
    """What a run was like."""

    faults: list[str]
    ledger: Ledger
    views: list[View]
    watches: list[WatchView]
    made: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """The run in words."""
        sent = Counter[str](one.outcome for one in self.ledger.sent.values())
        return [
            f"{len(self.ledger.chats)} chats, messages: {_counts(sent)}",
            f"answers: {_counts(Counter(self.ledger.statuses))}",
            self._looked_on(),
            f"{sum(self.made.values())} attacks: {_counts(self.made)}",
            *(f"FAULT: {fault}" for fault in self.faults),
        ]

    def _looked_on(self) -> str:
        views = self.views
        seen = f"{sum(view.parts for view in views)} parts, {sum(view.resets for view in views)} resets"
        told = sum(watch.events for watch in self.watches)
        connections = sum(view.connections for view in views)
        return f"{len(views)} viewers, {connections} connections, {seen}; {told} events of watches"


class FuzzClient(Client):
    """A client that also answers its tools, renames, and repairs what is not broken."""

    __slots__ = ()

    def acts(self) -> list[Act]:
        """What it does."""
        return [
            *Client.acts(self),
            (1.5, self._answer_tools, True),
            (0.5, self._reconcile, True),
            (1.0, self._title, True),
        ]

    async def _answer_tools(self, chat: ChatFacts) -> None:
        answer = await self.api.call("list-chat-messages", query="?limit=1", chat=chat.chat_id)
        newest = answer.body["messages"][0]["content"] if answer.ok and answer.body["messages"] else []
        calls = [part["tool_call_id"] for part in newest if part["type"] == "tool-call"] or ["nobody's"]
        output = self.rng.choice(['"noon"', {"time": [1, None]}, None, 7])
        results: list[dict[str, Any]] = [{"tool_call_id": call, "output": output} for call in calls]
        if self.rng.random() < 0.3:
            results *= 2
        await self._ask("submit-chat-tool-results", {"results": results}, chat, (204, 400, 409))

    async def _reconcile(self, chat: ChatFacts) -> None:
        await self._ask("reconcile-invalid-chat-state", None, chat, (200, 400, 409))

    async def _title(self, chat: ChatFacts) -> None:
        await self._ask("update-chat", {"title": f"Title {self.rng.random()}"}, chat, (204,))

    async def _ask(self, operation_id: str, body: Any, chat: ChatFacts, expected: tuple[int, ...]) -> None:
        answer = await self.api.call(operation_id, body, chat=chat.chat_id)
        if answer.status not in expected:
            self.ledger.findings.append(f"{operation_id} was answered {answer.status}: {answer.body}")


async def fuzz(stage: Stage, seed: str, size: Size) -> Found:
    """Let everybody at it, wait until all is at rest, and judge."""
    ledger, views, watches = Ledger(), list[View](), [WatchView(), WatchView()]
    before = await stage.held()
    stopping = asyncio.Event()
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient(limits=httpx.Limits(max_connections=50)))

        def api(name: str) -> Api:
            return Api(http, stage.ports, stage.token, ledger, random.Random(f"{seed}:api:{name}"))

        looking = await _watchers(stage, watches)
        try:
            clients = [
                FuzzClient(
                    number,
                    api(str(number)),
                    ledger,
                    random.Random(f"{seed}:client:{number}"),
                    stage.organization_id,
                    size.chats,
                    1.0,
                )
                for number in range(size.clients)
            ]
            attackers = [
                Attacker(
                    random.Random(f"{seed}:attacker:{number}"),
                    stage.ports,
                    stage.token,
                    stage.checker,
                    views,
                    size.silence_seconds,
                )
                for number in range(size.attackers)
            ]
            looking.append(asyncio.create_task(_look_on(stage, seed, ledger, views)))
            work = [asyncio.create_task(client.run(stopping)) for client in clients]
            attacking = [asyncio.create_task(attacker.run(stopping, size.attacks)) for attacker in attackers]
            await asyncio.wait(attacking, timeout=size.seconds if size.attacks is None else None)
            stopping.set()
            await asyncio.gather(*work, *attacking)
            await settle(stage.database_url, api("settling"), ledger, patience=PATIENCE_SECONDS)
            await converge(stage.database_url, [view for view in views if view.cursor], patience=PATIENCE_SECONDS)
            evidence = await _converged(stage, ledger, views, watches)
        finally:
            for task in looking:
                task.cancel()
            ended = await asyncio.gather(*looking, return_exceptions=True)
    faults = [str(violation) for violation in check(evidence)]
    faults += [f"{name} times {count}" for name, count in ledger.statuses.items() if name.split()[-1].startswith("5")]
    faults += [finding for attacker in attackers for finding in attacker.findings]
    faults += [f"watch: {finding}" for watch in watches for finding in watch.findings]
    faults += [f"watch: {told}" for watch in watches for told in watch.differences(evidence.tables.chats)]
    faults += [f"{type(error).__name__}: {error}" for error in ended if isinstance(error, Exception)]
    faults += await _leaks(stage, before)
    made = sum((attacker.made for attacker in attackers), Counter[str]())
    return Found(faults, ledger, views, watches, made)


async def _watchers(stage: Stage, watches: list[WatchView]) -> list[asyncio.Task[None]]:
    """One watcher of each encoding, both open."""
    tasks = list[asyncio.Task[None]]()
    ready = [asyncio.Event(), asyncio.Event()]
    for watch, event, follow in zip(watches, ready, (watch_events, watch_frames), strict=True):
        port = stage.ports[len(tasks) % len(stage.ports)]
        tasks.append(asyncio.create_task(follow(watch, port, stage.token, stage.checker, event)))
    for event in ready:
        await event.wait()
    return tasks


async def _look_on(stage: Stage, seed: str, ledger: Ledger, views: list[View]) -> None:
    """Give every new chat three viewers: one that stays, one that comes and goes, one on a WebSocket."""
    watched = set[str]()
    async with asyncio.TaskGroup() as group:
        while True:
            for chat_id in ledger.chats.keys() - watched:
                watched.add(chat_id)
                for number in range(3):
                    view = View(chat_id)
                    views.append(view)
                    rng = random.Random(f"{seed}:viewer:{len(views)}")
                    if number < 2:
                        viewer = CheckedViewer(view, rng, stage.ports, stage.token, stage.checker, restless=number == 1)
                        group.create_task(viewer.run())
                    else:
                        socket = SocketViewer(
                            view, rng, stage.ports, stage.token, stage.checker, restless=rng.random() < 0.5
                        )
                        group.create_task(socket.run())
            await asyncio.sleep(0.05)


async def _converged(stage: Stage, ledger: Ledger, views: list[View], watches: list[WatchView]) -> Evidence:
    """The evidence, once viewers without cursors and watchers have the last state as well, or time is up."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while True:
        evidence = Evidence(ledger, await journal.read_tables(stage.database_url), list(views), stage.lease_seconds)
        late = [str(violation) for violation in check(evidence) if violation.rule == "view"]
        late += [told for watch in watches for told in watch.differences(evidence.tables.chats)]
        if not late or asyncio.get_running_loop().time() > deadline:
            return evidence
        await asyncio.sleep(0.2)


async def _leaks(stage: Stage, before: Held) -> list[str]:
    """What the servers still hold long after everybody has left."""
    deadline = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while True:
        now = await stage.held()
        more = {name: count for name, count in now.items() if count > before.get(name, 0)}
        if not more or asyncio.get_running_loop().time() > deadline:
            return [f"{name}: {before.get(name, 0)} before, {count} afterwards" for name, count in more.items()]
        await asyncio.sleep(0.2)


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "none"
