"""`first-part` and `stream`: how soon and how cheaply what the model says reaches the viewers."""

import json
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from bench.api import set_up
from bench.cluster import Cluster, make_chats
from bench.figures import Bar, Report, percentile
from bench.processes import CpuMeter, free_port, palaver, server, worker
from bench.sending import BenchmarkInvalid

_BODY = json.dumps({"content": [{"type": "text", "text": "Tell me a long story."}]})


@dataclass(frozen=True, slots=True)
class Load:
    """Chats that run turns at the same time; times in seconds."""

    chats: int
    turns: int
    parts: int
    spread: float
    """The first turns start over this time; 0: all at once."""
    pause: float = 1.0
    rate: float = 20.0
    delay: float = 0.1


@dataclass(frozen=True, slots=True)
class Measured:
    """What a load showed; CPU in seconds."""

    answered: list[float]
    asked: list[float]
    first: list[float]
    late: list[float]
    seconds: float
    server_cpu: float
    database_cpu: float

    @property
    def parts(self) -> int:
        """Parts that reached their viewers."""
        return len(self.late)


async def _run(cluster: Cluster, name: str, load: Load, *, warm_up: bool = True) -> Measured:
    url = await cluster.new_database(name)
    with ExitStack() as stack:
        model_port = free_port()
        pace = ["--delay", str(load.delay), "--parts", str(load.parts), "--rate", str(load.rate)]
        stack.enter_context(server(["-m", "bench.model_server", str(model_port), *pace], model_port, "/"))
        port, pid = stack.enter_context(palaver(url, cluster.directory, role="all"))
        account = set_up(port, model_port=model_port)
        if warm_up:
            short = Load(min(load.chats, 10), 1, load.parts, 0.5)
            chats = await make_chats(url, account.owner, chats=short.chats, messages=2)
            watch_turns(stack, port, account.token, chats, short, CpuMeter())
        chats = await make_chats(url, account.owner, chats=load.chats, messages=2)
        meter, result = watch_turns(stack, port, account.token, chats, load, None, pid, cluster.pid)
        server_cpu, database_cpu = meter.seconds()
    return Measured(
        result["answered"],
        result["asked"],
        result["first"],
        result["late"],
        result["seconds"],
        server_cpu,
        database_cpu,
    )


def watch_turns(
    stack: ExitStack,
    port: int,
    token: str,
    chats: list[Any],
    load: Load,
    meter: CpuMeter | None,
    *pids: int,
    relay_port: int | None = None,
) -> tuple[CpuMeter, dict[str, Any]]:
    """Run the load's turns before viewers; gives what the viewers tell and a meter of the processes' CPU time.

    Viewers and senders are at `port`; with a `relay_port` every chat has a second viewer there. Raises
    BenchmarkInvalid when anything failed or a part did not come.
    """
    viewers = stack.enter_context(worker("bench.viewers"))
    viewers.ask(
        {
            "port": port,
            "relay_port": relay_port,
            "token": token,
            "chats": [str(chat) for chat in chats],
            "turns": load.turns,
            "parts": load.parts,
            "spread": load.spread,
            "pause": load.pause,
            "body": _BODY,
        }
    )
    meter = meter or CpuMeter(*pids)
    viewers.tell("go")
    result = viewers.hear()
    if result["failures"] or result["lost"]:
        first = result["failures"][0] if result["failures"] else ""
        raise BenchmarkInvalid(f"{len(result['failures'])} failures, {result['lost']} parts lost. {first[:600]}")
    return meter, result


async def first_part(cluster: Cluster, *, quick: bool) -> Report:
    """Time to the first part above the model's own delay, with 1, 20 and 100 chats at a time."""
    report = Report("first-part: from the send to the first part at the viewer, less the model's own delay")
    turns = (10, 2, 1) if quick else (60, 8, 4)
    loads = {
        1: Load(1, turns[0], 10, 0, pause=0.2),
        20: Load(20, turns[1], 60, 4.0),
        100: Load(100, turns[2], 100, 6.0),
    }
    for chats, load in loads.items():
        measured = await _run(cluster, f"first-{chats}", load)
        name = f"{chats} chat" + ("s" if chats > 1 else "")
        bars = (None, Bar("<=", 150)) if chats == 100 else (Bar("<=", 10), None)
        report.add(f"{name}: p50", percentile(measured.first, 0.5), "ms", bars[0])
        report.add("  of which until the send is answered", percentile(measured.answered, 0.5), "ms")
        report.add("  of which until the model is asked", percentile(measured.asked, 0.5), "ms")
        report.add(f"{name}: p99", percentile(measured.first, 0.99), "ms", bars[1])
    burst = await _run(cluster, "first-burst", Load(100, 1, 20, 0))
    report.add("100 sends in the same instant: p50", percentile(burst.first, 0.5), "ms")
    report.add("100 sends in the same instant: p99", percentile(burst.first, 0.99), "ms")
    report.notes += [
        "Every chat has one viewer and runs turn after turn at 20 parts/s, with random pauses between them.",
        "A turn streams for 0.5 s with one chat, 3 s with 20, 5 s with 100, so sends fall among the others' parts.",
        "The burst is beyond the bar: 100 turns that all begin at once.",
    ]
    return report


async def stream(cluster: Cluster, *, quick: bool) -> Report:
    """100 chats of 20 parts/s, one viewer each: lateness of the parts and CPU time."""
    seconds = 8 if quick else 20
    report = Report("stream: 100 chats of 20 parts/s at a time, one viewer each")
    measured = await _run(cluster, "stream", Load(100, 1, 20 * seconds, 2.0))
    thousands = measured.parts / 1000
    report.add("parts delivered", measured.parts)
    report.add("lateness p50", percentile(measured.late, 0.5), "ms")
    report.add("lateness p99", percentile(measured.late, 0.99), "ms", Bar("<", 250))
    report.add("CPU, server", measured.server_cpu / thousands, "s per 1,000 parts")
    report.add("CPU, database", measured.database_cpu / thousands, "s per 1,000 parts")
    total = (measured.server_cpu + measured.database_cpu) / thousands
    report.add("CPU, both", total, "s per 1,000 parts", Bar("<=", 0.25))
    report.notes.append(
        f"{seconds} s of parts after starts spread over 2 s; lateness from the model server's stamp to the viewer; CPU "
        "includes sends, starts and ends of the turns."
    )
    return report
