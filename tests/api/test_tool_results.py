"""submit-chat-tool-results and reconcile-invalid-chat-state: what leads a chat on that waits or is broken."""

import asyncio
import uuid
from typing import Any

import pytest

from palaver.chat import transitions
from palaver.chat.records import NewMessage
from palaver.chat.states import State
from tests.api.chats import chat_in, idle_chat, read, refusal, share
from tests.api.refusals import NOT_FOUND, NOT_JSON
from tests.chat.world import DYNAMIC_TOOL, call_part
from tests.support.world import CHATS, World

NOWHERE = (404, NOT_FOUND, None)
NOT_WAITING = "Chat is not waiting for tool results."


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def submit(world: World, chat_id: str, *results: Any, caller: str = "alice") -> Any:
    """The response to results."""
    return await getattr(world, caller).post(f"{CHATS}/{chat_id}/tool-results", {"results": list(results)})


def result(call_id: str, output: Any = "done", **fields: Any) -> dict[str, Any]:
    """A result for a call."""
    return {"tool_call_id": call_id, "output": output, **fields}


async def asking(world: World, *call_ids: str) -> str:
    """A chat of alice that waits for results of these calls."""
    chat_id: str = (await world.create_chat(unsafe_dynamic_tools=[DYNAMIC_TOOL]))["id"]
    async with world.services.machine.update(uuid.UUID(chat_id)) as tx:
        await transitions.commit_step(tx, [NewMessage("assistant", [call_part(call_id) for call_id in call_ids])])
        await transitions.enter_requires_action(tx)
    return chat_id


async def newest(world: World, chat_id: str, count: int) -> list[dict[str, Any]]:
    """The newest messages, oldest first."""
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages", params={"limit": count})).json()
    return list(reversed(page["messages"]))


@pytest.mark.parametrize("state", [state for state in State if state is not State.ABSENT])
async def test_results_in_every_state(world: World, state: State) -> None:
    chat_id, queue = await chat_in(world, state)
    response = await submit(world, chat_id, result("call_1"))
    chat = await read(world, chat_id)
    if chat["archived"]:
        assert refusal(response) == (400, "Cannot submit tool results to an archived chat.", None)
    elif state in (State.REQUIRES_ACTION, State.REQUIRES_ACTION_QUEUED):
        assert (response.status_code, response.content) == (204, b"")
        page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
        assert (chat["status"], len(page["queued_messages"])) == ("running", len(queue))
    else:
        detail = f'chat status is "{chat["status"]}", expected "requires_action"'
        assert refusal(response) == (409, NOT_WAITING, detail)


async def test_results_are_stored_in_the_order_of_the_request(world: World) -> None:
    chat_id = await asking(world, "a", "b", "c")
    outputs = {"c": {"n": [1, None, "\x00"]}, "a": None, "b": "it failed"}
    results = [result(call_id, output, is_error=call_id == "b") for call_id, output in outputs.items()]
    assert (await submit(world, chat_id, *results)).status_code == 204
    messages = await newest(world, chat_id, 3)
    parts = [message["content"][0] for message in messages]
    assert [(part["tool_call_id"], part["result"]) for part in parts] == list(outputs.items())
    assert [part.get("is_error", False) for part in parts] == [False, False, True]
    assert {(message["role"], message["created_by"]) for message in messages} == {
        ("tool", world.facts.user_ids["alice"])
    }


async def test_results_must_fit_the_pending_calls(world: World) -> None:
    chat_id = await asking(world, "a", "b")
    table: list[tuple[list[Any], str, str | None]] = [
        ([], "At least one tool result is required.", None),
        ([result("a"), result("a")], "Duplicate tool_call_id in results.", 'Duplicate tool call ID "a".'),
        ([result("x"), result("x")], "Duplicate tool_call_id in results.", 'Duplicate tool call ID "x".'),
        (
            [{"tool_call_id": "a"}, result("b")],
            "Tool result output must be valid JSON.",
            'Output for tool call "a" is not valid JSON.',
        ),
        ([result("b")], "Missing tool result.", 'Missing result for tool call "a".'),
        ([result("a"), result("x")], "Missing tool result.", 'Missing result for tool call "b".'),
        ([result("x"), result("a"), result("b")], "Unexpected tool result.", 'No pending tool call with ID "x".'),
    ]
    for results, message, detail in table:
        assert refusal(await submit(world, chat_id, *results)) == (400, message, detail), results
    assert refusal(await world.alice.post(f"{CHATS}/{chat_id}/tool-results", {}))[1] == table[0][1]
    assert refusal(await world.alice.post(f"{CHATS}/{chat_id}/tool-results", {"results": 7}))[1] == NOT_JSON
    assert (await read(world, chat_id))["status"] == "requires_action"
    assert (await submit(world, chat_id, result("b"), result("a"))).status_code == 204


async def test_only_the_owner_submits_and_of_many_only_one_request(world: World) -> None:
    chat_id = await asking(world, "a")
    await share(world, chat_id, "bob")
    assert refusal(await submit(world, chat_id, result("a"), caller="bob")) == NOWHERE
    for caller in ("carol", "owner"):
        expected = (403, "Only the chat owner may submit tool results.", None)
        assert refusal(await submit(world, chat_id, result("a"), caller=caller)) == expected
    assert refusal(await submit(world, str(uuid.uuid4()), result("a"))) == NOWHERE
    responses = await asyncio.gather(*(submit(world, chat_id, result("a")) for _ in range(5)))
    assert sorted(response.status_code for response in responses) == [204, *[409] * 4]
    assert {refusal(response)[1] for response in responses if response.status_code == 409} == {NOT_WAITING}
    assert [message["role"] for message in await newest(world, chat_id, 2)] == ["assistant", "tool"]


async def test_a_body_beyond_its_bound_is_refused(world: World) -> None:
    chat_id = await asking(world, "a")
    response = await submit(world, chat_id, result("a", "x" * 262_144))
    assert refusal(response) == (413, "Request body too large.", "http: request body too large")


# ---- reconcile-invalid-chat-state ----


@pytest.mark.parametrize("state", [state for state in State if state is not State.ABSENT])
async def test_only_a_chat_in_no_state_is_repaired(world: World, state: State) -> None:
    chat_id, queue = await chat_in(world, state)
    response = await world.alice.post(f"{CHATS}/{chat_id}/reconcile-invalid")
    if state is not State.INVALID:
        detail = f"chat state transition ReconcileInvalidState not allowed from state {state.value}"
        assert refusal(response) == (409, "Chat is not in an invalid state.", detail)
        return
    chat = response.json()
    message = "chat was in an invalid state; send a new message or edit history to continue"
    assert (response.status_code, chat["status"], chat["archived"]) == (200, "error", False)
    assert chat["last_error"]["message"] == message
    assert chat["owner_username"]
    now = await read(world, chat_id)
    assert chat == {name: now[name] for name in chat}
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages")).json()
    assert len(page["queued_messages"]) == len(queue)


async def test_who_may_repair(world: World) -> None:
    for caller in ("carol", "owner"):
        chat_id, _ = await chat_in(world, State.INVALID)
        assert (await getattr(world, caller).post(f"{CHATS}/{chat_id}/reconcile-invalid")).status_code == 200
    chat_id = await idle_chat(world)
    await share(world, chat_id, "bob")
    assert refusal(await world.bob.post(f"{CHATS}/{chat_id}/reconcile-invalid")) == NOWHERE
