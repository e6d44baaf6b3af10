"""list-chat-user-prompts: whose texts, in which order, how many."""

import uuid

import pytest

from palaver.chat import history
from palaver.chat.records import NewMessage
from palaver.chat.states import State
from tests.api.chats import chat_in, idle_chat, refusal, rest, send, share, text, upload
from tests.api.refusals import NOT_FOUND
from tests.support.world import CHATS, World


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def prompts(world: World, chat_id: str, **params: object) -> list[str]:
    """The texts that alice reads."""
    response = await world.alice.get(f"{CHATS}/{chat_id}/prompts", params=params)
    assert response.status_code == 200, response.text
    return [prompt["text"] for prompt in response.json()["prompts"]]


async def say(world: World, chat_id: str, *content: dict[str, object]) -> None:
    """Send to the idle chat."""
    await rest(world, chat_id)
    assert (await send(world.alice, chat_id, list(content))).status_code == 200


async def test_texts_are_joined_and_newest_first(world: World) -> None:
    chat_id = await idle_chat(world)
    await say(world, chat_id, text("one "), text("two"))
    await say(world, chat_id, text("nul \x00 stays"))
    assert await prompts(world, chat_id) == ["nul \x00 stays", "onetwo", "hello"]
    assert await prompts(world, chat_id, limit=0) == ["nul \x00 stays", "onetwo", "hello"]
    assert await prompts(world, chat_id, limit=2) == ["nul \x00 stays", "onetwo"]


async def test_messages_without_text_do_not_count(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PROMPT_BATCH", 2)
    chat_id = await idle_chat(world)
    file_id = (await upload(world)).json()["id"]
    for number in range(3):
        await say(world, chat_id, {"type": "file", "file_id": file_id})
        await say(world, chat_id, text(str(number)))
    assert await prompts(world, chat_id, limit=3) == ["2", "1", "0"]
    assert await prompts(world, chat_id) == ["2", "1", "0", "hello"]


async def test_only_visible_messages_of_users_that_were_not_removed(world: World) -> None:
    chat_id = await idle_chat(world)
    hidden = NewMessage("user", [text("for the model")], visibility="model")
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        tx.insert([hidden, NewMessage("assistant", [text("an answer")])])
    assert await prompts(world, chat_id) == ["hello"]
    response = await world.alice.get(f"{CHATS}/{chat_id}/prompts")
    message = response.json()["prompts"][0]["id"]
    await world.alice.patch(f"{CHATS}/{chat_id}/messages/{message}", {"content": [text("instead")]})
    assert await prompts(world, chat_id) == ["instead"]


async def test_who_may_read_them(world: World) -> None:
    chat_id, _ = await chat_in(world, State.ARCHIVED_WAITING)
    path = f"{CHATS}/{chat_id}/prompts"
    assert refusal(await world.bob.get(path)) == (404, NOT_FOUND, None)
    await share(world, chat_id, "bob")
    assert (await world.bob.get(path)).status_code == 200


@pytest.mark.parametrize("limit", ["-1", "2001"])
async def test_a_limit_beyond_the_bounds_is_told(world: World, limit: str) -> None:
    response = await world.alice.get(f"{CHATS}/{uuid.uuid4()}/prompts", params={"limit": limit})
    assert refusal(response) == (400, "Invalid limit parameter (0-2000).", None)
