"""What goes wrong, and when: a list made of a seed alone."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "kill",
    "terminate",
    "freeze",
    "database_cut",
    "database_hold",
    "database_lose",
    "database_delay",
    "database_restart",
    "bus_cut",
    "bus_hold",
    "redis_restart",
]
BusKind = Literal["postgres", "redis", "local"]

DECK: tuple[Kind, ...] = (
    *("kill",) * 4,
    *("freeze",) * 2,
    *("database_delay",) * 2,
    "terminate",
    "database_cut",
    "database_hold",
    "database_lose",
    "database_restart",
    "bus_cut",
    "bus_hold",
    "redis_restart",
)
"""How often each fault comes, in relation; it is dealt whole before it is shuffled again."""
OPENING: tuple[Kind, ...] = ("kill", "freeze", "database_restart", "database_lose", "bus_cut", "kill")
"""The hand that comes first, so that a short run has something of everything."""
RECOVERY_SECONDS = 5.0
"""How long a replica is left alone after a fault has ended: time to start again, or to notice."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `at`: seconds after the beginning; `replica`: its number, None for what concerns all."""

    at: float
    kind: Kind
    replica: int | None
    seconds: float
    """How long it lasts: for a kill, until the restart."""
    delay: float = 0.0
    """What `database_delay` adds to each piece of data."""

    def __str__(self) -> str:
        whom = "" if self.replica is None else f" of replica {self.replica}"
        extra = f", {self.delay * 1000:.0f} ms" if self.delay else ""
        return f"{self.kind}{whom} for {self.seconds:.1f} s{extra}"


def make_plan(seed: str, *, seconds: float, replicas: int, bus: BusKind, lease_seconds: float) -> list[Fault]:
    """The faults of a run: every one begins before `seconds` are over, and no replica has two at a time."""
    rng = random.Random(f"{seed}:faults")
    free_at = [1.0] * replicas
    """From when on each replica may be harmed."""
    database_free_at = 0.0
    faults: list[Fault] = []
    now = 1.0
    for kind in _kinds(rng, bus):
        now += rng.uniform(0.8, 2.4)
        length = _length(rng, kind, lease_seconds)
        if kind in ("database_restart", "redis_restart"):
            now = max(now, database_free_at)
            if now >= seconds:
                return faults
            faults.append(Fault(round(now, 2), kind, None, length))
            database_free_at = now + length + RECOVERY_SECONDS
            continue
        ready = [number for number in range(replicas) if free_at[number] <= now]
        if not ready:
            now = min(free_at)
            ready = [number for number in range(replicas) if free_at[number] <= now]
        if now >= seconds:
            return faults
        replica = rng.choice(ready)
        delay = rng.uniform(0.01, 0.12) if kind == "database_delay" else 0.0
        faults.append(Fault(round(now, 2), kind, replica, length, round(delay, 3)))
        free_at[replica] = now + length + RECOVERY_SECONDS
    return faults


def _kinds(rng: random.Random, bus: BusKind) -> Iterator[Kind]:
    hand = list(OPENING)
    rng.shuffle(hand)
    deck = list(DECK)
    while True:
        yield from (kind for kind in hand if _happens(kind, bus))
        rng.shuffle(deck)
        hand = deck


def _happens(kind: Kind, bus: BusKind) -> bool:
    if kind == "redis_restart":
        return bus == "redis"
    return bus != "local" or not kind.startswith("bus_")


def _length(rng: random.Random, kind: Kind, lease_seconds: float) -> float:
    match kind:
        case "kill" | "terminate":
            length = rng.uniform(0.2, 1.5 * lease_seconds)
        case "freeze" | "database_hold" | "database_lose":
            length = rng.uniform(1.3, 2.0) * lease_seconds
        case "database_restart" | "redis_restart":
            length = rng.uniform(0.2, 2.5)
        case "database_cut":
            length = rng.uniform(0.0, 1.5)
        case _:
            length = rng.uniform(1.0, 5.0)
    return round(length, 2)
