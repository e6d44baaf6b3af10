"""A worker that hears what another process says on a bus and times it: `python -m bench.bus_listener`.

A job: {bus: postgresql | redis | notify | publish, url, replicas, expected, publisher?}; the last two kinds listen
without Palaver, as the plainest program would. It answers twice: {ready: true}, and when `expected` notices have come
to each of the replicas {microseconds: [one per notice of the first], last: when, by the clock all processes share}.
"""

import asyncio
import sys
import time
import uuid
from typing import Any

import asyncpg
import redis.asyncio
import structlog
import uvloop

from bench.jobs import answer, jobs
from palaver.stream.bus import Bus, Link, SharedBus
from palaver.stream.bus.postgres_link import PostgresLink
from palaver.stream.bus.redis_link import RedisLink

CHANNEL = "bench"
ACKNOWLEDGED_EVERY = 500


def make_bus(kind: str, url: str) -> SharedBus:
    """A bus of a replica of its own."""
    link: Link = RedisLink(url) if kind == "redis" else PostgresLink(url)
    return SharedBus(uuid.uuid4(), link)


class Times:
    """How long each notice took. A notice says when it was made: its version is the time, in nanoseconds."""

    def __init__(self, expected: int) -> None:
        self.expected = expected
        self.microseconds: list[float] = []
        self.complete = asyncio.Event()

    def add(self, made_at: int) -> None:
        """A notice has come."""
        self.microseconds.append((time.perf_counter_ns() - made_at) / 1000)
        if len(self.microseconds) == self.expected:
            self.complete.set()


async def listen_on_bus(bus: Bus, publisher: uuid.UUID | None, times: Times) -> None:
    """Until all expected notices have come; the publisher is told of the progress."""
    acknowledged = 0
    with bus.subscribe_chats() as tap:
        while not times.complete.is_set():
            for notice in (await tap.wait()).notices:
                times.add(notice.snapshot_version)
            heard = len(times.microseconds)
            if publisher is not None and (heard - acknowledged >= ACKNOWLEDGED_EVERY or heard == times.expected):
                acknowledged = heard
                bus.send(publisher, b"%d" % heard)


async def on_buses(job: dict[str, Any]) -> Times:
    """As many replicas as the job says, in this one process."""
    buses = [make_bus(job["bus"], job["url"]) for _ in range(job["replicas"])]
    all_times = [Times(job["expected"]) for _ in buses]
    publisher = uuid.UUID(job["publisher"])
    async with asyncio.TaskGroup() as listeners:
        for bus, times in zip(buses, all_times, strict=True):
            listeners.create_task(listen_on_bus(bus, publisher, times))
            await bus.start()
        while any(bus.peers < len(buses) for bus in buses):  # noqa: ASYNC110 - a bus tells nobody
            await asyncio.sleep(0.01)
        answer({"ready": True})
    for bus in buses:
        await bus.stop()
    return all_times[0]


async def on_notify(job: dict[str, Any]) -> Times:
    """LISTEN, and nothing else."""
    times = Times(job["expected"])
    connection = await asyncpg.connect(job["url"])
    await connection.add_listener(
        CHANNEL, lambda _connection, _pid, _channel, text: times.add(int(str(text).split()[0]))
    )
    answer({"ready": True})
    await times.complete.wait()
    connection.terminate()
    return times


async def on_publish(job: dict[str, Any]) -> Times:
    """SUBSCRIBE, and nothing else."""
    times = Times(job["expected"])
    client = redis.asyncio.from_url(job["url"])
    async with client.pubsub() as pubsub:
        await pubsub.subscribe(CHANNEL)
        answer({"ready": True})
        async for message in pubsub.listen():
            if message["type"] == "message":
                times.add(int(message["data"].split()[0]))
                if times.complete.is_set():
                    break
    await client.aclose()
    return times


def main() -> None:
    """Do jobs until there are no more."""
    # Standard output is for answers.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    for job in jobs():
        listen = {"notify": on_notify, "publish": on_publish}.get(job["bus"], on_buses)
        times = uvloop.run(listen(job))
        answer({"microseconds": times.microseconds, "last": time.perf_counter()})


if __name__ == "__main__":
    main()
