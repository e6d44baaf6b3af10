"""`python -m tests.chaos`: break a fleet of real servers by a seeded plan, and judge what is left.

CHAOS_SEED repeats a run's faults and the clients' choices (default: a new seed), CHAOS_SECONDS is how long things
break (300), CHAOS_BUS is postgres, redis or local (postgres). The exit status is 1 when a promise was broken.
"""

import asyncio
import os
import secrets
import sys
from typing import cast, get_args

import uvloop

from tests.chaos.plan import BusKind
from tests.chaos.report import evidence_directory, keep, summary
from tests.chaos.run import Run


def main() -> int:
    """Run it; returns the exit status."""
    seed = os.environ.get("CHAOS_SEED") or secrets.token_hex(4)
    seconds = float(os.environ.get("CHAOS_SECONDS") or 300)
    bus = os.environ.get("CHAOS_BUS") or "postgres"
    if bus not in get_args(BusKind):
        sys.exit(f"CHAOS_BUS must be one of {', '.join(get_args(BusKind))}.")
    directory = evidence_directory(seed, bus)
    shown = os.path.relpath(directory)
    sys.stdout.write(
        f"Chaos with CHAOS_SEED={seed} CHAOS_BUS={bus} for {seconds:.0f} s; timeline in {shown}/timeline.log\n"
    )
    run = Run(seed, seconds, cast("BusKind", bus), directory)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        outcome = runner.run(run.make())
    text = summary(run, outcome)
    (directory / "summary.txt").write_text(text + "\n")
    sys.stdout.write(text + "\n")
    if outcome.violations:
        keep(outcome, directory)
        sys.stdout.write(f"The evidence is in {shown}.\n")
        return 1
    for log in directory.glob("replica-*.log"):
        log.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
