"""`python -m bench [name ...] [--check] [--quick]`: run benchmarks and show what they found."""

import argparse
import asyncio
import os
import sys
from collections.abc import Coroutine
from typing import Any, Protocol

from rich.console import Console

from bench.authorization import authorize
from bench.buses import bus
from bench.cluster import Cluster, durability, running_cluster
from bench.figures import Report
from bench.lists import lists
from bench.relaying import relay
from bench.scaling import processes
from bench.sending import history, send
from bench.streaming import first_part, stream
from bench.tools import tools


class Benchmark(Protocol):
    """Measures one thing on the cluster; `quick` for a look instead of a figure."""

    def __call__(self, cluster: Cluster, *, quick: bool) -> Coroutine[Any, Any, Report]: ...


BENCHMARKS: dict[str, Benchmark] = {
    "send": send,
    "history": history,
    "lists": lists,
    "authorize": authorize,
    "first-part": first_part,
    "stream": stream,
    "relay": relay,
    "processes": processes,
    "bus": bus,
    "tools": tools,
}


def main() -> int:
    """Run what was asked for; 1 when `--check` is given and a bar is not reached."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"which: {', '.join(BENCHMARKS)}; all by default")
    parser.add_argument("--check", action="store_true", help="end with status 1 when a bar is not reached")
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds: a look, not a figure")
    given = parser.parse_args()
    unknown = [name for name in given.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}")
    console = Console(width=110)
    passed = True
    with running_cluster() as cluster:
        database = asyncio.run(durability(cluster.url))
        console.print(f"{database}; {os.cpu_count()} cores for clients, servers and database together.")
        console.print()
        for name in given.names or BENCHMARKS:
            report = asyncio.run(BENCHMARKS[name](cluster, quick=given.quick))
            report.print(console)
            passed = passed and report.passed
    console.print("[green]Every bar is reached.[/]" if passed else "[red]Not every bar is reached.[/]")
    return 0 if passed or not given.check else 1


if __name__ == "__main__":
    sys.exit(main())
