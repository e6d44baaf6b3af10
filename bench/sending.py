"""`send` and `history`: what a send costs, against a plain implementation, against bare SQL, in a long chat."""

import json
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from bench.api import Account, set_up
from bench.cluster import Cluster, let_rest, make_chats, remove_chats
from bench.figures import Bar, Report, median, percentile
from bench.processes import Worker, free_port, palaver, server, worker

CONNECTIONS = 16
BODY = json.dumps({"content": [{"type": "text", "text": "Shorten the second paragraph."}]})
_WARM_UP_SENDS = 600


def message_path(chat: object) -> str:
    """Where a chat's messages are sent to."""
    return f"/api/experimental/chats/{chat}/messages"


class BenchmarkInvalid(Exception):
    """A side did not do the work that is measured."""


@dataclass(slots=True)
class Side:
    """One side of a comparison and what was measured of it."""

    name: str
    rates: list[float] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)

    def take(self, answer: dict[str, Any]) -> None:
        """Add a round."""
        if answer["refused"]:
            raise BenchmarkInvalid(f"{self.name}: {answer['refused']} sends refused, first: {answer['refusal'][:600]}")
        self.rates.append(len(answer["milliseconds"]) / answer["seconds"])
        self.milliseconds += answer["milliseconds"]

    @property
    def rate(self) -> float:
        """Sends per second: the median of the rounds."""
        return median(self.rates)


def ask_senders(senders: Worker, account: Account, port: int, chats: list[Any], **more: object) -> dict[str, Any]:
    """Have one message sent to each chat; the answer of `bench.senders`, which also tells what else `more` may be."""
    job = {"port": port, "token": account.token, "body": BODY, "paths": [message_path(chat) for chat in chats], **more}
    answer: dict[str, Any] = senders.ask(job)
    return answer


async def send(cluster: Cluster, *, quick: bool) -> Report:
    """Sends per second with commit: Palaver, the plain implementation, the bare statements; rounds in turn."""
    rounds, seconds, pool = (2, 3, 9_000) if quick else (5, 6, 22_000)
    report = Report(f"send: send-chat-message with commit, {CONNECTIONS} connections, one server process")
    url = await cluster.new_database("send")
    with ExitStack() as stack:
        port, _ = stack.enter_context(palaver(url, cluster.directory, role="api", pool_size=CONNECTIONS))
        account = set_up(port)
        plain_port = free_port()
        stack.enter_context(server(["-m", "bench.baseline", str(plain_port), url], plain_port, "/healthz"))
        senders = stack.enter_context(worker("bench.senders"))
        bare = stack.enter_context(worker("bench.floor"))
        sides = ours, plain, floor = Side("Palaver"), Side("FastAPI + ORM"), Side("bare asyncpg")
        ports = {"Palaver": port, "FastAPI + ORM": plain_port}
        for number in range(rounds + 1):
            for side in sides:
                await remove_chats(url)
                warm_up = number == 0
                size = _WARM_UP_SENDS if warm_up else pool
                chats = await make_chats(url, account.owner, chats=size, messages=2)
                if side is floor:
                    answer = bare.ask(
                        {
                            "url": url,
                            "chats": [str(chat) for chat in chats],
                            "creator": str(account.owner.user_id),
                            "model": str(account.owner.model_config_id),
                            "connections": CONNECTIONS,
                            "seconds": seconds,
                        }
                    )
                else:
                    answer = ask_senders(
                        senders, account, ports[side.name], chats, connections=CONNECTIONS, seconds=seconds
                    )
                Side(side.name).take(answer) if warm_up else side.take(answer)
    for side in sides:
        report.add(f"{side.name}: sends", side.rate, "/s")
        report.add(f"{side.name}: p50", percentile(side.milliseconds, 0.5), "ms")
        report.add(f"{side.name}: p99", percentile(side.milliseconds, 0.99), "ms")
    report.add("Palaver / FastAPI + ORM", ours.rate / plain.rate, "x", Bar(">=", 2.5))
    report.add("Palaver / bare asyncpg", ours.rate / floor.rate, "x")
    report.notes += [
        f"{rounds} rounds of {seconds} s a side, in turn; every send goes to an idle chat of 2 messages; no worker.",
        "bare asyncpg: look and write with Palaver's own statements; no HTTP, no checks.",
        "Rates of the rounds: "
        + "; ".join(f"{side.name} {', '.join(f'{rate:.0f}' for rate in side.rates)}" for side in sides)
        + ".",
    ]
    return report


async def history(cluster: Cluster, *, quick: bool) -> Report:
    """A send into a chat of 10,000 messages against one into a chat of 10."""
    rounds, size = (8, 16) if quick else (30, 32)
    long_messages, short_messages = 10_000, 10
    report = Report("history: a send into a long chat against one into a short chat")
    url = await cluster.new_database("history")
    with ExitStack() as stack:
        port, _ = stack.enter_context(palaver(url, cluster.directory, role="api", pool_size=CONNECTIONS))
        account = set_up(port)
        senders = stack.enter_context(worker("bench.senders"))
        long_chats = await make_chats(url, account.owner, chats=size, messages=long_messages)
        short_chats = await make_chats(url, account.owner, chats=size, messages=short_messages)
        for connections in (1, CONNECTIONS):
            long, short = Side("10,000 messages"), Side("10 messages")
            for number in range(rounds + 2):
                order = [(long, long_chats), (short, short_chats)]
                # Whoever goes first finds other caches than the second: take turns.
                for side, chats in order if number % 2 else reversed(order):
                    answer = ask_senders(senders, account, port, chats, connections=connections)
                    (side if number >= 2 else Side(side.name)).take(answer)
                    await let_rest(url, chats)
            name = f"{connections} connection" + ("s" if connections > 1 else "")
            medians = [percentile(side.milliseconds, 0.5) for side in (short, long)]
            report.add(f"{name}: p50, 10 messages", medians[0], "ms")
            report.add(f"{name}: p50, 10,000 messages", medians[1], "ms")
            if connections == 1:
                report.add(f"{name}: p50 ratio", medians[1] / medians[0], "x", Bar("<=", 1.2))
            else:
                report.add(f"{name}: time for the same sends, ratio", short.rate / long.rate, "x", Bar("<=", 1.2))
    report.notes.append(f"{rounds} rounds of {size} chats a side, in turn.")
    return report
