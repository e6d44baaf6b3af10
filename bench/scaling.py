"""`processes`: what a second process of one server does to the send rate, on the cores that are there."""

from contextlib import ExitStack
from dataclasses import dataclass

from bench.api import Account, set_up
from bench.cluster import Cluster, make_chats, remove_chats
from bench.figures import Bar, Report, percentile
from bench.processes import palaver, worker
from bench.sending import CONNECTIONS, Side, ask_senders

_WARM_UP_SENDS = 600


@dataclass(frozen=True, slots=True)
class _Server:
    """A running server on a database of its own: the processes of the other one are no peers of these."""

    url: str
    port: int
    account: Account


async def processes(cluster: Cluster, *, quick: bool) -> Report:
    """Sends per second of a server with two processes against one with one; rounds in turn."""
    rounds, seconds, pool = (2, 3, 9_000) if quick else (7, 6, 22_000)
    report = Report(f"processes: send-chat-message with commit, {CONNECTIONS} connections, two processes against one")
    with ExitStack() as stack:
        senders = stack.enter_context(worker("bench.senders"))
        sides = one, two = Side("one process"), Side("two processes")
        servers: dict[str, _Server] = {}
        for side, count in (one, 1), (two, 2):
            url = await cluster.new_database(f"processes-{count}")
            # As many connections to the database together as the one has.
            settings = {"role": "api", "workers": count, "pool_size": CONNECTIONS // count}
            port, _ = stack.enter_context(palaver(url, cluster.directory, **settings))
            servers[side.name] = _Server(url, port, set_up(port))
        for number in range(rounds + 1):
            warm_up = number == 0
            # Whoever goes first finds other caches than the second: take turns.
            for side in sides if number % 2 else reversed(sides):
                server = servers[side.name]
                await remove_chats(server.url)
                size = _WARM_UP_SENDS if warm_up else pool
                chats = await make_chats(server.url, server.account.owner, chats=size, messages=2)
                answer = ask_senders(
                    senders, server.account, server.port, chats, connections=CONNECTIONS, seconds=seconds
                )
                (Side(side.name) if warm_up else side).take(answer)
    for side in sides:
        report.add(f"{side.name}: sends", side.rate, "/s")
        report.add(f"{side.name}: p50", percentile(side.milliseconds, 0.5), "ms")
        report.add(f"{side.name}: p99", percentile(side.milliseconds, 0.99), "ms")
    report.add("two processes / one process", two.rate / one.rate, "x", Bar(">=", 1.0))
    report.notes += [
        f"{rounds} rounds of {seconds} s a side, in turn; every send goes to an idle chat of 2 messages; no worker.",
        "The two processes tell each other of every send over PostgreSQL; the one has nobody to tell.",
        "Rates of the rounds: "
        + "; ".join(f"{side.name} {', '.join(f'{rate:.0f}' for rate in side.rates)}" for side in sides)
        + ".",
    ]
    return report
