"""interrupt-chat, delete-chat-queued-message and promote-chat-queued-message in every state."""

import asyncio
import uuid
from typing import Any

import pytest

from palaver.chat.states import State
from tests.api.chats import chat_in, idle_chat, narrowed, read, refusal, rest, send, share, text
from tests.api.refusals import NOT_FOUND
from tests.support.world import CHATS, World

NOWHERE = (404, NOT_FOUND, None)
INVALID = "Chat is in an invalid state."
NO_ENTRY = (404, "Queued message not found.", None)
LIVE_AND_DEAD = [state for state in State if state is not State.ABSENT]
ARCHIVED = (State.ARCHIVED_WAITING, State.ARCHIVED_ERROR, State.ARCHIVED_ERROR_QUEUED)


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def interrupt(world: World, chat_id: str, caller: str = "alice") -> Any:
    """The response to an interrupt."""
    return await getattr(world, caller).post(f"{CHATS}/{chat_id}/interrupt")


async def drop(world: World, chat_id: str, entry: Any, caller: str = "alice") -> Any:
    """The response to the deletion of a queue entry."""
    return await getattr(world, caller).delete(f"{CHATS}/{chat_id}/queue/{entry}")


async def promote(world: World, chat_id: str, entry: Any, caller: str = "alice") -> Any:
    """The response to a promotion."""
    return await getattr(world, caller).post(f"{CHATS}/{chat_id}/queue/{entry}/promote")


async def said(world: World, chat_id: str) -> tuple[list[str], list[str]]:
    """The texts of the visible messages, oldest first, and of the queue; tool results as `result`."""
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    messages = [message["content"][0].get("text", message["role"]) for message in reversed(page["messages"])]
    return messages, [entry["content"][0]["text"] for entry in page["queued_messages"]]


# ---- interrupt-chat ----


@pytest.mark.parametrize("state", LIVE_AND_DEAD)
async def test_interrupting_in_every_state(world: World, state: State) -> None:
    outcomes = {
        State.RUNNING: "interrupting",
        State.RUNNING_QUEUED: "interrupting",
        State.REQUIRES_ACTION: "running",
        State.REQUIRES_ACTION_QUEUED: "running",
    }
    chat_id, queue = await chat_in(world, state)
    response = await interrupt(world, chat_id)
    if state in outcomes:
        chat = response.json()
        assert (response.status_code, chat["id"], chat["status"]) == (200, chat_id, outcomes[state])
        assert (await read(world, chat_id))["status"] == outcomes[state]
        messages, waiting = await said(world, chat_id)
        assert len(waiting) == len(queue)
        # A call that was waited for is answered, so that the model can go on.
        assert ("tool" in messages) == (outcomes[state] == "running")
        return
    status, message, detail = refusal(response)
    if state is State.INVALID:
        assert (status, message) == (409, INVALID)
    else:
        assert (status, message) == (409, "Chat is not in an interruptible state.")
        assert detail == f"chat state transition Interrupt not allowed from state {state.value}"


async def test_who_may_interrupt(world: World) -> None:
    for caller in ("alice", "carol", "owner"):
        chat_id = (await world.create_chat())["id"]
        assert (await interrupt(world, chat_id, caller)).status_code == 200
    chat_id = (await world.create_chat())["id"]
    await share(world, chat_id, "bob")
    assert refusal(await interrupt(world, chat_id, "bob")) == NOWHERE
    assert (await interrupt(world, chat_id, "anonymous")).status_code == 401
    async with narrowed(world, "alice", "chat:read") as reader:
        assert refusal(await reader.post(f"{CHATS}/{chat_id}/interrupt")) == NOWHERE
    assert refusal(await interrupt(world, str(uuid.uuid4()))) == NOWHERE
    assert refusal(await interrupt(world, "abc"))[1] == 'Invalid UUID "abc".'


# ---- delete-chat-queued-message ----


@pytest.mark.parametrize("state", LIVE_AND_DEAD)
async def test_taking_back_in_every_state(world: World, state: State) -> None:
    chat_id, queue = await chat_in(world, state)
    entry = queue[0] if queue else 1
    response = await drop(world, chat_id, entry)
    if queue and state not in (*ARCHIVED, State.INVALID):
        assert response.status_code == 204
        assert (await said(world, chat_id))[1] == ["queued 1"]
        assert refusal(await drop(world, chat_id, entry)) == NO_ENTRY
        assert (await drop(world, chat_id, queue[1])).status_code == 204
        assert (await said(world, chat_id))[1] == []
        status, message, _ = refusal(await drop(world, chat_id, entry))
        assert (status, message) == (409, "Chat has no queued messages to delete.")
        return
    status, message, detail = refusal(response)
    if state is State.INVALID:
        assert (status, message) == (409, INVALID)
    else:
        assert (status, message) == (409, "Chat has no queued messages to delete.")
        assert detail == f"chat state transition DeleteQueuedMessage not allowed from state {state.value}"


async def test_who_may_take_back(world: World) -> None:
    chat_id, queue = await chat_in(world, State.RUNNING_QUEUED)
    await share(world, chat_id, "bob")
    assert refusal(await drop(world, chat_id, queue[0], "bob")) == NOWHERE
    assert (await drop(world, chat_id, queue[0], "anonymous")).status_code == 401
    assert (await drop(world, chat_id, queue[0], "carol")).status_code == 204
    assert (await drop(world, chat_id, queue[1], "owner")).status_code == 204
    assert refusal(await drop(world, str(uuid.uuid4()), 1)) == NOWHERE


async def test_an_entry_of_another_chat_is_not_found(world: World) -> None:
    (chat_id, _), (_, others) = await chat_in(world, State.RUNNING_QUEUED), await chat_in(world, State.RUNNING_QUEUED)
    assert refusal(await drop(world, chat_id, others[0])) == NO_ENTRY
    assert refusal(await promote(world, chat_id, others[0])) == NO_ENTRY


@pytest.mark.parametrize("entry", ["x", "1.5", "9223372036854775808", "%00"])
async def test_an_entry_id_that_is_no_integer_is_told(world: World, entry: str) -> None:
    chat_id, _ = await chat_in(world, State.RUNNING_QUEUED)
    for act in (drop, promote):
        assert refusal(await act(world, chat_id, entry))[:2] == (400, "Invalid queued message ID.")
        assert refusal(await act(world, "abc", entry))[1] == 'Invalid UUID "abc".'


# ---- promote-chat-queued-message ----


@pytest.mark.parametrize("state", LIVE_AND_DEAD)
async def test_promoting_in_every_state(world: World, state: State) -> None:
    chat_id, queue = await chat_in(world, state)
    response = await promote(world, chat_id, queue[1] if queue else 1)
    if state in ARCHIVED:
        assert refusal(response) == (400, "Cannot promote queued messages in an archived chat.", None)
        return
    if not queue or state is State.INVALID:
        status, message, detail = refusal(response)
        expected = INVALID if state is State.INVALID else "Chat has no queued messages to promote."
        assert (status, message) == (409, expected)
        assert detail == f"chat state transition PromoteQueuedMessage not allowed from state {state.value}"
        return
    assert (response.status_code, response.json()) == (202, {"message": "Queued message promotion accepted."})
    messages, waiting = await said(world, chat_id)
    status = (await read(world, chat_id))["status"]
    if state in (State.RUNNING_QUEUED, State.INTERRUPTING_QUEUED):
        assert (status, waiting) == ("interrupting", ["queued 1", "queued 0"])
        assert "queued 1" not in messages
    else:
        assert (status, waiting, messages[-1]) == ("running", ["queued 0"], "queued 1")


async def test_only_the_owner_promotes_and_ownership_comes_before_the_archive(world: World) -> None:
    chat_id, queue = await chat_in(world, State.ARCHIVED_ERROR_QUEUED)
    for caller in ("carol", "owner"):
        expected = (403, "Only the chat owner may promote queued messages.", None)
        assert refusal(await promote(world, chat_id, queue[0], caller)) == expected
    await share(world, chat_id, "bob")
    assert refusal(await promote(world, chat_id, queue[0], "bob")) == NOWHERE
    assert (await promote(world, chat_id, queue[0], "anonymous")).status_code == 401
    assert refusal(await promote(world, str(uuid.uuid4()), 1)) == NOWHERE


async def test_an_unknown_entry_is_not_found_where_there_is_a_queue(world: World) -> None:
    chat_id, _ = await chat_in(world, State.ERROR_QUEUED)
    for entry in (999_999_999, 2**63 - 1):
        assert refusal(await promote(world, chat_id, entry)) == NO_ENTRY
        assert refusal(await drop(world, chat_id, entry)) == NO_ENTRY
    assert (await read(world, chat_id))["status"] == "error"


async def test_of_many_who_promote_the_same_entry_one_succeeds(world: World) -> None:
    chat_id, queue = await chat_in(world, State.ERROR_QUEUED)
    responses = await asyncio.gather(*(promote(world, chat_id, queue[0]) for _ in range(6)))
    # The chat runs after the first: for the others the entry is gone.
    assert sorted(response.status_code for response in responses) == [202, *[404] * 5]
    messages, waiting = await said(world, chat_id)
    assert (messages.count("queued 0"), waiting) == (1, ["queued 1"])


async def test_a_taken_back_message_makes_room_in_a_full_queue(world: World) -> None:
    chat_id = await idle_chat(world)
    await rest(world, chat_id, status="running")
    answers = [await send(world.alice, chat_id, [text(str(number))]) for number in range(21)]
    assert answers[20].status_code == 429
    assert (await drop(world, chat_id, answers[0].json()["queued_message"]["id"])).status_code == 204
    assert (await send(world.alice, chat_id, [text("fits")])).status_code == 200
    assert (await said(world, chat_id))[1] == [*map(str, range(1, 20)), "fits"]
