"""Turns on the providers' own SDKs, against a local server that speaks their wires."""

import asyncio
import base64
import secrets
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import text

from tests.fakes.llm_server import LLMServer, running
from tests.fakes.llm_wire import Plan
from tests.support.world import CHATS, World
from tests.worker.watching import history, send, settled, texts

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

KEY = "sk-test-0123456789abcdef"


@pytest_asyncio.fixture
async def provider() -> AsyncIterator[LLMServer]:
    async with running() as server:
        yield server


async def use_provider(world: World, provider: LLMServer, provider_type: str, model: str) -> str:
    """Configure the local server as a provider; the id of its model config."""
    base_url = provider.url if provider_type == "anthropic" else f"{provider.url}/v1"
    body = {
        "type": provider_type,
        "name": f"local-{secrets.token_hex(3)}",
        "base_url": base_url,
        "enabled": True,
        "api_keys": [KEY],
    }
    created = (await world.owner.post("/api/v2/ai/providers", body)).json()
    config = {"ai_provider_id": created["id"], "model": model, "context_limit": 200_000}
    config_id: str = (await world.owner.post(f"{CHATS}/model-configs", config)).json()["id"]
    return config_id


@pytest.mark.parametrize(
    ("provider_type", "model"),
    [("openai", "gpt-5-mini"), ("openai-compat", "local-model"), ("anthropic", "claude-sonnet-4-5")],
)
async def test_an_answer_of_each_provider_is_stored_with_its_usage(
    world: World, provider: LLMServer, provider_type: str, model: str
) -> None:
    config_id = await use_provider(world, provider, provider_type, model)
    provider.enqueue(Plan(text="Bonjour tout le monde"), Plan(text="Encore"))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    await settled(world, chat["id"])
    await send(world, chat["id"], "again")
    await settled(world, chat["id"])
    assert [text for role, text in await texts(world, chat["id"]) if role == "assistant"] == [
        "Bonjour tout le monde",
        "Encore",
    ]
    answer = (await history(world, chat["id"]))[-1]
    assert answer["model_config_id"] == config_id
    assert answer["usage"]["input_tokens"] > 0
    assert "Bonjour tout le monde" in str(provider.requests[-1].body)


async def test_a_cut_stream_is_retried_and_never_committed_as_an_answer(world: World, provider: LLMServer) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    provider.enqueue(Plan(text="half an answer", fault="no_terminal"), Plan(text="a whole answer"))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    await settled(world, chat["id"])
    assert [text for role, text in await texts(world, chat["id"]) if role == "assistant"] == ["a whole answer"]
    assert len(provider.requests) == 2


async def test_a_call_of_a_tool_that_was_never_offered_is_answered_with_an_error(
    world: World, provider: LLMServer
) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    call = {"id": "call_1", "name": "nothing", "args": '{"a": 1}'}
    provider.enqueue(Plan(text="", tool_calls=[call]), Plan(text="I see"))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    await settled(world, chat["id"])
    messages = await history(world, chat["id"])
    assert [message["role"] for message in messages] == ["user", "assistant", "tool", "assistant"]
    assert messages[2]["content"][0]["is_error"] is True
    assert messages[2]["content"][0]["tool_call_id"] == "call_1"


async def test_a_call_with_broken_arguments_is_answered_without_asking_the_client(
    world: World, provider: LLMServer
) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    call = {"id": "call_1", "name": "pick", "args": '{"a": '}
    provider.enqueue(Plan(text="", tool_calls=[call]), Plan(text="my mistake"))
    chat = await world.create_chat(text="hello", model_config_id=config_id, unsafe_dynamic_tools=[{"name": "pick"}])
    await settled(world, chat["id"])
    messages = await history(world, chat["id"])
    assert messages[2]["content"][0]["result"] == {"error": "the arguments are not valid JSON"}
    assert messages[3]["content"][0]["text"] == "my mistake"


async def test_an_attached_image_reaches_the_model(world: World, provider: LLMServer) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    upload = await world.alice.request(
        "POST",
        f"{CHATS}/files?organization={world.facts.organization_id}",
        content=PIXEL,
        headers={"Content-Type": "image/png", "Content-Disposition": 'attachment; filename="dot.png"'},
    )
    part = {"type": "file", "file_id": upload.json()["id"]}
    body = {
        "organization_id": world.facts.organization_id,
        "content": [{"type": "text", "text": "what is this?"}, part],
        "model_config_id": config_id,
    }
    chat = (await world.alice.post(CHATS, body)).json()
    await settled(world, chat["id"])
    assert base64.b64encode(PIXEL).decode() in str(provider.requests[-1].body)


async def test_an_interruption_closes_the_stream_to_the_provider(world: World, provider: LLMServer) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    provider.enqueue(Plan(parts=1000, rate=50))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    async with asyncio.timeout(10):
        while not provider.requests:
            await asyncio.sleep(0.01)
    await world.alice.post(f"{CHATS}/{chat['id']}/interrupt")
    await settled(world, chat["id"])
    async with asyncio.timeout(5):
        while not provider.disconnects:
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    ("provider_type", "model"),
    [("openai", "gpt-5-mini"), ("openai-compat", "local-model"), ("anthropic", "claude-sonnet-4-5")],
)
async def test_half_a_surrogate_pair_in_an_answer_is_stored_as_a_replacement_character(
    world: World, provider: LLMServer, provider_type: str, model: str
) -> None:
    config_id = await use_provider(world, provider, provider_type, model)
    provider.enqueue(Plan(text="half \ud83d pair"), Plan(text="second call"))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    await settled(world, chat["id"])
    assert [text for role, text in await texts(world, chat["id"]) if role == "assistant"] == ["half \ufffd pair"]
    await send(world, chat["id"], "again")
    await settled(world, chat["id"])
    assert (await texts(world, chat["id"]))[-1] == ("assistant", "second call")
    assert len(provider.requests) == 2


async def test_half_a_surrogate_pair_in_a_providers_refusal_does_not_keep_the_turn_from_failing(
    world: World, provider: LLMServer
) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    provider.enqueue(Plan(status=401, error_message="no \ud83d key"))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    failed = await settled(world, chat["id"], status="error")
    assert failed["last_error"]["kind"] == "auth"
    assert len(provider.requests) == 1


@pytest.mark.parametrize("before", [0, 480], ids=["whole", "cut by the limit"])
async def test_a_key_that_a_provider_repeats_in_its_refusal_is_not_told(
    world: World, provider: LLMServer, before: int
) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    provider.enqueue(Plan(status=401, error_message=f"{'.' * before} wrong key {KEY} given"))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    failed = await settled(world, chat["id"], status="error")
    assert failed["last_error"]["kind"] == "auth"
    assert KEY[:8] not in str(failed)
    assert "wrong key …" in failed["last_error"]["detail"]


async def test_an_answer_that_cannot_be_stored_fails_the_turn_and_is_not_asked_for_again(
    world: World, provider: LLMServer
) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    async with world.services.database.connect() as conn:
        await conn.execute(text("ALTER TABLE chat_messages ADD CHECK (role <> 'assistant')"))
    chat = await world.create_chat(text="hello", model_config_id=config_id)
    failed = await settled(world, chat["id"], status="error")
    assert failed["last_error"]["kind"] == "generic"
    assert len(provider.requests) == 1
