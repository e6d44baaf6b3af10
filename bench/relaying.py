"""`relay`: how much later parts come to viewers on another server than the one that runs the turn."""

from contextlib import ExitStack

from bench.api import set_up
from bench.cluster import Cluster, make_chats
from bench.figures import Bar, Report, percentile
from bench.processes import CpuMeter, free_port, palaver, server
from bench.streaming import Load, watch_turns

_CHATS = 100
_RATE = 20


async def relay(cluster: Cluster, *, quick: bool) -> Report:
    """100 chats of 20 parts/s on one server, each with a viewer there and one on a second server: the difference."""
    seconds = 8 if quick else 20
    load = Load(_CHATS, 1, _RATE * seconds, 2.0, rate=_RATE)
    url = await cluster.new_database("relay")
    with ExitStack() as stack:
        model_port = free_port()
        pace = ["--delay", str(load.delay), "--parts", str(load.parts), "--rate", str(load.rate)]
        stack.enter_context(server(["-m", "bench.model_server", str(model_port), *pace], model_port, "/"))
        port, pid = stack.enter_context(palaver(url, cluster.directory, role="all"))
        relay_port, relay_pid = stack.enter_context(palaver(url, cluster.directory, role="api"))
        account = set_up(port, model_port=model_port)
        warm = Load(10, 1, load.parts, 0.5)
        chats = await make_chats(url, account.owner, chats=warm.chats, messages=2)
        watch_turns(stack, port, account.token, chats, warm, CpuMeter(), relay_port=relay_port)
        chats = await make_chats(url, account.owner, chats=load.chats, messages=2)
        meter, result = watch_turns(
            stack, port, account.token, chats, load, None, pid, relay_pid, cluster.pid, relay_port=relay_port
        )
        runs_cpu, shows_cpu, database_cpu = meter.seconds()
    thousands = len(result["relayed"]) / 1000
    report = Report(f"relay: {_CHATS} chats of {_RATE} parts/s, each seen on the server that runs it and on another")
    report.add("parts relayed", len(result["relayed"]))
    report.add("lateness on the server that runs the turn: p50", percentile(result["late"], 0.5), "ms")
    report.add("  p99", percentile(result["late"], 0.99), "ms")
    report.add("lateness on the other: p50", percentile(result["relayed"], 0.5), "ms")
    report.add("  p99", percentile(result["relayed"], 0.99), "ms")
    report.add("added to the same part: p50", percentile(result["added"], 0.5), "ms")
    report.add("  p99", percentile(result["added"], 0.99), "ms", Bar("<=", 60))
    report.add("  longest", max(result["added"]), "ms")
    report.add("CPU, server that runs the turns", runs_cpu / thousands, "s per 1,000 parts")
    report.add("CPU, the other", shows_cpu / thousands, "s per 1,000 parts")
    report.add("CPU, database", database_cpu / thousands, "s per 1,000 parts")
    report.notes.append(
        f"Two servers on one PostgreSQL, which also carries the parts; {seconds} s of parts after starts spread over "
        "2 s; lateness from the model server's stamp to the viewer."
    )
    return report
