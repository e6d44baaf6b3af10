"""regenerate-chat-title and propose-chat-title: who may ask, what is read, what is stored."""

import asyncio
import uuid
from typing import Any

import pytest

from models import ChatModelConfig
from palaver.chat.states import State
from tests.api.chats import changed, chat_in, idle_chat, narrowed, read, refusal, share, text, upload
from tests.api.refusals import NOT_FOUND
from tests.api.streams import WEBSOCKET
from tests.api.watching import watching
from tests.support.world import CHATS, World

ASKING = pytest.mark.parametrize("act", ["regenerate", "propose"])
OWNER_ONLY = {
    "regenerate": "Only the chat owner may regenerate the title.",
    "propose": "Only the chat owner may propose a title.",
}
NOWHERE = (404, NOT_FOUND, None)
LONG = "please write down what we decided about the release of next week"


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def ask(world: World, chat_id: str, act: str, caller: str = "alice") -> Any:
    """The response to the wish for a title."""
    return await getattr(world, caller).post(f"{CHATS}/{chat_id}/title/{act}")


async def test_a_regenerated_title_is_stored_returned_and_told(world: World) -> None:
    chat_id = await idle_chat(world, content=[text(LONG)])
    before = await read(world, chat_id)
    async with watching(world, WEBSOCKET) as watcher:
        chat = (await ask(world, chat_id, "regenerate")).json()
        assert chat["title"] == "User: please write down what we decided about"
        assert (await watcher.about(chat_id, "title_change"))["title"] == chat["title"]
    after = await read(world, chat_id)
    assert after == {**before, "title": chat["title"]}


async def test_a_chat_without_words_is_named_as_a_new_one_is(world: World) -> None:
    file_id = (await upload(world)).json()["id"]
    chat_id = await idle_chat(world, content=[{"type": "file", "file_id": file_id}])
    assert (await ask(world, chat_id, "propose")).json() == {"title": "New Chat"}


async def test_a_proposed_title_is_not_stored(world: World) -> None:
    chat_id = await idle_chat(world, content=[text(LONG)])
    before = await read(world, chat_id)
    assert (await ask(world, chat_id, "propose")).json() == {"title": "User: please write down what we decided about"}
    assert await read(world, chat_id) == before


@pytest.mark.parametrize("state", [state for state in State if state is not State.ABSENT])
async def test_titles_are_given_in_every_state(world: World, state: State) -> None:
    chat_id, _ = await chat_in(world, state)
    assert (await ask(world, chat_id, "regenerate")).status_code == 200


async def test_a_name_given_meanwhile_stays(world: World) -> None:
    # What the model reads takes it a second to say back.
    chat_id = await idle_chat(world, content=[text("word " * 50)])
    asked = asyncio.create_task(ask(world, chat_id, "regenerate"))
    await asyncio.sleep(0.3)
    assert (await world.alice.patch(f"{CHATS}/{chat_id}", {"title": "By hand"})).status_code == 204
    assert (await asked).json()["title"] == "By hand"
    assert (await read(world, chat_id))["title"] == "By hand"


@ASKING
async def test_only_the_owner_may_ask(world: World, act: str) -> None:
    chat_id = (await world.create_chat())["id"]
    assert refusal(await ask(world, chat_id, act, "carol")) == (403, OWNER_ONLY[act], None)
    assert refusal(await ask(world, chat_id, act, "owner")) == (403, OWNER_ONLY[act], None)
    await share(world, chat_id, "bob")
    assert refusal(await ask(world, chat_id, act, "bob")) == NOWHERE
    assert (await ask(world, chat_id, act, "anonymous")).status_code == 401
    async with narrowed(world, "alice", "chat:read") as reader:
        assert refusal(await reader.post(f"{CHATS}/{chat_id}/title/{act}")) == NOWHERE
    assert refusal(await ask(world, str(uuid.uuid4()), act)) == NOWHERE
    assert refusal(await ask(world, "abc", act))[1] == 'Invalid UUID "abc".'


@ASKING
async def test_without_a_usable_model_nothing_is_asked(world: World, act: str) -> None:
    chat_id = (await world.create_chat())["id"]
    async with changed(world, ChatModelConfig, enabled=False):
        status, message, _ = refusal(await ask(world, chat_id, act))
        assert (status, message) == (400, "No default chat model config is configured.")
    async with changed(world, ChatModelConfig, is_default=False, deleted=True):
        assert refusal(await ask(world, chat_id, act)) == (400, "No default chat model config is configured.", None)
