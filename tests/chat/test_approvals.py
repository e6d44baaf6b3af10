"""Calls that wait for their owner: parked durably, decided whole, and answered whatever comes between."""

import uuid
from typing import Any

import pytest
from sqlalchemy import text

from palaver.chat import transitions as t
from palaver.chat.approvals import Ask, CallDecision, is_approved, run_args
from palaver.chat.commands import EditMessage, ToolResult
from palaver.chat.notices import OwnershipNotice
from palaver.chat.states import State
from palaver.errors.approvals import ApprovalExpired
from palaver.errors.chat import TransitionNotAllowed
from tests.chat.world import World, assistant, call_part, loaded, text_part, tool_results

SERVER = uuid.uuid4()


def of_server(call_id: str, tool: str = "files__delete") -> dict[str, Any]:
    """A call of a tool of the MCP server."""
    return call_part(call_id, tool, mcp_server_config_id=str(SERVER))


async def waiting(world: World, *ids: str, seconds: float = 60.0) -> uuid.UUID:
    """A chat that asks about the calls `ids`; beside them a call of the client's own tool is open."""
    chat_id = await world.chat_in(State.RUNNING, assistant(*map(of_server, ids), call_part("client")))
    await world.tx(chat_id, t.ask_approval, [Ask(call_id, SERVER, "delete") for call_id in ids], seconds)
    return chat_id


async def questions(world: World, chat_id: uuid.UUID) -> dict[str, uuid.UUID]:
    """What is asked now: call id -> approval id."""
    pending = (await world.read(chat_id))["pending_tool_calls"]
    return {call["tool_call_id"]: uuid.UUID(call["approval"]["id"]) for call in pending if "approval" in call}


async def decide(world: World, chat_id: uuid.UUID, **decisions: Any) -> None:
    """Decide the calls by name: `deny`, `approve`, or the arguments to run with."""
    ids = await questions(world, chat_id)
    answers = [
        CallDecision(call, ids[call], "approve", args=word)
        if isinstance(word, dict)
        else CallDecision(call, ids[call], word, reason="too much" if word == "deny" else "")
        for call, word in decisions.items()
    ]
    await world.tx(chat_id, t.decide_tool_calls, answers, world.user_id)


async def test_a_question_parks_the_chat_and_leaves_it_to_nobody(world: World) -> None:
    chat_id = await waiting(world, "a", "b")
    chat = await world.read(chat_id)
    assert chat["status"] == "requires_action"
    first, _, client = chat["pending_tool_calls"]
    assert {**first, "approval": {**first["approval"], "id": ""}} == {
        **{key: of_server("a")[key] for key in ("tool_call_id", "tool_name", "args", "mcp_server_config_id")},
        "approval": {"id": "", "server_config_id": str(SERVER), "tool": "delete"},
    }
    assert "approval" not in client
    assert not any(isinstance(notice, OwnershipNotice) for notice in world.published.take())
    async with world.machine.update(chat_id) as tx:
        assert (tx.wants_owner, tx.is_left_parked) == (False, True)


async def test_decisions_answer_what_is_denied_and_leave_the_rest_to_be_run(world: World) -> None:
    chat_id = await waiting(world, "a", "b", "c")
    world.published.take()
    await decide(world, chat_id, c="deny", b={"path": "elsewhere"}, a="approve")
    chat = await world.read(chat_id)
    assert (chat["status"], chat["requires_action_deadline_at"]) == ("running", None)
    assert any(isinstance(notice, OwnershipNotice) for notice in world.published.take())
    a, b, client = chat["pending_tool_calls"]
    assert [is_approved(call) for call in (a, b, client)] == [True, True, False]
    assert (a["args"], run_args(a)) == ({"n": 1}, {"n": 1})
    assert (b["args"], run_args(b)) == ({"n": 1}, {"path": "elsewhere"})
    (denied,) = await _tool_parts(world, chat_id)
    assert (denied["result"], denied["is_error"]) == ("The user denied this tool call. Reason: too much", True)
    assert denied["mcp_server_config_id"] == str(SERVER)
    assert denied["approval"].pop("decided_at")
    assert denied["approval"] == {"decision": "deny", "reason": "too much", "decided_by": str(world.user_id)}


async def test_decisions_must_name_every_open_question_and_no_other(world: World) -> None:
    chat_id = await waiting(world, "a", "b")
    ids = await questions(world, chat_id)
    before = await world.everything()
    good = [CallDecision(call, ids[call], "approve") for call in "ab"]
    wrong = [
        good[:1],
        [*good, good[0]],
        [good[0], CallDecision("b", uuid.uuid4(), "approve")],
        [CallDecision("a", ids["b"], "approve"), CallDecision("b", ids["a"], "approve")],
        [*good, CallDecision("client", uuid.uuid4(), "deny")],
        [],
    ]
    for decisions in wrong:
        with pytest.raises(TransitionNotAllowed):
            await world.tx(chat_id, t.decide_tool_calls, decisions, world.user_id)
    with pytest.raises(TransitionNotAllowed, match="wait for the owner's approval"):
        await world.tx(chat_id, t.complete_requires_action, [ToolResult("client", 1)], world.user_id)
    assert await world.everything() == before
    await world.tx(chat_id, t.decide_tool_calls, good, world.user_id)


async def test_a_question_that_is_asked_again_is_another_one(world: World) -> None:
    chat_id = await waiting(world, "a")
    ids = await questions(world, chat_id)
    await decide(world, chat_id, a="approve")
    await world.tx(chat_id, t.commit_step, [assistant(of_server("a"))])
    await world.tx(chat_id, t.ask_approval, [Ask("a", SERVER, "delete")], 60.0)
    with pytest.raises(TransitionNotAllowed):
        await world.tx(chat_id, t.decide_tool_calls, [CallDecision("a", ids["a"], "approve")], world.user_id)


async def test_after_the_deadline_the_calls_count_as_denied(world: World) -> None:
    chat_id = await waiting(world, "a", seconds=0.0)
    with pytest.raises(ApprovalExpired):
        await decide(world, chat_id, a="approve")
    await world.tx(chat_id, t.cancel_requires_action)
    (expired,) = await _tool_parts(world, chat_id)
    assert (expired["result"], expired["is_error"]) == (t.NOT_APPROVED, True)
    assert expired["approval"]["decision"] == "expire"
    # The call of the client's own tool is waited for after this.
    assert [call["tool_call_id"] for call in (await world.read(chat_id))["pending_tool_calls"]] == ["client"]
    await world.tx(chat_id, t.enter_requires_action)


async def _edit(world: World, chat_id: uuid.UUID) -> Any:
    first = (await world.messages(chat_id))[0]["id"]
    return EditMessage(message_id=first, content=text_part("anew"), created_by=world.user_id)


WAYS_OUT: list[tuple[str, Any, str | None]] = [
    ("interrupt", lambda w, tx: t.interrupt(tx), t.INTERRUPTED_BY_USER),
    ("send", lambda w, tx: t.send_message(tx, w.send(busy_behavior="interrupt")), t.INTERRUPTED_BY_SEND),
    ("edit", None, None),
]


@pytest.mark.parametrize(("way", "act", "reason"), WAYS_OUT, ids=[way for way, _, _ in WAYS_OUT])
async def test_whoever_goes_on_instead_answers_every_call(world: World, way: str, act: Any, reason: str | None) -> None:
    chat_id = await waiting(world, "a", "b")
    if act is None:
        await world.tx(chat_id, t.edit_message, await _edit(world, chat_id))
    else:
        await world.tx(chat_id, lambda tx: act(world, tx))
    chat = await world.read(chat_id)
    assert (chat["status"], chat["pending_tool_calls"]) == ("running", [])
    cancelled = [(call, reason, True) for call in ("a", "b", "client")] if reason else []
    assert tool_results(await world.messages(chat_id)) == cancelled
    assert not any("approval" in part for part in await _tool_parts(world, chat_id))


async def test_a_message_that_waits_leaves_the_question_open(world: World) -> None:
    chat_id = await waiting(world, "a")
    await world.tx(chat_id, t.send_message, world.send())
    chat = await world.read(chat_id)
    assert (chat["status"], len(await questions(world, chat_id))) == ("requires_action", 1)
    assert chat["requires_action_deadline_at"] is not None
    await decide(world, chat_id, a="deny")
    assert (await world.read(chat_id))["status"] == "running"


async def test_only_open_calls_of_the_server_are_asked_about(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING, assistant(of_server("a"), call_part("client")))
    for asks in ([], [Ask("client", SERVER, "x")], [Ask("a", SERVER, "x"), Ask("gone", SERVER, "x")]):
        with pytest.raises(TransitionNotAllowed, match="no pending tool calls to approve"):
            await world.tx(chat_id, t.ask_approval, asks, 60.0)


async def test_a_tool_of_a_server_wins_over_the_clients_own_of_the_same_name(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING, assistant(of_server("a", "ask_client"), call_part("client")))
    async with world.machine.update(chat_id) as tx:
        assert [call["tool_call_id"] for call in tx.chat.pending_local_calls()] == ["a"]
        assert [call["tool_call_id"] for call in tx.chat.pending_dynamic_calls()] == ["client"]
    async with world.database.connect() as conn:
        stored = await conn.scalar(text("SELECT pending_tool_calls FROM chats WHERE id = :id"), {"id": chat_id})
    assert loaded(stored)[0]["mcp_server_config_id"] == str(SERVER)


async def _tool_parts(world: World, chat_id: uuid.UUID) -> list[dict[str, Any]]:
    messages = await world.messages(chat_id)
    return [part for message in messages if message["role"] == "tool" for part in loaded(message["content"])]
