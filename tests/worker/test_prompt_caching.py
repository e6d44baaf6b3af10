"""What a provider can cache of a chat: requests repeat the bytes of the one before, and say what belongs together."""

import json
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest
import pytest_asyncio

from tests.api.chats import text, upload
from tests.fakes.llm_server import LLMServer, RecordedRequest, running
from tests.fakes.llm_wire import Plan
from tests.support.world import CHATS, World
from tests.worker.test_turns_with_providers import PIXEL, use_provider
from tests.worker.watching import history, settled

EVERY_PROVIDER = pytest.mark.parametrize(
    ("provider_type", "model"),
    [("openai", "gpt-5-mini"), ("openai-compat", "local"), ("anthropic", "claude-sonnet-4-6")],
)
SCHEMA = {"type": "object", "properties": {"zone": {"type": "string"}, "at": {"type": "string"}}, "required": ["zone"]}
TOOLS = [{"name": "pick", "description": "Pick one.", "input_schema": SCHEMA}, {"name": "absent"}]
CALL = {"id": "call_1", "name": "pick", "args": '{"zone": "west", "at": "noon"}'}
GROWING = ("messages", "input")
_DECODER = json.JSONDecoder()


@pytest_asyncio.fixture
async def provider() -> AsyncIterator[LLMServer]:
    async with running() as server:
        yield server


def members(request: RecordedRequest) -> dict[str, str]:
    """The members of a request's body, each as the text that was sent."""
    raw, at, found = request.raw, 1, {}
    while raw[at] != "}":
        at += len(raw[at:]) - len(raw[at:].lstrip(" ,"))
        name, at = _DECODER.raw_decode(raw, at)
        at = raw.index(":", at) + 1
        at += len(raw[at:]) - len(raw[at:].lstrip(" "))
        _, end = _DECODER.raw_decode(raw, at)
        found[name], at = raw[at:end], end
    return found


def assert_prefixes(requests: list[RecordedRequest]) -> None:
    """Each request says what the one before said, byte by byte, and goes on."""
    for before, after in pairwise(map(members, requests)):
        assert before.keys() == after.keys()
        for name, said in before.items():
            if name in GROWING:
                assert after[name].startswith(said[:-1])
                assert len(after[name]) > len(said)
            else:
                assert after[name] == said, name


async def file_part(world: World, data: bytes, name: str, media_type: str) -> dict[str, Any]:
    stored = await upload(world, data, name=name, media_type=media_type)
    return {"type": "file", "file_id": stored.json()["id"]}


async def configure(world: World) -> None:
    """Prompts of everybody who can set one."""
    config = f"{CHATS}/config"
    for api, setting, body in (
        (world.owner, "system-prompt", {"system_prompt": "Deployment.", "include_default_system_prompt": True}),
        (world.owner, "plan-mode-instructions", {"plan_mode_instructions": "Instructions."}),
        (world.alice, "user-prompt", {"custom_prompt": "Mine."}),
    ):
        assert (await api.put(f"{config}/{setting}", body)).is_success


async def ask(world: World, chat_id: str, *parts: dict[str, Any]) -> None:
    answer = await world.alice.post(f"{CHATS}/{chat_id}/messages", {"content": list(parts)})
    assert answer.status_code == 200, answer.text
    await settled(world, chat_id)


async def conversation(world: World, provider: LLMServer, provider_type: str, model: str, **fields: Any) -> str:
    """A chat of several turns with attachments."""
    await configure(world)
    config_id = await use_provider(world, provider, provider_type, model)
    chat = await world.create_chat(model_config_id=config_id, system_prompt="Chat.", **fields)
    await settled(world, chat["id"])
    image = await file_part(world, PIXEL, "dot.png", "image/png")
    notes = await file_part(world, b"remember the milk", "notes.txt", "text/plain")
    await ask(world, chat["id"], text("what are these?"), image, notes)
    await ask(world, chat["id"], text("and now?"))
    return str(chat["id"])


@EVERY_PROVIDER
async def test_from_turn_to_turn_the_bytes_stay(
    world: World, provider: LLMServer, provider_type: str, model: str
) -> None:
    provider.default = Plan(text="So be it", reasoning=["Let me", " see"], usage={"input": 90, "cache_read": 40})
    chat_id = await conversation(world, provider, provider_type, model, unsafe_dynamic_tools=TOOLS)
    requests = list(provider.requests)
    assert len(requests) == 3
    assert "pick" in members(requests[0])["tools"]
    assert_prefixes(requests)
    told = requests[-1].raw
    assert all(words in told for words in ("Deployment.", "Chat.", "Mine.", "remember the milk"))
    assert (await history(world, chat_id))[-1]["usage"]["cache_read_tokens"] == 40


@EVERY_PROVIDER
async def test_in_plan_mode_too(world: World, provider: LLMServer, provider_type: str, model: str) -> None:
    await conversation(world, provider, provider_type, model, plan_mode="plan")
    assert_prefixes(list(provider.requests))
    assert "Instructions." in provider.requests[0].raw


@EVERY_PROVIDER
async def test_over_calls_of_tools_and_their_results(
    world: World, provider: LLMServer, provider_type: str, model: str
) -> None:
    await configure(world)
    config_id = await use_provider(world, provider, provider_type, model)
    provider.enqueue(Plan(text="", tool_calls=[CALL]), Plan(text="West it is"), Plan(text="Sure"))
    chat = await world.create_chat(model_config_id=config_id, unsafe_dynamic_tools=TOOLS)
    await settled(world, chat["id"], status="requires_action")
    result = {"tool_call_id": "call_1", "output": {"z": 1, "a": [2, 3]}}
    answer = await world.alice.post(f"{CHATS}/{chat['id']}/tool-results", {"results": [result]})
    assert answer.is_success, answer.text
    await settled(world, chat["id"])
    await ask(world, chat["id"], text("are you sure?"))
    requests = list(provider.requests)
    assert len(requests) == 3
    assert_prefixes(requests)


async def test_settings_read_anew_change_no_byte(world: World, provider: LLMServer) -> None:
    config_id = await use_provider(world, provider, "anthropic", "claude-sonnet-4-6")
    chat = await world.create_chat(model_config_id=config_id, unsafe_dynamic_tools=TOOLS)
    await settled(world, chat["id"])
    world.services.catalog.forget()
    world.services.config.forget()
    await ask(world, chat["id"], text("and now?"))
    assert_prefixes(list(provider.requests))


@EVERY_PROVIDER
async def test_providers_are_told_what_to_cache(
    world: World, provider: LLMServer, provider_type: str, model: str
) -> None:
    config_id = await use_provider(world, provider, provider_type, model)
    chat, other = [await world.create_chat(model_config_id=config_id, unsafe_dynamic_tools=TOOLS) for _ in range(2)]
    for made in (chat, other):
        await settled(world, made["id"])
    await ask(world, chat["id"], text("again"))
    bodies = [request.body for request in provider.requests]
    mark = {"type": "ephemeral", "ttl": "5m"}
    if provider_type == "anthropic":
        # Tools and system messages, which chats share, and the end of the history.
        assert [body["cache_control"] for body in bodies] == [mark] * 3
        assert [body["system"][-1]["cache_control"] for body in bodies] == [mark] * 3
        assert [body["tools"][-1]["cache_control"] for body in bodies] == [mark] * 3
    elif provider_type == "openai":
        assert sorted(body["prompt_cache_key"] for body in bodies) == sorted([chat["id"], chat["id"], other["id"]])
    else:
        assert not any("prompt_cache_key" in body for body in bodies)
