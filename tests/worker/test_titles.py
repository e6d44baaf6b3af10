"""Titles by real wires: the automatic one beside the first turn, and what is read for one that was asked for."""

import asyncio
from typing import Any

import pytest

from palaver.texts.titles import INSTRUCTIONS, clean_title
from tests.api.chats import refusal
from tests.api.streams import WEBSOCKET
from tests.api.watching import watching
from tests.fakes.llm_server import LLMServer
from tests.fakes.llm_wire import Plan
from tests.support.world import CHATS, World
from tests.worker.test_turns_with_providers import provider, use_provider
from tests.worker.watching import send, settled

__all__ = ["provider"]
AUTOMATIC = pytest.mark.settings(automatic_texts="on")
LONG = "please write down what we decided about the release of next week"
FALLBACK = "please write down what we decided…"


def title_calls(provider: LLMServer) -> list[str]:
    """The requests that asked for a title, as text."""
    return [str(request.body) for request in provider.requests if INSTRUCTIONS[:40] in str(request.body)]


async def title(world: World, chat_id: str) -> str:
    """The chat's title."""
    return str((await world.alice.get(f"{CHATS}/{chat_id}")).json()["title"])


async def titled(world: World, chat_id: str, wanted: str) -> None:
    """Wait until the chat has a title."""
    async with asyncio.timeout(10):
        while await title(world, chat_id) != wanted:
            await asyncio.sleep(0.02)


async def ask(world: World, chat_id: str, act: str) -> Any:
    """The response to the wish for a title."""
    return await world.alice.post(f"{CHATS}/{chat_id}/title/{act}")


@AUTOMATIC
async def test_a_new_chat_gets_a_title_beside_its_first_turn_and_none_later(world: World, provider: LLMServer) -> None:
    provider.default = Plan(text='"Release notes of version 2.4 for all our users."\n\nI hope it fits.')
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    async with watching(world, WEBSOCKET) as watcher:
        chat = await world.create_chat(text=LONG, model_config_id=config_id)
        assert chat["title"] == FALLBACK
        told = await watcher.about(chat["id"], "title_change")
        assert told["title"] == "Release notes of version 2.4 for all our"
    await settled(world, chat["id"])
    await send(world, chat["id"], "again")
    await settled(world, chat["id"])
    assert len(title_calls(provider)) == 1
    assert LONG in title_calls(provider)[0]


async def test_the_model_that_is_set_for_titles_writes_them(world: World, provider: LLMServer) -> None:
    talker = await use_provider(world, provider, "openai-compat", "talker")
    writer = await use_provider(world, provider, "openai-compat", "writer")
    path = f"{CHATS}/config/model-override/title_generation"
    assert (await world.owner.put(path, {"model_config_id": writer})).status_code == 204
    provider.default = Plan(text="A title")
    chat = await world.create_chat(text=LONG, model_config_id=talker)
    await settled(world, chat["id"])
    assert (await ask(world, chat["id"], "propose")).json() == {"title": "A title"}
    assert (await world.owner.put(path, {"model_config_id": ""})).status_code == 204
    assert (await ask(world, chat["id"], "regenerate")).json()["title"] == "A title"
    assert [request.body["model"] for request in provider.requests] == ["talker", "writer", "talker"]


@AUTOMATIC
async def test_a_name_given_meanwhile_stays(world: World, provider: LLMServer) -> None:
    provider.default = Plan(text="A title by the model", delay=0.5)
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    chat = await world.create_chat(text=LONG, model_config_id=config_id)
    await world.alice.patch(f"{CHATS}/{chat['id']}", {"title": "By hand"})
    await settled(world, chat["id"])
    await asyncio.sleep(0.5)
    assert await title(world, chat["id"]) == "By hand"


@AUTOMATIC
async def test_a_chat_that_was_named_before_its_turn_began_is_not_asked_about(
    world: World, provider: LLMServer
) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    provider.default = Plan(text="An answer")
    chat = await world.create_chat(text=LONG)
    await settled(world, chat["id"])
    await world.alice.patch(f"{CHATS}/{chat['id']}", {"title": "By hand"})
    await send(world, chat["id"], "again", model_config_id=config_id)
    await settled(world, chat["id"])
    assert title_calls(provider) == []


@AUTOMATIC
async def test_a_provider_that_fails_leaves_the_fallback(world: World, provider: LLMServer) -> None:
    provider.default = Plan(status=401, error_message="no such key")
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    chat = await world.create_chat(text=LONG, model_config_id=config_id)
    await settled(world, chat["id"], status="error")
    async with asyncio.timeout(5):
        while not title_calls(provider):
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.2)
    assert await title(world, chat["id"]) == FALLBACK


@AUTOMATIC
async def test_a_stopping_worker_does_not_wait_for_titles(world: World, provider: LLMServer) -> None:
    provider.default = Plan(parts=1000, rate=20)
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    await world.create_chat(text=LONG, model_config_id=config_id)
    async with asyncio.timeout(5):
        while not title_calls(provider):
            await asyncio.sleep(0.02)
    assert world.services.worker is not None
    async with asyncio.timeout(5):
        await world.services.worker.stop(0)


async def test_switched_off_no_title_is_asked_for(world: World, provider: LLMServer) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    chat = await world.create_chat(text=LONG, model_config_id=config_id)
    await settled(world, chat["id"])
    assert title_calls(provider) == []


async def test_the_first_turn_and_the_last_three_are_read(world: World, provider: LLMServer) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    provider.default = Plan(text="An answer")
    chat = await world.create_chat(text="question 1", model_config_id=config_id)
    await settled(world, chat["id"])
    for number in range(2, 7):
        await send(world, chat["id"], f"question {number} {'x' * 2000}")
        await settled(world, chat["id"])
    assert (await ask(world, chat["id"], "propose")).json() == {"title": "An answer"}
    read = title_calls(provider)[0]
    assert [f"question {number}" in read for number in range(1, 7)] == [True, False, False, True, True, True]
    assert "x" * 900 in read
    assert "x" * 1001 not in read


@pytest.mark.parametrize(
    ("act", "failure"),
    [("regenerate", "Failed to regenerate chat title."), ("propose", "Failed to generate chat title.")],
)
async def test_what_the_provider_refuses_is_told(world: World, provider: LLMServer, act: str, failure: str) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    chat = await world.create_chat(text=LONG, model_config_id=config_id)
    await settled(world, chat["id"])
    provider.enqueue(Plan(status=401, error_message="no such key"))
    status, message, detail = refusal(await ask(world, chat["id"], act))
    assert (status, message) == (500, failure)
    assert detail is not None
    assert "no such key" in detail
    provider.enqueue(Plan(text="..."))
    assert refusal(await ask(world, chat["id"], act)) == (500, failure, "The model gave no title.")
    provider.enqueue(Plan(status=402, error_message="insufficient_quota: You exceeded your current quota"))
    status, message, _ = refusal(await ask(world, chat["id"], act))
    assert status == 409
    assert message.startswith("The AI usage limit has been exceeded.")
    assert await title(world, chat["id"]) == FALLBACK


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("A title", "A title"),
        ("  **“A title”** \n and more", "A title"),
        ("\n\n# Title", "Title"),
        ("one two three four five six seven eight nine", "one two three four five six seven eight"),
        ("x" * 100, "x" * 80),
        ("nul\0s", "nuls"),
        ("...", ""),
        ("", ""),
    ],
)
def test_what_a_model_says_becomes_a_title(said: str, title: str) -> None:
    assert clean_title(said) == title
