"""Turns of owners whose spending is limited."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import func, insert, select, text, update

from models import Chat, ChatHeartbeat, SideReservation, SpendReservation
from palaver.spending.limits import Asked, SpendLimits
from palaver.texts.summaries import LABEL_INSTRUCTIONS
from palaver.worker.phases import PHASE_FIRST_DELAY_SECONDS
from tests.fakes.llm_server import LLMServer, running
from tests.fakes.llm_wire import Plan
from tests.support.world import CHATS, World
from tests.worker.test_turns_with_providers import KEY
from tests.worker.watching import history, send, settled

DEAR = {"cost": {"input": "1000", "output": "1000"}}


@pytest_asyncio.fixture
async def provider() -> AsyncIterator[LLMServer]:
    async with running() as server:
        yield server


async def dear_model(world: World, provider: LLMServer) -> str:
    """A model that costs a thousandth of a dollar per token."""
    body = {"type": "openai-compat", "name": "local", "base_url": f"{provider.url}/v1", "enabled": True}
    created = (await world.owner.post("/api/v2/ai/providers", {**body, "api_keys": [KEY]})).json()
    config = {"ai_provider_id": created["id"], "model": "dear", "context_limit": 200_000, "model_config": DEAR}
    made = await world.owner.post(f"{CHATS}/model-configs", config)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def limit(world: World, micros: int) -> None:
    body = {"spend_limit_micros": micros, "period": "day"}
    assert (await world.owner.put(f"{CHATS}/usage-limits", body)).status_code == 200


async def reservations(world: World, table: type[SideReservation | SpendReservation] = SpendReservation) -> int:
    async with world.services.database.connect() as conn:
        return int((await conn.execute(select(func.count()).select_from(table))).scalar_one())


async def cost(world: World, chat_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = (await world.alice.get(f"{CHATS}/{chat_id}/cost")).json()
    return answer


async def test_a_call_is_accounted_and_what_it_set_aside_is_freed(world: World, provider: LLMServer) -> None:
    await limit(world, 10_000_000_000)
    model = await dear_model(world, provider)
    provider.enqueue(Plan(text="Bonjour"))
    chat = await world.create_chat(text="hello", model_config_id=model)
    await settled(world, chat["id"])
    answer = await cost(world, chat["id"])
    assert (answer["request_count"], answer["unpriced_request_count"]) == (1, 0)
    usage = (await history(world, chat["id"]))[-1]["usage"]
    assert answer["total_cost_micros"] == 1000 * (usage["input_tokens"] + usage["output_tokens"])
    assert await reservations(world) == 0


async def test_the_limit_is_looked_at_again_before_each_call(world: World, provider: LLMServer) -> None:
    await limit(world, 1)
    model = await dear_model(world, provider)
    call = {"id": "call_1", "name": "nothing", "args": "{}"}
    provider.enqueue(Plan(text="", tool_calls=[call]), Plan(text="never asked for"))
    chat = await world.create_chat(text="hello", model_config_id=model)
    await settled(world, chat["id"], status="error")
    stored = (await world.alice.get(f"{CHATS}/{chat['id']}")).json()
    assert stored["last_error"]["kind"] == "usage_limit"
    assert len(provider.requests) == 1
    assert (await cost(world, chat["id"]))["request_count"] == 1
    assert await reservations(world) == 0
    refused = await world.alice.post(f"{CHATS}/{chat['id']}/messages", {"content": [{"type": "text", "text": "more"}]})
    assert refused.status_code == 409
    await limit(world, 10_000_000_000)
    provider.enqueue(Plan(text="Encore"))
    await send(world, chat["id"], "again")
    await settled(world, chat["id"])


async def test_a_call_that_fails_frees_what_it_set_aside(world: World, provider: LLMServer) -> None:
    await limit(world, 10_000_000_000)
    model = await dear_model(world, provider)
    provider.enqueue(Plan(text="half", fault="no_terminal"), Plan(text="whole"))
    chat = await world.create_chat(text="hello", model_config_id=model)
    await settled(world, chat["id"])
    assert len(provider.requests) == 2
    assert await reservations(world) == 0


async def test_no_call_is_made_while_nothing_can_be_set_aside(world: World, provider: LLMServer) -> None:
    await limit(world, 10_000_000_000)
    model = await dear_model(world, provider)
    provider.enqueue(Plan(text="Bonjour"))
    async with world.services.database.begin() as conn:
        await conn.execute(text("ALTER TABLE spend_reservations RENAME TO elsewhere"))
    chat = await world.create_chat(text="hello", model_config_id=model)
    await asyncio.sleep(PHASE_FIRST_DELAY_SECONDS / 2)
    assert not provider.requests
    async with world.services.database.begin() as conn:
        await conn.execute(text("ALTER TABLE elsewhere RENAME TO spend_reservations"))
    await settled(world, chat["id"])
    assert len(provider.requests) == 1
    assert await reservations(world) == 0


async def test_a_runner_that_wakes_up_without_its_lease_makes_no_call_and_leaves_its_successors_reservation(
    world: World, provider: LLMServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await limit(world, 10_000_000_000)
    model = await dear_model(world, provider)
    reserve, frozen, awake = SpendLimits.reserve, asyncio.Event(), asyncio.Event()

    async def reserve_after_a_freeze(*args: Any) -> Asked:
        frozen.set()
        await awake.wait()
        return await reserve(*args)

    monkeypatch.setattr(SpendLimits, "reserve", reserve_after_a_freeze)
    chat_id = uuid.UUID((await world.create_chat(text="hello", model_config_id=model))["id"])
    await frozen.wait()
    async with world.services.database.begin() as conn:
        # As a worker elsewhere takes the chat over, and begins the call again.
        owner = {"worker_id": uuid.uuid4(), "runner_id": uuid.uuid4()}
        await conn.execute(update(Chat).where(Chat.id == chat_id).values(**owner))
        await conn.execute(insert(ChatHeartbeat).values(chat_id=chat_id, runner_id=owner["runner_id"]))
        wish = {"owner_id": uuid.uuid4(), "micros": 123, "expires_at": dt.datetime.max.replace(tzinfo=dt.UTC)}
        await conn.execute(insert(SpendReservation).values(chat_id=chat_id, **wish))
    awake.set()
    worker = world.services.worker
    assert worker is not None
    async with asyncio.timeout(30):
        while worker.running:
            await asyncio.sleep(0.01)
    assert not provider.requests
    async with world.services.database.connect() as conn:
        kept = (await conn.execute(select(SpendReservation.micros))).scalars().all()
    assert kept == [123]


async def test_what_a_title_costs_is_accounted_and_none_is_written_once_the_limit_is_spent(
    world: World, provider: LLMServer
) -> None:
    await limit(world, 10_000_000_000)
    model = await dear_model(world, provider)
    provider.default = Plan(text="Three words here", usage={"input": 5, "output": 3})
    chat = await world.create_chat(text="hello", model_config_id=model)
    await settled(world, chat["id"])
    before = await cost(world, chat["id"])
    path = f"{CHATS}/{chat['id']}/title/propose"
    assert (await world.alice.post(path)).status_code == 200
    after = await cost(world, chat["id"])
    assert after["request_count"] == before["request_count"] + 1
    assert after["total_cost_micros"] == before["total_cost_micros"] + 8000
    provider.enqueue(Plan(status=401))
    assert (await world.alice.post(path)).status_code == 500
    assert (await reservations(world), await reservations(world, SideReservation)) == (0, 0)
    await limit(world, 1)
    asked = len(provider.requests)
    refused = await world.alice.post(path)
    assert refused.status_code == 409
    assert refused.json()["message"].startswith("The AI usage limit has been exceeded.")
    assert len(provider.requests) == asked


@pytest.mark.settings(automatic_texts="on")
async def test_texts_that_nobody_asked_for_are_left_out_in_silence_once_the_limit_is_spent(
    world: World, provider: LLMServer
) -> None:
    model = await dear_model(world, provider)
    # The answer of the first turn spends the limit; its title may have been asked for before.
    await limit(world, 1_000_000_000)
    provider.default = Plan(text="Three words here", usage={"input": 2_000_000, "output": 3})
    chat = await world.create_chat(text="hello", model_config_id=model)
    await settled(world, chat["id"])
    async with asyncio.timeout(5):
        while (await world.alice.get(f"{CHATS}/{chat['id']}")).json().get("last_turn_summary") is None:
            await asyncio.sleep(0.02)
    asked = [str(request.body) for request in provider.requests]
    assert not [body for body in asked if LABEL_INSTRUCTIONS[:30] in body]
    assert (await cost(world, chat["id"]))["request_count"] == len(asked)
    assert await reservations(world, SideReservation) == 0
