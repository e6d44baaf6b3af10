"""Workers whom nobody tells anything: what the database says reaches them within the sync interval all the same."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from palaver.settings import Settings
from palaver.stream.bus import looks
from palaver.worker.service import Worker
from tests.support.server import RunningServer, run_server
from tests.support.world import CHATS, World
from tests.worker.watching import settled

HOUR = 3600
API_ALONE = {"bus_url": "local", "role": "api", "acquisition_seconds": HOUR, "runner_sync_seconds": HOUR}
"""A server without a worker that tells nobody anything; the looks of others are rare by their own periods."""
PATIENCE_SECONDS = 30.0

pytestmark = pytest.mark.settings(**API_ALONE)


@pytest.fixture(autouse=True)
def _short_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "SYNC_SECONDS", 0.1)


@pytest_asyncio.fixture
async def untold(world_settings: Settings, world: World) -> AsyncIterator[RunningServer]:
    """A server with a worker over the same database, with its bus switched off; the search of its start is over."""
    async with run_server(world_settings.model_copy(update={"role": "all"})) as server:
        await settled(world, (await world.create_chat())["id"], seconds=PATIENCE_SECONDS)
        yield server


def worker_of(server: RunningServer) -> Worker:
    assert server.services.worker is not None
    return server.services.worker


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():
            await asyncio.sleep(0.01)


async def test_a_chat_made_elsewhere_is_found_without_the_bus(world: World, untold: RunningServer) -> None:
    await settled(world, (await world.create_chat())["id"], seconds=PATIENCE_SECONDS)


async def test_an_interrupt_elsewhere_reaches_the_runner_without_the_bus(world: World, untold: RunningServer) -> None:
    chat_id = (await world.create_chat(text="/wait 600"))["id"]
    await until(lambda: worker_of(untold).running == 1)
    assert (await world.alice.post(f"{CHATS}/{chat_id}/interrupt")).status_code == 200
    await settled(world, chat_id, seconds=PATIENCE_SECONDS)


async def test_a_bus_that_is_lost_in_a_long_wait_shortens_it(world: World, world_settings: Settings) -> None:
    """The waits of search and runner began while the worker heard all, and would take an hour."""
    async with run_server(world_settings.model_copy(update={"role": "all", "bus_url": None})) as server:
        bus, worker = server.services.bus, worker_of(server)
        await until(lambda: bus.hears_all)
        interrupted = (await world.create_chat(text="/wait 600"))["id"]
        worker.look_now()
        await until(lambda: worker.running == 1)
        assert (await world.alice.post(f"{CHATS}/{interrupted}/interrupt")).status_code == 200
        made = (await world.create_chat())["id"]
        await asyncio.sleep(0.5)
        for chat_id, status in ((interrupted, "interrupting"), (made, "running")):
            assert (await world.alice.get(f"{CHATS}/{chat_id}")).json()["status"] == status
        await bus.stop()
        await settled(world, interrupted, seconds=PATIENCE_SECONDS)
        await settled(world, made, seconds=PATIENCE_SECONDS)
