"""What /readyz says of the database, its schema, the worker and the bus."""

import asyncio
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from palaver import readiness
from palaver.database import known_revisions, upgrade
from palaver.settings import Settings
from tests.postgres import Cluster, fresh_database
from tests.support.server import run_server
from tests.support.world import World
from tests.worker.watching import settled

OLDER, NEWEST = known_revisions()[-2:]


async def ready(url: str) -> tuple[int, dict[str, Any]]:
    async with httpx.AsyncClient(base_url=url) as client:
        response = await client.get("/readyz")
    return response.status_code, response.json()


async def set_revision(world: World, revision: str) -> None:
    async with world.services.database.begin() as conn:
        await conn.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


async def test_a_server_at_work_is_ready(world: World) -> None:
    assert await ready(world.url) == (200, {"ready": True})


async def test_a_draining_server_is_not_ready(world: World) -> None:
    world.services.bus.close()
    assert await ready(world.url) == (503, {"ready": False, "reasons": [readiness.DRAINING]})


async def test_a_server_whose_database_was_migrated_by_a_newer_one_stays_ready_and_warns(world: World) -> None:
    await set_revision(world, "9999")
    warning = f"the database's schema 9999 is newer than this version's, {NEWEST}"
    assert await ready(world.url) == (200, {"ready": True, "warnings": [warning]})
    assert (await world.create_chat())["status"] == "running"


async def test_a_server_whose_database_is_not_migrated_yet_is_not_ready(world: World) -> None:
    await set_revision(world, OLDER)
    reason = f"the database's schema {OLDER} is older than this version's, {NEWEST}"
    assert await ready(world.url) == (503, {"ready": False, "reasons": [reason]})


async def test_a_server_on_an_empty_database_waits_for_its_schema(postgres: Cluster, world_settings: Settings) -> None:
    url = await fresh_database(postgres, migrated=False)
    values = {"database_url": url, "processor": "disabled"}
    async with run_server(world_settings.model_copy(update=values)) as server:
        assert await ready(server.url) == (503, {"ready": False, "reasons": [readiness.NO_SCHEMA]})
        await upgrade(url)
        assert await ready(server.url) == (200, {"ready": True})


@pytest.mark.settings(pool_size=2)
async def test_a_database_that_does_not_answer_in_time_is_a_reason(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readiness, "PATIENCE_SECONDS", 0.05)
    database = world.services.database
    async with database.connect(), database.connect():
        reason = "the database does not answer within 0.05 s"
        assert await ready(world.url) == (503, {"ready": False, "reasons": [reason]})
    assert await ready(world.url) == (200, {"ready": True})


async def test_a_server_whose_worker_has_died_is_not_ready(world: World) -> None:
    worker = world.services.worker
    assert worker is not None
    assert worker._main is not None
    worker._main.cancel()
    await asyncio.wait((worker._main,))
    assert await ready(world.url) == (503, {"ready": False, "reasons": [readiness.NO_WORKER]})


@pytest.mark.settings(database_direct_url="postgresql://nobody@127.0.0.1:1/nothing")
async def test_a_server_whose_bus_reaches_nobody_stays_ready_works_and_warns(world: World) -> None:
    assert await ready(world.url) == (200, {"ready": True, "warnings": [readiness.NO_BUS]})
    chat = await world.create_chat()
    await settled(world, chat["id"])
    assert "palaver_bus_connected 0.0" in (await world.anonymous.get("/metrics")).text
