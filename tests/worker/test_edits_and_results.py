"""Edits and tool results while the worker is at it: what its viewers see, and what is answered in the end."""

import asyncio
from typing import Any

import pytest

from tests.api.chats import first_message
from tests.api.streams import ENCODINGS, is_kind, kinds, said, watch
from tests.support.world import CHATS, World
from tests.worker.watching import history, send, settled, texts

PICK = {"name": "pick", "description": "pick one", "input_schema": {"type": "object"}}


async def edit(world: World, chat_id: str, message: int, text: str) -> dict[str, Any]:
    """Edit a message of alice."""
    path = f"{CHATS}/{chat_id}/messages/{message}"
    response = await world.alice.patch(path, {"content": [{"type": "text", "text": text}]})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_an_edit_while_a_turn_runs_stops_it_and_the_replacement_is_answered(world: World, encoding: str) -> None:
    chat_id = (await world.create_chat(text="/echo beginning\n/wait 60"))["id"]
    async with watch(world, chat_id, encoding) as viewer:
        await viewer.until(is_kind("message_part"))
        target = await first_message(world, chat_id)
        answer = await edit(world, chat_id, target, "instead")
        assert answer["deleted_message_ids"] == [target]
        events = await viewer.until(is_kind("status", status="waiting"))
    seen = kinds(events)
    reset = seen.index("history_reset")
    # Of the stopped turn nothing comes behind the reset; first the history as it is now, then what is said anew.
    assert said(events[reset:]) == ["instead", "instead"]
    assert seen[reset + 1] == "message"
    parts = [event["message_part"]["part"]["text"] for event in events[reset:] if event["type"] == "message_part"]
    assert "".join(parts) in ("", "instead")
    assert await texts(world, chat_id) == [("user", "instead"), ("assistant", "instead")]


async def test_an_edit_empties_the_queue(world: World) -> None:
    chat_id = (await world.create_chat(text="/wait 60"))["id"]
    await send(world, chat_id, "second")
    await send(world, chat_id, "third")
    async with watch(world, chat_id, "sse") as viewer:
        await viewer.snapshot()
        await edit(world, chat_id, await first_message(world, chat_id), "instead")
        events = await viewer.until(is_kind("status", status="waiting"))
    updates = [event for event in events if event["type"] == "queue_update"]
    assert [update.get("queued_messages", []) for update in updates] == [[]]
    assert await texts(world, chat_id) == [("user", "instead"), ("assistant", "instead")]


async def test_an_edit_in_the_middle_lets_the_model_see_only_what_is_before_it(world: World) -> None:
    # The words are counted that the model gets.
    body = {"include_default_system_prompt": False}
    assert (await world.owner.put(f"{CHATS}/config/system-prompt", body)).status_code == 204
    chat_id = (await world.create_chat(text="first"))["id"]
    await settled(world, chat_id)
    await send(world, chat_id, "second")
    await settled(world, chat_id)
    second = (await history(world, chat_id))[2]["id"]
    await edit(world, chat_id, second, "a second one")
    await settled(world, chat_id)
    messages = await history(world, chat_id)
    assert [text for _, text in await texts(world, chat_id)] == ["first", "first", "a second one", "a second one"]
    assert messages[-1]["usage"]["input_tokens"] == 5


async def test_edits_one_upon_the_other_leave_one_answer(world: World) -> None:
    chat_id = (await world.create_chat(text="/slow 50 0.02"))["id"]
    target = await first_message(world, chat_id)
    for number in range(6):
        target = (await edit(world, chat_id, target, f"/slow 50 0.02\n/echo {number}"))["message"]["id"]
        await asyncio.sleep(0.03 * (number % 3))
    await edit(world, chat_id, target, "the last")
    await settled(world, chat_id)
    assert await texts(world, chat_id) == [("user", "the last"), ("assistant", "the last")]


async def test_an_edit_answers_calls_of_the_client_that_nobody_will_answer(world: World) -> None:
    chat_id = (await world.create_chat(text='/tool pick {"n": 1}', unsafe_dynamic_tools=[PICK]))["id"]
    await settled(world, chat_id, status="requires_action")
    await edit(world, chat_id, await first_message(world, chat_id), "instead")
    await settled(world, chat_id)
    assert await texts(world, chat_id) == [("user", "instead"), ("assistant", "instead")]


async def test_results_of_the_client_let_the_turn_go_on(world: World) -> None:
    script = '/tool pick {"n": 1}\n/tool pick {"n": 2}\n/echo picked'
    chat_id = (await world.create_chat(text=script, unsafe_dynamic_tools=[PICK]))["id"]
    async with watch(world, chat_id, "sse") as viewer:
        event = (await viewer.until(lambda event: event["type"] == "action_required"))[-1]
        calls = event["action_required"]["tool_calls"]
        results = [{"tool_call_id": call["tool_call_id"], "output": {"got": call["args"]}} for call in calls]
        response = await world.alice.post(f"{CHATS}/{chat_id}/tool-results", {"results": results})
        assert response.status_code == 204
        events = await viewer.until(is_kind("status", status="waiting"))
    assert [event["status"]["status"] for event in events if event["type"] == "status"] == ["running", "waiting"]
    assert (await texts(world, chat_id))[-1] == ("assistant", "picked")
    assert [message["role"] for message in await history(world, chat_id)] == [
        "user",
        "assistant",
        "tool",
        "tool",
        "assistant",
    ]


async def test_results_with_a_queue_let_the_turn_end_before_the_queue_goes_on(world: World) -> None:
    script = '/tool pick {"n": 1}\n/echo picked'
    chat_id = (await world.create_chat(text=script, unsafe_dynamic_tools=[PICK]))["id"]
    await settled(world, chat_id, status="requires_action")
    assert (await send(world, chat_id, "next"))["queued"]
    call = (await history(world, chat_id))[1]["content"][0]["tool_call_id"]
    body = {"results": [{"tool_call_id": call, "output": "one"}]}
    assert (await world.alice.post(f"{CHATS}/{chat_id}/tool-results", body)).status_code == 204
    await settled(world, chat_id)
    said_last = [text for role, text in await texts(world, chat_id) if role != "tool"][-3:]
    assert said_last == ["picked", "next", "next"]
