"""Summaries written by a provider's model: what goes over the wire, and what becomes of its faults."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.fakes.llm_server import LLMServer, running
from tests.fakes.llm_wire import Plan
from tests.support.world import CHATS, World
from tests.worker.test_turns_with_providers import use_provider
from tests.worker.watching import history, send, settled, texts

PICK = {"name": "pick", "description": "pick one", "input_schema": {"type": "object"}}


@pytest_asyncio.fixture
async def provider() -> AsyncIterator[LLMServer]:
    async with running() as server:
        yield server


async def compacted(world: World, chat_id: str, status: str = "waiting") -> dict[str, Any]:
    """The chat once it was compacted on request, or failed to be."""
    response = await world.alice.post(f"{CHATS}/{chat_id}/compact")
    assert response.status_code == 200, response.text
    return await settled(world, chat_id, status=status)


@pytest.mark.parametrize(
    ("provider_type", "model"),
    [("openai", "gpt-5-mini"), ("openai-compat", "local"), ("anthropic", "claude-sonnet-4-5")],
)
async def test_the_request_for_a_summary_continues_the_last_one(
    world: World, provider: LLMServer, provider_type: str, model: str
) -> None:
    config_id = await use_provider(world, provider, provider_type, model)
    provider.enqueue(Plan(text="Bonjour"), Plan(text="They greeted each other."), Plan(text="Encore"))
    chat = await world.create_chat(text="hello", model_config_id=config_id, unsafe_dynamic_tools=[PICK])
    await settled(world, chat["id"])
    await compacted(world, chat["id"])
    first, asked = [request.body for request in provider.requests]
    key = "messages" if "messages" in first else "input"
    assert asked[key][: len(first[key])] == first[key]
    assert "Bonjour" in str(asked[key])
    # Providers keep what they know of a prompt only while the tools in front of it stay the same.
    assert asked["tools"] == first["tools"]
    await send(world, chat["id"], "again")
    await settled(world, chat["id"])
    last = str(provider.requests[-1].body)
    assert "They greeted each other." in last
    assert "Bonjour" not in last
    assert (await texts(world, chat["id"]))[-1] == ("assistant", "Encore")


async def test_a_passing_fault_of_the_summary_is_retried(world: World, provider: LLMServer) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local")
    provider.enqueue(Plan(text="Bonjour"), Plan(status=503), Plan(text=" "), Plan(text="They met."))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    await settled(world, chat["id"])
    await compacted(world, chat["id"])
    assert len(provider.requests) == 4
    result = (await history(world, chat["id"]))[-1]["content"][0]["result"]
    assert (result["summary"], result["source"]) == ("They met.", "manual")


async def test_a_fault_that_stays_fails_the_turn_and_takes_the_request_with_it(
    world: World, provider: LLMServer
) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local")
    provider.enqueue(Plan(text="Bonjour"), Plan(status=401), Plan(text="Encore"))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    await settled(world, chat["id"])
    failed = await compacted(world, chat["id"], status="error")
    assert failed["last_error"]["kind"] == "auth"
    await send(world, chat["id"], "again")
    await settled(world, chat["id"])
    assert await texts(world, chat["id"]) == [
        ("user", "hello"),
        ("assistant", "Bonjour"),
        ("user", "again"),
        ("assistant", "Encore"),
    ]


async def test_a_nearly_full_context_is_summarised_in_the_middle_of_a_turn(world: World, provider: LLMServer) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local")
    call = {"id": "call_1", "name": "nothing", "args": "{}"}
    usage = {"input": 150_000, "cache_read": 100_000}
    provider.enqueue(Plan(text="", tool_calls=[call], usage=usage), Plan(text="A tool failed."), Plan(text="I see"))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    await settled(world, chat["id"])
    roles = [message["role"] for message in await history(world, chat["id"])]
    assert roles == ["user", "assistant", "tool", "assistant", "tool", "assistant"]
    assert "is not available" in str(provider.requests[1].body)
    assert "A tool failed." in str(provider.requests[2].body)
    result = (await history(world, chat["id"]))[4]["content"][0]["result"]
    assert (result["source"], result["usage_percent"], result["context_tokens"]) == ("automatic", 75.0, 150_000)


async def test_a_worker_that_stops_in_the_middle_leaves_the_summary_to_the_next(
    world: World, provider: LLMServer
) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local")
    provider.enqueue(Plan(text="Bonjour"), Plan(text="never told", delay=60), Plan(text="They met."))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    await settled(world, chat["id"])
    await world.alice.post(f"{CHATS}/{chat['id']}/compact")
    while len(provider.requests) < 2:
        await asyncio.sleep(0.01)
    async with world.services.machine.update(uuid.UUID(chat["id"])) as tx:
        # As if the lease had been lost: somebody else, here the same worker, takes the chat anew.
        tx.write_state(owner=None, deadline=tx.chat.requires_action_deadline_at, marker=tx.chat.compaction_requested_at)
    await settled(world, chat["id"])
    result = (await history(world, chat["id"]))[-1]["content"][0]["result"]
    assert result["summary"] == "They met."


async def test_the_model_that_is_set_for_compaction_writes_summaries_and_nothing_else(
    world: World, provider: LLMServer
) -> None:
    chat_model = await use_provider(world, provider, "openai-compat", "talker")
    writer = await use_provider(world, provider, "openai-compat", "writer")
    path = f"{CHATS}/config/model-override/compaction"
    assert (await world.owner.put(path, {"model_config_id": writer})).status_code == 204
    provider.enqueue(Plan(text="Bonjour"), Plan(text="They met."), Plan(text="Encore"), Plan(status=401))
    chat = await world.create_chat(text="hello", model_config_id=chat_model)
    await settled(world, chat["id"])
    rested = await compacted(world, chat["id"])
    assert rested["last_model_config_id"] == chat_model
    call = (await history(world, chat["id"]))[-2]
    assert (call["model_config_id"], call["content"][0]["tool_name"]) == (writer, "chat_summarized")
    await send(world, chat["id"], "again")
    await settled(world, chat["id"])
    assert [request.body["model"] for request in provider.requests] == ["talker", "writer", "talker"]
    # One that fails fails the turn; one that is switched off counts as not set.
    await compacted(world, chat["id"], status="error")
    assert (await world.owner.patch(f"{CHATS}/model-configs/{writer}", {"enabled": False})).status_code == 200
    provider.enqueue(Plan(text="Well"), Plan(text="They met again."))
    await send(world, chat["id"], "and again")
    await settled(world, chat["id"])
    await compacted(world, chat["id"])
    assert [request.body["model"] for request in [*provider.requests][3:]] == ["writer", "talker", "talker"]
