"""Histories that turns leave for the next one: used while they are true, read anew when they are not, bounded."""

import datetime as dt
import uuid

import pytest

from palaver.chat.records import MessageRecord
from palaver.settings import Settings
from palaver.worker.histories import LONGEST, SECONDS, Known, RecentHistories
from tests.fakes.llm_server import LLMServer
from tests.fakes.llm_wire import Plan
from tests.support.api import Api
from tests.support.server import run_server
from tests.support.statements import statements_of
from tests.support.world import CHATS, World
from tests.worker.test_prompts_of_turns import configure, system_texts
from tests.worker.test_turns_with_providers import provider, use_provider
from tests.worker.watching import send, settled

__all__ = ["provider"]


def said(provider: LLMServer, at: int = -1) -> list[tuple[str, str]]:
    """(role, text) of a request's messages, the system's left out."""
    messages = provider.requests[at].body["messages"]
    return [(message["role"], message["content"]) for message in messages if message["role"] != "system"]


async def talk(world: World, chat_id: str, *texts: str) -> None:
    for text in texts:
        await send(world, chat_id, text)
        await settled(world, chat_id)


async def test_a_turn_after_one_of_this_process_reads_nothing_that_its_send_has_not_looked_at(
    world: World, provider: LLMServer
) -> None:
    model = await use_provider(world, provider, "openai-compat", "local-model")
    provider.enqueue(Plan(text="one"), Plan(text="two"), Plan(text="three"))
    chat = await world.create_chat(text="first", model_config_id=model)
    await settled(world, chat["id"])
    await talk(world, chat["id"], "second")
    with statements_of(world.services.database) as executed:
        await send(world, chat["id"], "third")
        asked = list(executed)
    await settled(world, chat["id"])
    assert not [statement for statement in asked if "row_number" in statement], "the history was read"
    assert len([statement for statement in asked if "organization_members" in statement]) == 1, "the owner, twice"
    assert said(provider) == [
        ("user", "first"),
        ("assistant", "one"),
        ("user", "second"),
        ("assistant", "two"),
        ("user", "third"),
    ]


async def test_an_edit_is_followed_by_the_history_that_it_leaves(world: World, provider: LLMServer) -> None:
    model = await use_provider(world, provider, "openai-compat", "local-model")
    provider.enqueue(*[Plan(text=text) for text in ("one", "two", "three", "four")])
    chat = await world.create_chat(text="first", model_config_id=model)
    await settled(world, chat["id"])
    second = await send(world, chat["id"], "second")
    await settled(world, chat["id"])
    body = {"content": [{"type": "text", "text": "other"}]}
    edited = await world.alice.patch(f"{CHATS}/{chat['id']}/messages/{second['message']['id']}", body)
    assert edited.status_code == 200
    await settled(world, chat["id"])
    await talk(world, chat["id"], "last")
    assert said(provider, 2) == [("user", "first"), ("assistant", "one"), ("user", "other")]
    assert said(provider) == [*said(provider, 2), ("assistant", "three"), ("user", "last")]


async def test_what_another_process_has_added_is_read(
    world: World, world_settings: Settings, provider: LLMServer
) -> None:
    model = await use_provider(world, provider, "openai-compat", "local-model")
    provider.enqueue(*[Plan(text=text) for text in ("one", "two", "three")])
    chat = await world.create_chat(text="first", model_config_id=model)
    await settled(world, chat["id"])
    async with run_server(world_settings) as other:
        alice = Api(other.url, world.checker, world.facts.tokens["alice"])
        body = {"content": [{"type": "text", "text": "second"}]}
        assert (await alice.post(f"{CHATS}/{chat['id']}/messages", body)).status_code == 200
        await alice.close()
        await settled(world, chat["id"])
    await talk(world, chat["id"], "third")
    assert [text for _, text in said(provider)] == ["first", "one", "second", "two", "third"]


async def test_settings_that_the_owner_has_changed_since_count(world: World, provider: LLMServer) -> None:
    model = await use_provider(world, provider, "openai-compat", "local-model")
    await configure(world, "system-prompt", {"include_default_system_prompt": False})
    chat = await world.create_chat(text="first", model_config_id=model)
    await settled(world, chat["id"])
    await configure(world, "user-prompt", {"custom_prompt": "Mine."}, by="alice")
    await talk(world, chat["id"], "second")
    assert system_texts(provider) == ["Mine."]
    assert len(provider.requests) == 2, "the call that was prepared with the old ones was made"


# ---- what is kept ----

CHAT, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def known(text: str = "x", messages: int = 1) -> Known:
    part = {"type": "text", "text": text}
    one = MessageRecord(CHAT, 1, "user", "both", [part], None, None, "", 1, False, False, None, None, None, NOW)
    return Known([one] * messages, 0)


def test_a_history_is_given_away_once_and_for_its_version_only() -> None:
    histories, kept = RecentHistories(), known()
    histories.keep(CHAT, 7, kept)
    assert histories.take(CHAT, 8) is None
    assert histories.take(CHAT, 7) is None, "it is out of date for good"
    histories.keep(CHAT, 8, kept)
    assert histories.take(CHAT, 8) is kept
    assert histories.take(CHAT, 8) is None


@pytest.mark.parametrize("sizes", [[900, 900], [5_000]], ids=["the older goes", "one that is too long"])
def test_what_is_kept_is_bounded(sizes: list[int]) -> None:
    histories = RecentHistories(characters=3_000)
    for number, size in enumerate(sizes, 1):
        histories.keep(uuid.UUID(int=number), 1, known("x" * size))
    assert histories.take(CHAT, 1) is None
    assert (histories.take(OTHER, 1) is not None) == (len(sizes) == 2)
    histories.keep(CHAT, 2, known("x" * 1_900))
    assert histories.take(CHAT, 2) is not None, "what was taken or dropped makes room"


def test_very_long_histories_are_not_kept() -> None:
    histories = RecentHistories()
    histories.keep(CHAT, 1, known(messages=LONGEST))
    histories.keep(OTHER, 1, known(messages=LONGEST + 1))
    assert histories.take(CHAT, 1) is not None
    assert histories.take(OTHER, 1) is None


def test_chats_that_rest_are_forgotten() -> None:
    now = 0.0
    histories = RecentHistories(clock=lambda: now)
    histories.keep(CHAT, 1, known())
    now = SECONDS + 1
    histories.keep(OTHER, 1, known())
    assert histories.take(CHAT, 1) is None
    assert histories.take(OTHER, 1) is not None
