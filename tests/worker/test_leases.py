"""Leases between workers: two servers over one database, each with a worker of its own."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import func, insert, select, update

from models import Chat, ChatHeartbeat
from palaver.settings import Settings
from tests.support.mcp import running_mcp
from tests.support.server import RunningServer, run_server
from tests.support.world import CHATS, World
from tests.worker.serving_tools import call_line, configured
from tests.worker.watching import history, send, settled, texts

FAST = {"acquisition_seconds": 0.1, "heartbeat_seconds": 0.1, "heartbeat_stale_seconds": 1.5}
PATIENT = {**FAST, "shutdown_grace_seconds": 10}


@pytest_asyncio.fixture
async def second(world: World, world_settings: Settings) -> AsyncIterator[RunningServer]:
    """A second server, which hears nothing of the first but through the database."""
    async with run_server(world_settings) as server:
        yield server


async def owner_of(world: World, chat_id: str) -> object:
    async with world.services.database.connect() as conn:
        return (await conn.execute(select(Chat.worker_id).where(Chat.id == chat_id))).scalar_one()


async def owned(world: World, chat_id: str) -> object:
    """The chat's worker, once it has one."""
    async with asyncio.timeout(10):
        while (owner := await owner_of(world, chat_id)) is None:
            await asyncio.sleep(0.01)
    return owner


@pytest.mark.settings(**FAST)
async def test_a_long_turn_is_not_taken_from_a_worker_that_renews_its_lease(
    world: World, second: RunningServer
) -> None:
    chat = await world.create_chat(text="/slow 15 0.1")
    owner = await owned(world, chat["id"])
    for _ in range(12):
        await asyncio.sleep(0.1)
        assert await owner_of(world, chat["id"]) in (owner, None)
    await settled(world, chat["id"])
    assert len(await texts(world, chat["id"])) == 2


@pytest.mark.settings(**FAST)
async def test_a_stopping_worker_lets_go_and_another_continues_at_once(world: World, world_settings: Settings) -> None:
    worker = world.services.worker
    assert worker is not None
    chats = [await world.create_chat(text="/wait 0.4\n/echo done") for _ in range(5)]
    owners = {await owned(world, chat["id"]) for chat in chats}
    assert owners == {worker.id}
    async with run_server(world_settings):
        await worker.stop(0)
        for chat in chats:
            assert await owner_of(world, chat["id"]) != worker.id
            await settled(world, chat["id"])
            assert [text for role, text in await texts(world, chat["id"]) if role == "assistant"] == ["done"]


@pytest.mark.settings(**PATIENT)
async def test_a_stopping_worker_gives_running_turns_time_to_end(world: World) -> None:
    worker = world.services.worker
    assert worker is not None
    chat = await world.create_chat(text="/slow 5 0.05")
    await owned(world, chat["id"])
    await worker.stop(10)
    assert worker.running == 0
    assert [role for role, _ in await texts(world, chat["id"])] == ["user", "assistant"]


@pytest.mark.settings(max_running_chats=2, **FAST)
async def test_a_full_worker_takes_the_next_chat_when_there_is_room(world: World) -> None:
    worker = world.services.worker
    assert worker is not None
    chats = [await world.create_chat(text="/wait 0.2\n/echo done") for _ in range(6)]
    for chat in chats:
        assert worker.running <= 2
        await settled(world, chat["id"])


@pytest.mark.settings(**FAST)
async def test_two_workers_share_the_chats_and_no_message_is_answered_twice(
    world: World, second: RunningServer
) -> None:
    chats = [await world.create_chat(text=f"/slow 2 0.02\n/echo {number}") for number in range(20)]
    for chat in chats:
        await send(world, chat["id"], "again")
    for chat in chats:
        await settled(world, chat["id"])
        assert [role for role, _ in await texts(world, chat["id"])] == ["user", "assistant"] * 2


@pytest.mark.settings(role="api")
async def test_dead_workers_chats_are_looked_for_when_their_leases_lapse(
    world: World, world_settings: Settings
) -> None:
    """The lease lives when the worker first looks, and its next look by the clock would be an hour away."""
    chat = await world.create_chat(text="/echo one")
    dead = {"worker_id": uuid.uuid4(), "runner_id": uuid.uuid4()}
    beat = {"chat_id": uuid.UUID(chat["id"]), "runner_id": dead["runner_id"]}
    async with world.services.database.begin() as conn:
        await conn.execute(update(Chat).where(Chat.id == beat["chat_id"]).values(**dead))
        await conn.execute(insert(ChatHeartbeat).values(heartbeat_at=func.now() + dt.timedelta(seconds=4), **beat))
    patient = {**FAST, "role": "all", "acquisition_seconds": 3600}
    async with run_server(world_settings.model_copy(update=patient)):
        assert await owner_of(world, chat["id"]) == dead["worker_id"]
        await settled(world, chat["id"])


@pytest.mark.settings(**FAST)
async def test_a_chat_that_waits_for_approval_is_nobodys_until_its_deadline(world: World) -> None:
    chat_id = uuid.UUID((await world.create_chat(text="hello"))["id"])
    await settled(world, str(chat_id))
    question = {"id": str(uuid.uuid4()), "server_config_id": str(uuid.uuid4()), "tool": "wipe"}
    call = {"tool_call_id": "c", "tool_name": "disk__wipe", "args": {}, "mcp_server_config_id": str(uuid.uuid4())}
    async with world.services.database.begin() as conn:
        parked = {
            "status": "requires_action",
            "pending_tool_calls": [{**call, "approval": question}],
            "requires_action_deadline_at": func.now() + dt.timedelta(seconds=1),
        }
        await conn.execute(update(Chat).where(Chat.id == chat_id).values(**parked))
    for _ in range(6):
        await asyncio.sleep(0.1)
        assert await owner_of(world, str(chat_id)) is None
    await settled(world, str(chat_id))
    *_, expired, answer = await history(world, str(chat_id))
    assert expired["content"][0]["result"] == "The tool call was not approved in time."
    assert expired["content"][0]["approval"]["decision"] == "expire"
    assert answer["role"] == "assistant"


async def test_an_approved_call_is_run_by_whoever_lives_then(world: World, world_settings: Settings) -> None:
    worker = world.services.worker
    assert worker is not None
    async with running_mcp() as mcp, configured(world, mcp, tool_approvals={"default": "ask"}) as config:
        chat_id = (await world.create_chat(text=call_line(config, "echo", text="x"), mcp_server_ids=[config["id"]]))[
            "id"
        ]
        await settled(world, chat_id, status="requires_action")
        await worker.stop(0)
        (call,) = (await world.alice.get(f"{CHATS}/{chat_id}")).json()["action_required"]["tool_calls"]
        decision = {"tool_call_id": call["tool_call_id"], "approval_id": call["approval"]["id"], "decision": "approve"}
        path = f"{CHATS}/{chat_id}/tool-approvals"
        assert (await world.alice.post(path, {"decisions": [decision]})).status_code == 204
        assert not mcp.calls
        async with run_server(world_settings):
            await settled(world, chat_id)
        assert [request.tool for request in mcp.calls] == ["echo"]
