"""What workers and streams count: take-overs, leases lost, and news that only a periodic look could tell."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable

import httpx
import pytest
import pytest_asyncio
from prometheus_client import REGISTRY
from sqlalchemy import delete, select, update

from models import Chat, ChatHeartbeat
from palaver.settings import Settings
from tests.support.server import RunningServer, run_server
from tests.support.world import CHATS, World
from tests.worker.watching import settled

FAST = {"acquisition_seconds": 0.1, "heartbeat_seconds": 0.1, "heartbeat_stale_seconds": 0.6}
ALONE = {**FAST, "bus_url": "local", "role": "api"}
"""A server without a worker that tells nobody anything."""


@pytest_asyncio.fixture
async def second(world: World, world_settings: Settings) -> AsyncIterator[RunningServer]:
    """A server with a worker, over the same database; nobody tells it anything either."""
    async with run_server(world_settings.model_copy(update={"role": "all"})) as server:
        yield server


def counted(name: str, **labels: str) -> Callable[[], float]:
    """What a metric has grown by since this call."""

    def value() -> float:
        return REGISTRY.get_sample_value(name, labels) or 0.0

    before = value()
    return lambda: value() - before


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


async def metrics_of(server: RunningServer) -> str:
    async with httpx.AsyncClient(base_url=server.url) as client:
        return (await client.get("/metrics")).text


@pytest.mark.settings(**ALONE)
async def test_a_chat_that_only_the_search_could_find_counts_as_a_repair_and_as_no_take_over(
    world: World, second: RunningServer
) -> None:
    repairs = counted("palaver_sync_repairs_total", where="search")
    acquired = counted("palaver_leases_acquired_total", by="search")
    takeovers = counted("palaver_takeovers_total")
    # By now it has made the search of its start.
    await settled(world, (await world.create_chat())["id"])
    await settled(world, (await world.create_chat())["id"])
    assert repairs() >= 1
    assert acquired() == 2
    assert takeovers() == 0


@pytest.mark.settings(**ALONE)
async def test_a_lease_that_its_owner_does_not_renew_counts_as_taken_over(
    world: World, world_settings: Settings
) -> None:
    takeovers, repairs = counted("palaver_takeovers_total"), counted("palaver_sync_repairs_total", where="search")
    chat_id = (await world.create_chat())["id"]
    async with world.services.database.begin() as conn:
        dead = {"worker_id": uuid.uuid4(), "runner_id": uuid.uuid4()}
        await conn.execute(update(Chat).where(Chat.id == chat_id).values(**dead))
    async with run_server(world_settings.model_copy(update={"role": "all"})):
        await settled(world, chat_id)
    assert (takeovers(), repairs()) == (1, 0)


@pytest.mark.settings(**FAST)
async def test_a_lease_taken_in_the_request_counts_as_such_and_is_held_meanwhile(world: World) -> None:
    acquired, takeovers = counted("palaver_leases_acquired_total", by="request"), counted("palaver_takeovers_total")
    chat_id = (await world.create_chat(text="/wait 0.5"))["id"]
    server = RunningServer(world.url, world.services)
    told = await metrics_of(server)
    assert "palaver_leases_held 1.0" in told
    assert f"palaver_leases_limit {world.services.settings.max_running_chats}.0" in told
    await settled(world, chat_id)
    await until(lambda: world.services.worker is not None and world.services.worker.running == 0)
    assert "palaver_leases_held 0.0" in await metrics_of(server)
    assert (acquired(), takeovers()) == (1, 0)


@pytest.mark.settings(**ALONE, runner_sync_seconds=0.1)
async def test_a_runner_that_only_the_sync_could_tell_counts_as_a_repair(world: World, second: RunningServer) -> None:
    repairs = counted("palaver_sync_repairs_total", where="runner")
    chat_id = (await world.create_chat(text="/wait 20"))["id"]
    worker = second.services.worker
    assert worker is not None
    await until(lambda: worker.running == 1)
    assert (await world.alice.post(f"{CHATS}/{chat_id}/interrupt")).status_code == 200
    await settled(world, chat_id)
    assert repairs() == 1


@pytest.mark.settings(**FAST, runner_sync_seconds=0.1)
async def test_a_runner_that_learns_that_its_chat_is_anothers_counts_it_as_lost(world: World) -> None:
    lost = counted("palaver_leases_lost_total")
    chat_id = (await world.create_chat(text="/wait 20"))["id"]
    worker = world.services.worker
    assert worker is not None
    await until(lambda: worker.running == 1)
    async with world.services.database.begin() as conn:
        # As another replica takes it over that finds the lease lapsed.
        await conn.execute(delete(ChatHeartbeat).where(ChatHeartbeat.chat_id == chat_id))
        other = {"worker_id": uuid.uuid4(), "runner_id": uuid.uuid4()}
        row = update(Chat).where(Chat.id == chat_id).values(**other, snapshot_version=Chat.snapshot_version + 1)
        await conn.execute(row)
        await conn.execute(ChatHeartbeat.__table__.insert().values(chat_id=chat_id, runner_id=other["runner_id"]))
    await until(lambda: lost() == 1)
    async with world.services.database.connect() as conn:
        owner = (await conn.execute(select(Chat.worker_id).where(Chat.id == chat_id))).scalar_one()
    assert owner in (other["worker_id"], worker.id)


@pytest.mark.settings(**ALONE, stream_poll_seconds=0.1)
async def test_a_stream_that_only_the_poll_could_tell_counts_as_a_repair(world: World, second: RunningServer) -> None:
    repairs = counted("palaver_sync_repairs_total", where="stream")
    chat_id = (await world.create_chat(text="/wait 0.3"))["id"]
    async with world.alice.stream("GET", f"{CHATS}/{chat_id}/stream") as response:
        async with asyncio.timeout(20):
            async for line in response.aiter_lines():
                if line.startswith("data:") and '"waiting"' in line:
                    break
    assert repairs() >= 1
