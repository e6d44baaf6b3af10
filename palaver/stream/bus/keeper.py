"""Keeps a link open: connects, sends, probes, and begins anew when the link is lost."""

import asyncio
import random
import time
import uuid
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from palaver.stream.bus.link import Destination, Link, LinkDown
from palaver.stream.signals import Signal

_REPEATED_WARNING_SECONDS: Final = 60.0
"""Least time between two warnings that the broker still cannot be reached."""
_REST: Final = 10
"""News gather for so many times as long as the last sending took: where all is busy, frames get fewer and fuller."""
log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds. A silent cut is noticed within `probe` + `answer`, and mended within `backoff_most` more."""

    gather: float = 0.002
    """How long news wait for more, at least, when some were sent just before."""
    gather_most: float = 0.02
    """How long they wait at most, the more the longer a sending takes."""
    connect: float = 4.0
    answer: float = 3.0
    """Patience with the broker's answer to frames and probes."""
    probe: float = 2.5
    """Time between two looks whether the broker answers; in a small fleet also between our signs of life."""
    echo: float = 4.0
    """Patience until our own sign of life comes back."""
    backoff_least: float = 0.1
    backoff_most: float = 3.0
    start: float = 2.0
    """How long a start waits for the connection."""
    farewell: float = 1.0
    """How long a stop waits until everything is sent."""
    newcomer: float = 1.0
    """How long after connecting others are assumed to be there."""
    resync: float = 1.0
    """Least time between two resyncs because of gaps."""


class End(Protocol):
    """The bus behind the link. None of these may wait."""

    @property
    def replica_id(self) -> uuid.UUID:
        """Who we are."""

    @property
    def connected(self) -> bool:
        """Whether the open link has proved to work."""

    @property
    def waiting(self) -> Signal:
        """Set while there is something to send."""

    @property
    def hurried(self) -> Signal:
        """Set while there is something to send that must not wait for more."""

    def receive(self, data: bytes) -> None:
        """Take a frame."""

    def link_opened(self) -> None:
        """The link is open."""

    def take_frames(self) -> list[tuple[Destination, bytes]]:
        """What to send next, in one round trip."""

    def frames_sent(self, frames: int, size: int) -> None:
        """So many frames, of `size` bytes together, have been sent."""

    def tick(self) -> None:
        """Time for what is periodic. Raises LinkDown when the link does not do what it should."""

    def link_closed(self) -> None:
        """The link is lost, or was never open; called before it is opened again, and at the end."""


class Keeper:
    """`start`, then `stop`, both once."""

    def __init__(self, link: Link, timing: Timing, end: End) -> None:
        self._link = link
        self._timing = timing
        self._end = end
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._warned_at = float("-inf")

    def start(self) -> None:
        """Begin to connect."""
        self._task = asyncio.create_task(self._keep(), name="bus")

    async def stop(self) -> None:
        """Disconnect; returns when it is done."""
        self._stopping = True
        while self._task is not None and not self._task.done():
            # Again and again: one cancellation may coincide with the loss of the link and be taken for it.
            self._task.cancel()
            await asyncio.wait((self._task,), timeout=1.0)

    async def _keep(self) -> None:
        failures = 0
        try:
            while not self._stopping:
                failures = 0 if await self._until_lost() else failures + 1
                longest = min(self._timing.backoff_most, self._timing.backoff_least * 2 ** min(failures, 10))
                await asyncio.sleep(random.uniform(longest / 2, longest))  # noqa: S311 - not a secret
        finally:
            self._end.link_closed()
            await self._link.close()

    async def _until_lost(self) -> bool:
        """Stay connected until the link is lost; whether it ever worked."""
        worked = False
        try:
            await self._serve()
        except LinkDown as error:
            worked = self._end.connected
            self._warn(str(error), worked)
        except Exception:
            worked = self._end.connected
            log.exception("the bus failed, connecting anew", action="bus_failed", broker=self._link.name)
        self._end.link_closed()
        await self._link.close()
        return worked

    def _warn(self, reason: str, worked: bool) -> None:
        now = asyncio.get_running_loop().time()
        if worked or now >= self._warned_at + _REPEATED_WARNING_SECONDS:
            self._warned_at = now
            log.warning("the bus is cut off", action="bus_lost", broker=self._link.name, reason=reason)

    async def _serve(self) -> None:
        """Connect, then send and watch until the link is lost. Raises LinkDown."""
        lost: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def note_lost(reason: str) -> None:
            if not lost.done():
                lost.set_result(reason)

        try:
            async with asyncio.timeout(self._timing.connect):
                await self._link.open(self._end.replica_id, self._end.receive, note_lost)
        except TimeoutError:
            raise LinkDown("no connection in time") from None
        self._end.link_opened()
        reasons: list[str] = []
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._send(), name="bus-send")
                tasks.create_task(self._watch(), name="bus-watch")
                tasks.create_task(_wait_until(lost), name="bus-lost")
        except* LinkDown as downs:
            reasons.extend(str(down) for down in downs.exceptions)
        raise LinkDown("; ".join(reasons))

    async def _send(self) -> None:
        loop = asyncio.get_running_loop()
        rested_at = gathered_at = 0.0
        while True:
            await self._end.waiting.wait()
            # What was idle sends at once, together with what the same turn of the loop adds.
            await asyncio.sleep(max(0.0, rested_at - loop.time()))
            await self._gather_until(gathered_at)
            frames = self._end.take_frames()
            has_left_some = self._end.waiting.is_set()
            if frames:
                began = time.perf_counter()  # The loop's own clock is too coarse for it.
                await self._answered(self._link.send(frames))
                took = time.perf_counter() - began
                rested_at = loop.time() + self._timing.gather
                # What was left fills frames as it is.
                gathered_at = 0.0 if has_left_some else loop.time() + min(_REST * took, self._timing.gather_most)
            self._end.frames_sent(len(frames), sum(len(frame) for _, frame in frames))

    async def _gather_until(self, end: float) -> None:
        """Wait for more to send; what is for one process alone, live parts above all, ends that at once."""
        if asyncio.get_running_loop().time() < end:
            with suppress(TimeoutError):
                async with asyncio.timeout_at(end):
                    await self._end.hurried.wait()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(self._timing.probe)
            self._end.tick()
            await self._answered(self._link.probe())

    async def _answered(self, asked: Coroutine[None, None, None]) -> None:
        try:
            async with asyncio.timeout(self._timing.answer):
                await asked
        except TimeoutError:
            raise LinkDown("no answer in time") from None


async def _wait_until(lost: "asyncio.Future[str]") -> None:
    raise LinkDown(await lost)
