"""When who is told by a bus looks at the database all the same."""

import asyncio
import uuid

import pytest

from palaver.stream.bus import LocalBus, SharedBus, Timing, looks
from tests.bus.memory_link import MemoryBroker

HOUR = 3600.0
STEP = 0.02
PATIENCE_SECONDS = 30.0


@pytest.fixture(autouse=True)
def _short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "SYNC_SECONDS", STEP)


async def test_a_bus_that_was_switched_off_shortens_the_pause() -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        await looks.pause(LocalBus(), HOUR)


async def test_a_shorter_period_stays_without_a_bus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "SYNC_SECONDS", HOUR)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await looks.pause(LocalBus(), STEP)


async def test_who_is_alone_keeps_its_period() -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(5 * STEP):
            await looks.pause(LocalBus(alone=True), HOUR)
    async with asyncio.timeout(PATIENCE_SECONDS):
        await looks.pause(LocalBus(alone=True), 3 * STEP)


@pytest.mark.parametrize("alone", [True, False])
async def test_a_reason_ends_the_pause_at_once(monkeypatch: pytest.MonkeyPatch, alone: bool) -> None:
    monkeypatch.setattr(looks, "SYNC_SECONDS", HOUR)
    reason = asyncio.Event()
    pause = asyncio.create_task(looks.pause(LocalBus(alone=alone), HOUR, reason))
    await asyncio.sleep(0)
    reason.set()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await pause


async def test_a_bus_that_is_lost_ends_a_pause_that_began_with_it() -> None:
    broker = MemoryBroker()
    bus = SharedBus(uuid.uuid4(), broker.link(), Timing(start=PATIENCE_SECONDS, farewell=0))
    await bus.start()
    try:
        assert bus.hears_all
        pause = asyncio.create_task(looks.pause(bus, HOUR))
        await asyncio.sleep(5 * STEP)
        assert not pause.done()
        broker.cut()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await pause
    finally:
        await bus.stop()
