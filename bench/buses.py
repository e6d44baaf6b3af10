"""`bus`: how long a notice takes from process to process, how many get through, and what the broker works for it."""

import asyncio
import statistics
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import redis.asyncio

from bench.bus_listener import CHANNEL, Times, listen_on_bus, make_bus
from bench.cluster import Cluster
from bench.figures import Report, percentile
from bench.processes import CpuMeter, Worker, worker
from palaver.chat.notices import ChatNotice
from palaver.stream.bus import LocalBus, SharedBus
from tests.chaos.fleet import Redis

_PACED_PER_SECOND = 200
_WINDOW = 4000
"""Notices that may be on their way: what is measured is what gets through, not what is dropped."""
_PADDING = " " + "x" * 150
"""Makes a bare text as long as a notice is on the bus."""
_MANY = 8


@dataclass(slots=True)
class Found:
    """Of one way between processes."""

    p50: float
    p99: float
    per_second: float
    broker_microseconds: float
    """CPU of the broker for each notice that was published, at full speed."""


Publish = Callable[[int], Awaitable[None]]


def _notice() -> ChatNotice:
    return ChatNotice(uuid.uuid4(), time.perf_counter_ns(), None, uuid.uuid4(), 1, 2, 3, 4, "running", False)


class Publisher:
    """A bus that publishes no faster than all who listen report."""

    def __init__(self, bus: SharedBus, listeners: int) -> None:
        self._bus = bus
        self._listeners = listeners
        self._heard: dict[uuid.UUID, int] = {}
        self._news = asyncio.Event()
        bus.on_message(self._note)

    def expect_anew(self) -> None:
        """A new job begins."""
        self._heard = {}

    async def publish(self, number: int) -> None:
        """Publish the notice with this number, counted from 0."""
        while number - self._least() >= _WINDOW:
            self._news.clear()
            await self._news.wait()
        self._bus.publish(_notice())
        if number % 100 == 99:
            await asyncio.sleep(0)

    def _least(self) -> int:
        return min(self._heard.values()) if len(self._heard) == self._listeners else 0

    def _note(self, sender: uuid.UUID, payload: bytes) -> None:
        self._heard[sender] = int(payload)
        self._news.set()


async def _measure(
    listener: Worker,
    job: dict[str, Any],
    publish: Publish,
    broker: int,
    paced: int,
    fast: int,
    begin: Callable[[], None],
) -> Found:
    latencies: list[float] = []
    rate = cpu = 0.0
    for count, pause in ((200, 0.001), (paced, 1 / _PACED_PER_SECOND), (fast, 0.0)):
        begin()
        await asyncio.to_thread(listener.ask, {**job, "expected": count})
        meter, began = CpuMeter(broker), time.perf_counter()
        for number in range(count):
            await publish(number)
            if pause:
                await asyncio.sleep(pause)
        result = await asyncio.to_thread(listener.hear)
        if pause:
            latencies = result["microseconds"]
        else:
            rate, cpu = count / (result["last"] - began), meter.seconds()[0] / count * 1e6
    return Found(percentile(latencies, 0.5), percentile(latencies, 0.99), rate, cpu)


async def _over_bus(kind: str, url: str, broker: int, replicas: int, paced: int, fast: int) -> Found:
    bus = make_bus(kind, url)
    await bus.start()
    try:
        with worker("bench.bus_listener") as listener:
            publisher = Publisher(bus, replicas)
            job = {"bus": kind, "url": url, "replicas": replicas, "publisher": str(bus.replica_id)}
            return await _measure(listener, job, publisher.publish, broker, paced, fast, publisher.expect_anew)
    finally:
        await bus.stop()


async def _bare(kind: str, url: str, broker: int, paced: int, fast: int) -> Found:
    """One statement or command per notice, each awaited: what a program without a bus would do."""
    async with _bare_publisher(kind, url) as publish:
        with worker("bench.bus_listener") as listener:
            return await _measure(listener, {"bus": kind, "url": url}, publish, broker, paced, fast, lambda: None)


@asynccontextmanager
async def _bare_publisher(kind: str, url: str) -> AsyncIterator[Publish]:
    if kind == "notify":
        connection = await asyncpg.connect(url)
        statement = await connection.prepare("SELECT pg_notify($1, $2)")

        async def notify(_: int) -> None:
            await statement.fetch(CHANNEL, f"{time.perf_counter_ns()}{_PADDING}")

        yield notify
        await connection.close()
        return
    client = redis.asyncio.from_url(url)

    async def publish(_: int) -> None:
        await client.publish(CHANNEL, f"{time.perf_counter_ns()}{_PADDING}")

    yield publish
    await client.aclose()


async def _in_process(paced: int, fast: int) -> Found:
    bus = LocalBus()
    latencies: list[float] = []
    rate = 0.0
    for count, pause in ((paced, 1 / _PACED_PER_SECOND), (fast, 0.0)):
        times = Times(count)
        listening = asyncio.create_task(listen_on_bus(bus, None, times))
        await asyncio.sleep(0)
        began = time.perf_counter()
        for number in range(count):
            bus.publish(_notice())
            if pause or number % 100 == 99:
                await asyncio.sleep(pause)
        await listening
        if pause:
            latencies = times.microseconds
        else:
            rate = count / (time.perf_counter() - began)
    return Found(percentile(latencies, 0.5), percentile(latencies, 0.99), rate, 0.0)


async def bus(cluster: Cluster, *, quick: bool) -> Report:
    """Latency at 200 notices/s and the highest rate, process to process, against bare NOTIFY and PUBLISH."""
    rounds, paced, fast, bare_fast = (1, 400, 10_000, 2_000) if quick else (3, 2_000, 60_000, 10_000)
    database_url = await cluster.new_database("bus")
    report = Report("bus: notices from process to process")
    with tempfile.TemporaryDirectory(prefix="palaver-bench-redis-") as directory:
        server = Redis(Path(directory))
        await server.start()
        try:
            redis_process = next(p for p in psutil.Process().children() if p.name().startswith(("redis", "valkey")))
            redis_port = next(at.laddr.port for at in redis_process.net_connections() if at.status == "LISTEN")
            redis_url, redis_pid, postgres_pid = f"redis://127.0.0.1:{redis_port}", redis_process.pid, cluster.pid
            ways: list[tuple[str, Callable[[], Awaitable[Found]]]] = [
                ("in one process", lambda: _in_process(paced, fast)),
                ("PostgreSQL", lambda: _over_bus("postgresql", database_url, postgres_pid, 1, paced, fast)),
                ("Redis", lambda: _over_bus("redis", redis_url, redis_pid, 1, paced, fast)),
                ("baseline: bare NOTIFY", lambda: _bare("notify", database_url, postgres_pid, paced, bare_fast)),
                ("baseline: bare PUBLISH", lambda: _bare("publish", redis_url, redis_pid, paced, bare_fast)),
                (
                    f"PostgreSQL, {_MANY} replicas listen",
                    lambda: _over_bus("postgresql", database_url, postgres_pid, _MANY, paced, fast // 4),
                ),
                (
                    f"Redis, {_MANY} replicas listen",
                    lambda: _over_bus("redis", redis_url, redis_pid, _MANY, paced, fast // 4),
                ),
            ]
            for name, measure in ways:
                _add(report, name, [await measure() for _ in range(rounds)])
        finally:
            await server.stop()
    report.notes.append(
        f"Median of {rounds} rounds. Latency at {_PACED_PER_SECOND} notices/s from publish to the listener's task, "
        "by one clock; the rate with chats that all differ, so that nothing is coalesced."
    )
    report.notes.append(
        "Baselines: one statement or command per notice, each awaited, heard without Palaver. All processes, "
        "the brokers too, share the cores; several listeners are one process with a connection for each."
    )
    return report


def _add(report: Report, name: str, found: list[Found]) -> None:
    report.add(f"{name}: p50", statistics.median(each.p50 for each in found) / 1000, "ms")
    report.add("  p99", statistics.median(each.p99 for each in found) / 1000, "ms")
    report.add("  rate", statistics.median(each.per_second for each in found), "notices/s")
    cpu = statistics.median(each.broker_microseconds for each in found)
    if cpu:
        report.add("  broker's CPU for a notice at that rate", cpu, "us")
