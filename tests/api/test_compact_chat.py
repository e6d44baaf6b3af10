"""compact-chat: its checks in the contract's order."""

import uuid

import pytest

from palaver.chat.states import State
from tests.api.chats import answer, chat_in, idle_chat, read, refusal, rest, share
from tests.api.refusals import NOT_FOUND
from tests.support.world import CHATS, World

NOWHERE = (404, NOT_FOUND, None)
ARCHIVED = (400, "Cannot compact an archived chat.", None)
BUSY = (409, "Cannot compact the chat in its current state.", "Compaction is only available while the chat is idle.")


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


@pytest.mark.parametrize("state", [state for state in State if state is not State.ABSENT])
async def test_compacting_in_every_state(world: World, state: State) -> None:
    chat_id, _ = await chat_in(world, state)
    response = await world.alice.post(f"{CHATS}/{chat_id}/compact")
    if state in (State.ARCHIVED_WAITING, State.ARCHIVED_ERROR, State.ARCHIVED_ERROR_QUEUED):
        assert refusal(response) == ARCHIVED
    elif state is State.INVALID:
        assert refusal(response)[:2] == (409, "Chat is in an invalid state.")
    elif state is State.WAITING:
        detail = "The chat has no conversation to summarize after the latest compaction."
        assert refusal(response) == (409, "Nothing to compact.", detail)
        assert (await read(world, chat_id))["status"] == "waiting"
    else:
        assert refusal(response) == BUSY


async def test_a_chat_with_an_answer_runs_until_it_is_summarised(world: World) -> None:
    chat_id = (await world.create_chat())["id"]
    await answer(world, chat_id)
    response = await world.alice.post(f"{CHATS}/{chat_id}/compact")
    chat = response.json()
    assert (response.status_code, chat["status"], chat["owner_username"]) == (200, "running", "alice")
    assert refusal(await world.alice.post(f"{CHATS}/{chat_id}/compact")) == BUSY


async def test_who_may_compact(world: World) -> None:
    chat_id = await idle_chat(world)
    await share(world, chat_id, "bob")
    path = f"{CHATS}/{chat_id}/compact"
    assert refusal(await world.bob.post(path)) == NOWHERE
    await rest(world, chat_id, archived=True)
    for caller in (world.carol, world.owner):
        assert refusal(await caller.post(path)) == (403, "Only the chat owner may compact the chat.", None)
    assert refusal(await world.alice.post(path)) == ARCHIVED
    assert refusal(await world.alice.post(f"{CHATS}/{uuid.uuid4()}/compact")) == NOWHERE
