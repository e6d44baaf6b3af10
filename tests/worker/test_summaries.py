"""Labels of turns and summaries of chats, by a real wire."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from palaver.texts.summaries import FALLBACK_LABEL, LABEL_INSTRUCTIONS, SUMMARY_INSTRUCTIONS, clean_label, clean_summary
from tests.api.streams import WEBSOCKET
from tests.api.watching import watching
from tests.fakes.llm_server import LLMServer
from tests.fakes.llm_wire import Plan
from tests.support.world import CHATS, World
from tests.worker.test_turns_with_providers import provider, use_provider
from tests.worker.watching import send, settled

__all__ = ["provider"]
pytestmark = pytest.mark.settings(automatic_texts="on")
WORDS = "Wrote the release notes for version two and sent them to everybody who had asked. " * 4


def asked(provider: LLMServer, instructions: str) -> int:
    """How many requests gave these instructions."""
    return sum(instructions[:40] in str(request.body) for request in provider.requests)


async def until(world: World, chat_id: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """The chat once something holds of it."""
    async with asyncio.timeout(10):
        while True:
            chat: dict[str, Any] = (await world.alice.get(f"{CHATS}/{chat_id}")).json()
            if holds(chat):
                return chat
            await asyncio.sleep(0.02)


async def test_a_turn_is_labelled_and_the_chat_summarised_after_the_first_and_every_third(
    world: World, provider: LLMServer
) -> None:
    provider.default = Plan(text=WORDS)
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    async with watching(world, WEBSOCKET) as watcher:
        chat_id = (await world.create_chat(text="hello", model_config_id=config_id))["id"]
        told = await watcher.about(chat_id, "summary_change")
        assert told["last_turn_summary"] == "Wrote the release notes for"
        told = await watcher.about(chat_id, "chat_summary_change")
        assert told["summary"] == WORDS.strip()
    for turn in range(2, 5):
        await send(world, chat_id, f"question {turn}")
        await settled(world, chat_id)
        async with asyncio.timeout(10):
            while asked(provider, LABEL_INSTRUCTIONS) < turn:
                await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        assert asked(provider, SUMMARY_INSTRUCTIONS) == (2 if turn == 4 else 1)


async def test_a_short_chat_is_not_summarised(world: World, provider: LLMServer) -> None:
    provider.default = Plan(text="Said hello back")
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    chat_id = (await world.create_chat(text="hello", model_config_id=config_id))["id"]
    await until(world, chat_id, lambda chat: chat["last_turn_summary"] == "Said hello back")
    await asyncio.sleep(0.2)
    assert asked(provider, SUMMARY_INSTRUCTIONS) == 0


@pytest.mark.parametrize("ending", ["error", "interrupt"])
async def test_a_turn_that_fails_or_is_stopped_clears_the_label(world: World, provider: LLMServer, ending: str) -> None:
    provider.default = Plan(text="Said hello back")
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    chat_id = (await world.create_chat(text="hello", model_config_id=config_id))["id"]
    await until(world, chat_id, lambda chat: chat["last_turn_summary"] is not None)
    provider.enqueue(Plan(status=401) if ending == "error" else Plan(parts=1000, rate=50))
    calls = len(provider.requests)
    await send(world, chat_id, "again")
    if ending == "interrupt":
        async with asyncio.timeout(10):
            while len(provider.requests) == calls:
                await asyncio.sleep(0.02)
        await world.alice.post(f"{CHATS}/{chat_id}/interrupt")
    chat = await until(world, chat_id, lambda chat: chat["last_turn_summary"] is None)
    assert chat["status"] == ("error" if ending == "error" else "waiting")


async def test_a_label_that_cannot_be_had_is_the_fallback(world: World, provider: LLMServer) -> None:
    config_id = await use_provider(world, provider, "openai-compat", "local-model")
    chat_id = (await world.create_chat(text="hello"))["id"]
    await settled(world, chat_id)
    provider.enqueue(Plan(text="An answer"), Plan(status=401))
    await send(world, chat_id, "again", model_config_id=config_id)
    await until(world, chat_id, lambda chat: chat["last_turn_summary"] == FALLBACK_LABEL)


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Wrote notes", "Wrote notes"),
        ('"Wrote the notes."', "Wrote the notes"),
        ("one two three four five six", "one two three four five"),
        ("one", FALLBACK_LABEL),
        ("", FALLBACK_LABEL),
    ],
)
def test_what_a_model_says_becomes_a_label(said: str, label: str) -> None:
    assert clean_label(said) == label


def test_a_summary_has_at_most_six_sentences_and_a_thousand_characters() -> None:
    assert clean_summary("One.\nTwo! Three? Version 2.4 four. Five. Six. Seven.") == (
        "One. Two! Three? Version 2.4 four. Five. Six."
    )
    assert len(clean_summary("x" * 2000)) == 1000
    assert clean_summary(" \n ") == ""
