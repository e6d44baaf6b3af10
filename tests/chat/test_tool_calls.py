"""Calls that nobody will answer any more get an error result, in front of the message that causes it."""

from typing import Any

import pytest
from sqlalchemy import text

from palaver.chat import transitions as t
from palaver.chat.commands import EditMessage, ToolResult
from palaver.chat.parts import pending_after, public_content, tool_calls
from palaver.chat.records import NewMessage
from palaver.chat.states import State
from palaver.errors.chat import TransitionNotAllowed
from tests.chat.world import World, assistant, call_part, loaded, text_part, tool_results

CALLS = (
    call_part("local-1", "search"),
    call_part("client-1"),
    call_part("client-2"),
    call_part("done-by-provider", "web_search", provider_executed=True),
)
ALL = ["local-1", "client-1", "client-2"]
DYNAMIC = ["client-1", "client-2"]


async def _in(world: World, state: State) -> Any:
    return await world.chat_in(state, assistant(*text_part("looking"), *CALLS))


CASES = [
    # state, transition, reason, calls that are cancelled, role of the message behind them
    (State.WAITING, lambda w, c, tx: t.send_message(tx, w.send()), t.INTERRUPTED_BY_MESSAGE, ALL, "user"),
    (State.ERROR, lambda w, c, tx: t.send_message(tx, w.send()), t.INTERRUPTED_BY_MESSAGE, ALL, "user"),
    (State.ERROR_QUEUED, lambda w, c, tx: t.send_message(tx, w.send()), t.INTERRUPTED_BY_PROMOTION, ALL, "user"),
    (
        State.REQUIRES_ACTION,
        lambda w, c, tx: t.send_message(tx, w.send(busy_behavior="interrupt")),
        t.INTERRUPTED_BY_SEND,
        DYNAMIC,
        None,
    ),
    (State.ERROR_QUEUED, lambda w, c, tx: _promote_last(w, tx), t.INTERRUPTED_BY_PROMOTION, ALL, "user"),
    (State.REQUIRES_ACTION_QUEUED, lambda w, c, tx: _promote_last(w, tx), t.INTERRUPTED_BY_PROMOTION, ALL, "user"),
    (State.REQUIRES_ACTION, lambda w, c, tx: t.interrupt(tx), t.INTERRUPTED_BY_USER, DYNAMIC, None),
    (State.REQUIRES_ACTION_QUEUED, lambda w, c, tx: t.interrupt(tx, "why not"), "why not", DYNAMIC, None),
    (State.REQUIRES_ACTION, lambda w, c, tx: t.cancel_requires_action(tx), t.DEADLINE_MISSING, DYNAMIC, None),
    (State.RUNNING_QUEUED, lambda w, c, tx: t.finish_turn(tx), t.INTERRUPTED_BY_PROMOTION, ALL, "user"),
    (State.INVALID, lambda w, c, tx: t.reconcile_invalid_state(tx), t.INVALID_STATE, DYNAMIC, None),
]


async def _promote_last(world: World, tx: Any) -> Any:
    return await t.promote_queued_message(tx, (await world.queue(tx.chat.id))[-1]["id"])


@pytest.mark.parametrize(
    ("state", "act", "reason", "cancelled", "then"), CASES, ids=[f"{case[0].value}-{case[2][-12:]}" for case in CASES]
)
async def test_cancel_results_precede_their_cause(
    world: World, state: State, act: Any, reason: str, cancelled: list[str], then: str | None
) -> None:
    chat_id = await _in(world, state)
    before = await world.messages(chat_id)
    async with world.machine.update(chat_id) as tx:
        await act(world, chat_id, tx)
    added = (await world.messages(chat_id))[len(before) :]
    assert tool_results(added) == [(call, reason, True) for call in cancelled]
    assert [message["role"] for message in added] == ["tool"] * len(cancelled) + ([then] if then else [])
    for message in added[: len(cancelled)]:
        assert (message["visibility"], message["model_config_id"]) == ("both", world.model_id)
        assert message["created_by"] is None
    left = [call["tool_call_id"] for call in (await world.read(chat_id))["pending_tool_calls"]]
    assert left == [call for call in ALL if call not in cancelled]


async def test_a_deadline_that_passed_is_a_time_out(world: World) -> None:
    chat_id = await _in(world, State.RUNNING)
    await world.tx(chat_id, t.enter_requires_action, 5.0)
    async with world.database.connect() as conn:
        left = text("SELECT extract(epoch FROM requires_action_deadline_at - now()) FROM chats WHERE id = :id")
        assert 4 < (await conn.execute(left, {"id": chat_id})).scalar_one() <= 5
    await world.tx(chat_id, t.cancel_requires_action)
    assert {reason for _, reason, _ in tool_results(await world.messages(chat_id))} == {t.TIMED_OUT}


async def test_an_edit_cancels_only_calls_in_front_of_it(world: World) -> None:
    chat_id = await _in(world, State.WAITING)
    async with world.machine.update(chat_id) as tx:
        outcome = await t.send_message(tx, world.send())
    target = outcome.message
    assert target is not None
    # The results between call and target are kept: the edit has nothing to cancel.
    edit = EditMessage(message_id=target.id, content=text_part("instead"), created_by=world.user_id)
    edited = await world.tx(chat_id, t.edit_message, edit)
    assert [message.role for message in edited.inserted] == ["user"]
    assert edited.deleted_message_ids == [target.id]
    # A result that the edit removes leaves its call open again.
    async with world.database.begin() as conn:
        await conn.execute(
            text("UPDATE chat_messages SET deleted = true WHERE chat_id = :id AND role = 'tool'"), {"id": chat_id}
        )
    edit = EditMessage(message_id=edited.message.id, content=text_part("again"), created_by=world.user_id)
    edited = await world.tx(chat_id, t.edit_message, edit)
    added = (await world.messages(chat_id))[-4:]
    assert tool_results(added) == [(call, t.INTERRUPTED_BY_EDIT, True) for call in ALL]
    assert added[-1]["id"] == edited.message.id
    assert (await world.read(chat_id))["pending_tool_calls"] == []


async def test_an_edit_of_the_first_message_cancels_nothing(world: World) -> None:
    chat_id = await _in(world, State.REQUIRES_ACTION_QUEUED)
    first = (await world.messages(chat_id))[0]
    edit = EditMessage(message_id=first["id"], content=text_part("anew"), created_by=world.user_id)
    await world.tx(chat_id, t.edit_message, edit)
    assert [loaded(message["content"]) for message in await world.messages(chat_id)] == [text_part("anew")]
    assert await world.queue(chat_id) == []
    assert (await world.read(chat_id))["pending_tool_calls"] == []


async def test_client_results_are_stored_in_the_order_of_the_request(world: World) -> None:
    chat_id = await _in(world, State.REQUIRES_ACTION)
    results = [ToolResult("client-2", {"x": [1]}), ToolResult("client-1", "no", is_error=True)]
    for wrong in (results[:1], [*results, ToolResult("local-1", 1)], [*results, results[0]], []):
        with pytest.raises(TransitionNotAllowed):
            await world.tx(chat_id, t.complete_requires_action, wrong, world.user_id)
    await world.tx(chat_id, t.complete_requires_action, results, world.user_id)
    stored = (await world.messages(chat_id))[-2:]
    assert tool_results(stored) == [("client-2", {"x": [1]}, False), ("client-1", "no", True)]
    assert {message["created_by"] for message in stored} == {world.user_id}
    chat = await world.read(chat_id)
    assert [call["tool_call_id"] for call in chat["pending_tool_calls"]] == ["local-1"]
    assert chat["status"] == "running"


async def test_an_interruption_must_answer_every_call(world: World) -> None:
    chat_id = await world.chat_in(State.INTERRUPTING)
    partial = [assistant(*text_part("half"), call_part("c1", "search"))]
    before = await world.everything()
    with pytest.raises(TransitionNotAllowed) as refusal:
        await world.tx(chat_id, t.finish_interruption, partial)
    assert refusal.value.reason == "outstanding tool calls remain after partial commit"
    assert await world.everything() == before
    result = {"type": "tool-result", "tool_call_id": "c1", "tool_name": "search", "result": {}, "is_error": True}
    await world.tx(chat_id, t.finish_interruption, [*partial, NewMessage("tool", [result])])
    assert [message["role"] for message in await world.messages(chat_id)] == ["user", "assistant", "tool"]
    assert (await world.read(chat_id))["status"] == "waiting"


def test_only_the_newest_answer_counts_and_ids_may_return() -> None:
    first = assistant(call_part("call_1", "a"), call_part("call_1", "a"), call_part("p", "b", provider_executed=True))
    pending = pending_after([], "assistant", first.content)
    assert [call["tool_call_id"] for call in pending] == ["call_1"]
    result = [{"type": "tool-result", "tool_call_id": "call_1", "tool_name": "a", "result": 1}]
    assert pending_after(pending, "tool", result) == []
    # The same id in a later answer is a new call: the earlier result does not answer it.
    assert len(pending_after([], "assistant", first.content)) == 1
    assert pending_after(pending, "assistant", text_part("done")) == []
    assert tool_calls(text_part("x")) == []


def test_internal_keys_never_leave() -> None:
    stored = [
        {"type": "text", "text": "a", "provider_metadata": {"k": 1}},
        {"type": "hook-context", "text": "hidden"},
        {"type": "file", "media_type": "image/png", "file_id": "x", "data": "AAAA"},
        {"type": "file", "media_type": "image/png", "data": "AAAA"},
    ]
    assert public_content(stored) == [
        {"type": "text", "text": "a"},
        {"type": "file", "media_type": "image/png", "file_id": "x"},
        {"type": "file", "media_type": "image/png", "data": "AAAA"},
    ]
