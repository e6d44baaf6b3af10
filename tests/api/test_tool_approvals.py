"""decide-chat-tool-calls, and how a chat tells that it waits for its owner's approval of tool calls."""

import asyncio
import datetime as dt
import uuid
from typing import Any

import orjson
import pytest

from palaver.chat.states import State
from tests.api.chats import chat_in, parked_chat, read, refusal, share
from tests.api.refusals import NOT_FOUND, NOT_JSON
from tests.api.streams import watch
from tests.support.world import CHATS, World

NOWHERE = (404, NOT_FOUND, None)


@pytest.fixture
def world(shared_world: World) -> World:
    """One world for tests that bring chats of their own."""
    return shared_world


async def decide(world: World, chat_id: str, *decisions: Any, caller: str = "alice") -> Any:
    """The response to decisions."""
    return await getattr(world, caller).post(f"{CHATS}/{chat_id}/tool-approvals", {"decisions": list(decisions)})


def decision(call_id: str, approval_id: str, word: str = "approve", **fields: Any) -> dict[str, Any]:
    """A decision about a call."""
    return {"tool_call_id": call_id, "approval_id": approval_id, "decision": word, **fields}


@pytest.mark.parametrize("state", [state for state in State if state is not State.ABSENT], ids=lambda it: it.value)
async def test_decisions_in_every_state_without_a_question(world: World, state: State) -> None:
    chat_id, _ = await chat_in(world, state)
    response = await decide(world, chat_id, decision("call_1", str(uuid.uuid4())))
    chat = await read(world, chat_id)
    if chat["archived"]:
        assert refusal(response) == (400, "Cannot decide tool calls of an archived chat.", None)
    else:
        detail = f'chat status is "{chat["status"]}" and no tool call waits for a decision'
        assert refusal(response) == (409, "Chat is not waiting for approval.", detail)


async def test_the_chat_and_its_stream_show_exactly_what_is_asked(world: World) -> None:
    chat_id, approvals = await parked_chat(world, "a", "b", seconds=3600)
    shown = (await read(world, chat_id))["action_required"]
    async with watch(world, chat_id, "sse") as viewer:
        events = await viewer.snapshot()
    (event,) = [event for event in events if event["type"] == "action_required"]
    assert event["action_required"] == shown
    assert [call["tool_call_id"] for call in shown["tool_calls"]] == ["a", "b"]  # not the client's own
    assert [call["approval"]["id"] for call in shown["tool_calls"]] == approvals
    call = shown["tool_calls"][0]
    assert (call["tool_name"], orjson.loads(call["args"])) == ("files__delete", {"n": 1})
    assert call["approval"]["tool"] == "delete"
    left = dt.datetime.fromisoformat(call["approval"]["expires_at"]) - dt.datetime.now(dt.UTC)
    assert dt.timedelta(minutes=58) < left < dt.timedelta(minutes=61)
    (listed,) = [chat for chat in (await world.alice.get(CHATS)).json() if chat["id"] == chat_id]
    assert "action_required" not in listed


async def test_a_chat_that_waits_for_its_client_shows_its_calls_without_approval(world: World) -> None:
    chat_id, _ = await chat_in(world, State.REQUIRES_ACTION)
    (call,) = (await read(world, chat_id))["action_required"]["tool_calls"]
    assert (call["tool_call_id"], "approval" in call) == ("call_1", False)
    chat_id, _ = await chat_in(world, State.WAITING)
    assert "action_required" not in await read(world, chat_id)


async def test_what_was_decided_stands_with_the_result(world: World) -> None:
    chat_id, (a, b) = await parked_chat(world, "a", "b")
    response = await decide(
        world, chat_id, decision("b", b, "deny", reason=" keep it "), decision("a", a, args={"path": "x"})
    )
    assert (response.status_code, response.content) == (204, b"")
    assert (await read(world, chat_id))["status"] == "running"
    (message, *_) = (await world.alice.get(f"{CHATS}/{chat_id}/messages", params={"limit": 1})).json()["messages"]
    (part,) = message["content"]
    assert message["created_by"] == world.facts.user_ids["alice"]
    assert (part["tool_call_id"], part["is_error"]) == ("b", True)
    assert part["result"] == "The user denied this tool call. Reason: keep it"
    del part["approval"]["decided_at"]
    assert part["approval"] == {
        "decision": "deny",
        "reason": "keep it",
        "decided_by": world.facts.user_ids["alice"],
    }


async def test_decisions_must_fit_the_questions(world: World) -> None:
    chat_id, (a, b) = await parked_chat(world, "a", "b")
    both = [decision("a", a), decision("b", b)]
    table: list[tuple[int, list[Any], str, str | None]] = [
        (400, [], "At least one decision is required.", None),
        (400, [both[0], both[0]], "Duplicate tool_call_id in decisions.", 'Duplicate tool call ID "a".'),
        (400, [decision("a", a, "deny", args={})], "A denied tool call takes no args.", 'Tool call "a" is denied.'),
        (400, both[1:], "Missing decision.", 'Missing decision for tool call "a".'),
        (
            400,
            [*both, decision("of_client", a)],
            "Unexpected decision.",
            'No tool call with ID "of_client" waits for approval.',
        ),
        (
            409,
            [decision("a", b), decision("b", a)],
            "The tool call has changed.",
            'Tool call "a" waits under another approval_id.',
        ),
    ]
    for status, decisions, message, detail in table:
        assert refusal(await decide(world, chat_id, *decisions)) == (status, message, detail), decisions
    assert refusal(await world.alice.post(f"{CHATS}/{chat_id}/tool-approvals", {"decisions": 7}))[1] == NOT_JSON
    results = {"results": [{"tool_call_id": call, "output": 1} for call in ("a", "b")]}
    response = await world.alice.post(f"{CHATS}/{chat_id}/tool-results", results)
    waits = "tool calls wait for the owner's approval"
    assert refusal(response) == (409, "Chat is not waiting for tool results.", waits)
    assert (await read(world, chat_id))["status"] == "requires_action"
    assert (await decide(world, chat_id, *both)).status_code == 204


async def test_only_the_owner_decides_and_of_many_requests_only_one(world: World) -> None:
    chat_id, (a,) = await parked_chat(world, "a")
    await share(world, chat_id, "bob")
    assert refusal(await decide(world, chat_id, decision("a", a), caller="bob")) == NOWHERE
    for caller in ("carol", "owner"):
        expected = (403, "Only the chat owner may decide tool calls.", None)
        assert refusal(await decide(world, chat_id, decision("a", a), caller=caller)) == expected
    assert refusal(await decide(world, str(uuid.uuid4()), decision("a", a))) == NOWHERE
    responses = await asyncio.gather(*(decide(world, chat_id, decision("a", a)) for _ in range(5)))
    assert sorted(response.status_code for response in responses) == [204, *[409] * 4]


async def test_after_the_deadline_nothing_can_be_approved(world: World) -> None:
    chat_id, (a,) = await parked_chat(world, "a", seconds=0)
    assert refusal(await decide(world, chat_id, decision("a", a))) == (409, "The time to decide has passed.", None)
    assert (await read(world, chat_id))["status"] == "requires_action"
