"""`python -m tests.fuzz.streams`: fuzz the streams of two servers, by seeds, and tell what was seen."""

import argparse
import asyncio
import os
import re
import secrets
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx
import uvloop

from palaver.contract.loader import Contract
from tests.chaos.fleet import Fleet, Pace, Replica
from tests.chaos.run import set_up
from tests.fuzz.streams.run import Found, Held, Size, Stage, fuzz
from tests.support.contract_checker import ResponseChecker

BUILD = Path(__file__).resolve().parents[3] / "build" / "fuzz-streams"
PACE = Pace(lease_seconds=4, poll_seconds=2)
_HELD = re.compile(r"^(palaver_(?:streams|relay_episodes|leases_held|pool_connections)(?:{.*})?) (\S+)$", re.MULTILINE)


async def held(replicas: list[Replica]) -> Held:
    """What the servers' metrics tell, and their open sockets."""
    found: Counter[str] = Counter()
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
        for replica in replicas:
            metrics = (await client.get(f"http://127.0.0.1:{replica.port}/metrics")).text
            for name, value in _HELD.findall(metrics):
                if 'state="idle"' not in name:
                    found[name] += round(float(value))
            found["sockets"] += _sockets(replica)
    return dict(found)


def _sockets(replica: Replica) -> int:
    """The connections of clients that a server has open; 0 where the system does not tell."""
    assert replica.process is not None
    table = Path(f"/proc/{replica.process.pid}/net/tcp")
    if not table.exists():
        return 0
    # Local address, in state ESTABLISHED or CLOSE_WAIT: what waits for its last packets is the system's.
    here = f":{replica.port:04X}"
    rows = [line.split() for line in table.read_text().splitlines()[1:]]
    return sum(row[1].endswith(here) and row[3] in {"01", "08"} for row in rows)


def tracebacks(logs: Path) -> list[str]:
    """Where the servers' logs tell of an error that nobody expected."""
    found = []
    for log in sorted(logs.glob("*.log")):
        lines = log.read_text(errors="replace").splitlines()
        found += [f"{log.name}: {line[:2_000]}" for line in lines if "Traceback" in line][:10]
    return found


async def run(seed: str, size: Size, replicas: int, logs: Path) -> Found:
    """One run against servers of its own, whose logs stay in `logs`."""
    with tempfile.TemporaryDirectory(prefix="palaver-fuzz-", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        # The database server may run as another user; what is inside is closed to everybody but that one.
        directory.chmod(0o711)  # noqa: ASYNC240 - one call, before anything runs
        fleet = Fleet(directory, logs, "postgres", PACE, replicas)
        try:
            await fleet.start()
            ports = [replica.port for replica in fleet.replicas]
            token, organization_id = await set_up(ports[0])
            stage = Stage(
                ports,
                fleet.postgres.url,
                token,
                organization_id,
                ResponseChecker(Contract.load()),
                PACE.lease_seconds,
                lambda: held(fleet.replicas),
            )
            found = await fuzz(stage, seed, size)
            for replica in fleet.replicas:
                if replica.process is None or replica.process.poll() is not None:
                    found.faults.append(f"server {replica.number} has ended")
        finally:
            await fleet.stop()
    found.faults += tracebacks(logs)
    return found


def main() -> int:
    """Run it; returns the exit status."""
    parser = argparse.ArgumentParser(description="Fuzz the streams of running servers.")
    parser.add_argument("--seeds", nargs="*", help="one run for each, one after another")
    parser.add_argument("--seconds", type=float, default=Size.seconds, help="how long each works")
    parser.add_argument("--replicas", type=int, default=2, help="servers on one database")
    given = parser.parse_args()
    failed = False
    for seed in given.seeds or [secrets.token_hex(4)]:
        logs = BUILD / f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime())}-{seed}"
        logs.mkdir(parents=True)
        sys.stdout.write(f"Streams with seed {seed} for {given.seconds:.0f} s; logs in {os.path.relpath(logs)}\n")
        sys.stdout.flush()
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            found = runner.run(run(seed, Size(seconds=given.seconds), given.replicas, logs))
        told = "\n".join(found.lines())
        (logs / "summary.txt").write_text(told + "\n")
        sys.stdout.write(f"{told}\n{'failed' if found.faults else 'passed'}\n")
        failed |= bool(found.faults)
        if not found.faults:
            for log in logs.glob("*.log"):
                log.unlink()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
