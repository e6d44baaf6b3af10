"""The short form of `make chaos`: some of each fault, and the checker's verdict."""

import random
import shutil

import pytest

from tests.chaos.fleet import Pace
from tests.chaos.plan import OPENING, BusKind, make_plan
from tests.chaos.report import evidence_directory, keep, summary
from tests.chaos.run import Run, Size

SEED = "short form 17"
"""Its plan begins with a kill, a freeze and a restart of the database, which concern different replicas."""


@pytest.mark.slow
async def test_nothing_is_lost_while_replicas_database_and_bus_fail() -> None:
    directory = evidence_directory(SEED, "postgres")
    size = Size(clients=6, chats=14, viewers=12)
    run = Run(SEED, 9, "postgres", directory, size, Pace(lease_seconds=2, poll_seconds=1))
    outcome = await run.make()
    if outcome.violations:
        keep(outcome, directory)
        pytest.fail(f"{summary(run, outcome)}\nThe evidence is in {directory}.")
    shutil.rmtree(directory)
    assert sum(sent.outcome == "acknowledged" for sent in outcome.evidence.ledger.sent.values()) > size.clients
    assert {"kill", "freeze", "database_restart"} <= outcome.course.counts().keys()
    # The checker has seen to it that chats were taken over after a kill or a freeze.


@pytest.mark.parametrize("bus", ["postgres", "redis", "local"])
def test_plan_follows_from_its_seed_alone(bus: BusKind) -> None:
    def plan(seed: str, seconds: float = 300) -> list[object]:
        return list(make_plan(seed, seconds=seconds, replicas=3, bus=bus, lease_seconds=4))

    first = plan("one")
    random.seed(1)
    assert plan("one") == first
    assert plan("two") != first
    assert plan("one", 60) == first[: len(plan("one", 60))]


def test_every_kind_of_fault_comes_and_no_replica_has_two_at_a_time() -> None:
    faults = make_plan("any", seconds=300, replicas=3, bus="redis", lease_seconds=4)
    assert {fault.kind for fault in faults[: len(OPENING)]} == set(OPENING)
    assert "redis_restart" in {fault.kind for fault in faults}
    quiet = make_plan("any", seconds=300, replicas=3, bus="local", lease_seconds=4)
    assert not any(fault.kind.startswith(("bus", "redis")) for fault in quiet)
    free_at: dict[int | None, float] = {}
    for fault in faults:
        assert fault.at >= free_at.get(fault.replica, 0)
        free_at[fault.replica] = fault.at + fault.seconds
