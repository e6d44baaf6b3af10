"""send-chat-message with `busy_behavior: reject`: stored at once, or refused with what keeps the chat busy."""

import asyncio

import pytest

from palaver.chat.states import State
from tests.api.chats import chat_in, first_message, idle_chat, read, refusal, send
from tests.support.world import CHATS, World

BUSY = (
    State.ERROR_QUEUED,
    State.RUNNING,
    State.RUNNING_QUEUED,
    State.INTERRUPTING,
    State.INTERRUPTING_QUEUED,
    State.REQUIRES_ACTION,
    State.REQUIRES_ACTION_QUEUED,
)


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


@pytest.mark.parametrize("state", BUSY)
async def test_where_it_would_have_to_wait_nothing_happens(world: World, state: State) -> None:
    chat_id, queue = await chat_in(world, state)
    before = await read(world, chat_id)
    response = await send(world.alice, chat_id, busy_behavior="reject")
    turn = await first_message(world, chat_id)
    assert response.status_code == 409
    assert response.json() == {
        "message": "Chat is busy.",
        "detail": f'chat status is "{before["status"]}", its turn is about message {turn}',
        "status": before["status"],
        "turn_message_id": turn,
    }
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    assert len(page["queued_messages"]) == len(queue)
    assert await read(world, chat_id) == before


@pytest.mark.parametrize("state", [State.WAITING, State.ERROR])
async def test_an_idle_chat_takes_it(world: World, state: State) -> None:
    chat_id, _ = await chat_in(world, state)
    response = await send(world.alice, chat_id, busy_behavior="reject")
    assert (response.status_code, response.json()["queued"]) == (200, False)


async def test_of_many_at_once_one_is_stored_and_none_is_queued(world: World) -> None:
    chat_id = await idle_chat(world)
    responses = await asyncio.gather(*(send(world.alice, chat_id, busy_behavior="reject") for _ in range(6)))
    assert sorted(response.status_code for response in responses) == [200, *[409] * 5]
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    assert (len(page["messages"]), page["queued_messages"]) == (2, [])


async def test_an_invalid_state_is_told_first(world: World) -> None:
    chat_id, _ = await chat_in(world, State.INVALID)
    response = await send(world.alice, chat_id, busy_behavior="reject")
    assert refusal(response)[1] == "Chat is in an invalid state."
