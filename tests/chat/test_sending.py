"""Sending: what is stored, what waits, what it costs, and what many at once do to each other."""

import asyncio
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from palaver.chat import transitions as t
from palaver.chat.commands import SendOutcome
from palaver.chat.states import State
from palaver.errors.chat import ChatNotFound, MessageQueueFull, QueuedMessageNotFound
from tests.chat.world import World, loaded, text_part


async def test_an_idle_chat_takes_the_message_and_runs(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    model = uuid.uuid4()
    async with world.machine.update(chat_id) as tx:
        tx.set(plan_mode="plan", mcp_server_ids=[model])
        outcome = await t.send_message(tx, world.send("hi", model_config_id=model, reasoning_effort="high"))
    assert not outcome.queued
    assert outcome.queued_message is None
    assert outcome.message is not None
    assert outcome.inserted == [outcome.message]
    stored = (await world.messages(chat_id))[-1]
    assert (stored["id"], stored["created_at"]) == (outcome.message.id, outcome.message.created_at)
    assert (stored["role"], stored["visibility"], stored["created_by"]) == ("user", "both", world.user_id)
    chat = await world.read(chat_id)
    assert (chat["status"], chat["last_model_config_id"], chat["last_reasoning_effort"]) == ("running", model, "high")
    assert (chat["plan_mode"], chat["mcp_server_ids"]) == ("plan", [model])


async def test_nul_and_every_other_character_survive(world: World) -> None:
    words = 'a\x00b \u2028 \U0001f980 \\u0000 "quoted" :name ::json'
    chat_id = await world.chat_in(State.WAITING)
    await world.tx(chat_id, t.send_message, world.send(words))
    await world.tx(chat_id, t.send_message, world.send(words))
    await world.tx(chat_id, t.finish_turn)
    contents = [loaded(message["content"]) for message in await world.messages(chat_id)]
    assert contents[1:] == [text_part(words), text_part(words)]


async def test_a_queued_message_keeps_its_model_until_it_is_promoted(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING)
    model = uuid.uuid4()
    outcome = await world.tx(chat_id, t.send_message, world.send(model_config_id=model, reasoning_effort="low"))
    assert outcome.queued
    assert outcome.message is None
    assert outcome.inserted == []
    assert (await world.read(chat_id))["last_model_config_id"] == world.model_id
    promoted = await world.tx(chat_id, t.finish_turn)
    chat = await world.read(chat_id)
    assert (chat["last_model_config_id"], chat["last_reasoning_effort"]) == (model, "low")
    assert [message.id for message in promoted] == [(await world.messages(chat_id))[-1]["id"]]
    # A later message without a choice of its own changes neither.
    await world.tx(chat_id, t.finish_turn)
    await world.tx(chat_id, t.send_message, world.send())
    chat = await world.read(chat_id)
    assert (chat["last_model_config_id"], chat["last_reasoning_effort"]) == (model, "low")


async def test_an_errored_chat_promotes_its_head_and_queues_the_new_message(world: World) -> None:
    chat_id = await world.chat_in(State.ERROR_QUEUED)
    head, *rest = await world.queue(chat_id)
    outcome = await world.tx(chat_id, t.send_message, world.send("newest"))
    assert outcome.queued
    assert outcome.message is None
    assert [message.content for message in outcome.inserted] == [head["content"]]
    queue = await world.queue(chat_id)
    assert [entry["id"] for entry in queue] == [*(entry["id"] for entry in rest), outcome.queued_message.id]


async def test_promotion_moves_an_entry_before_all_others(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING_QUEUED)
    first, second = await world.queue(chat_id)
    assert await world.tx(chat_id, t.promote_queued_message, second["id"]) == []
    queue = await world.queue(chat_id)
    assert [entry["id"] for entry in queue] == [second["id"], first["id"]]
    assert queue[0]["position"] == first["position"] - 1
    await world.tx(chat_id, t.finish_interruption)
    assert (await world.messages(chat_id))[-1]["content"] == second["content"]
    with pytest.raises(QueuedMessageNotFound):
        await world.tx(chat_id, t.delete_queued_message, second["id"])


async def test_fifty_sends_to_one_busy_chat(world: World) -> None:
    """20 wait, each once and in the order of their entries, the rest is refused; one send found the chat idle."""
    chat_id = await world.chat_in(State.WAITING)
    attempts = [world.tx(chat_id, t.send_message, world.send(f"m{number}")) for number in range(50)]
    outcomes = await asyncio.gather(*attempts, return_exceptions=True)
    stored = [outcome for outcome in outcomes if isinstance(outcome, SendOutcome) and not outcome.queued]
    queued = [outcome for outcome in outcomes if isinstance(outcome, SendOutcome) and outcome.queued]
    refused = [outcome for outcome in outcomes if isinstance(outcome, MessageQueueFull)]
    assert (len(stored), len(queued), len(refused)) == (1, 20, 29)
    assert refused[0].body() == {"message": "Message queue is full.", "detail": "Maximum 20 messages can be queued."}
    queue = await world.queue(chat_id)
    by_id = {outcome.queued_message.id: outcome.queued_message for outcome in queued}
    assert [entry["id"] for entry in queue] == sorted(by_id)
    assert [entry["position"] for entry in queue] == list(range(1, 21))
    assert all(entry["content"] == by_id[entry["id"]].content for entry in queue)
    assert (await world.read(chat_id))["snapshot_version"] == 1 + 1 + 21


async def test_an_unknown_chat_is_not_found(world: World) -> None:
    with pytest.raises(ChatNotFound):
        await world.tx(uuid.uuid4(), t.send_message, world.send())
    assert world.published.take() == []


@contextmanager
def _statements(world: World) -> Iterator[list[str]]:
    seen: list[str] = []
    engine = world.database.engine.sync_engine

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize("state", [State.WAITING, State.ERROR, State.RUNNING, State.RUNNING_QUEUED, State.INTERRUPTING])
async def test_a_send_is_two_statements_and_reads_no_history(world: World, state: State) -> None:
    chat_id = await world.chat_in(state)
    with _statements(world) as statements:
        async with world.machine.update(chat_id) as tx:
            tx.set(plan_mode="plan")
            await t.send_message(tx, world.send())
    assert len(statements) == 2
    assert not any("FROM chat_messages" in statement for statement in statements)


async def test_a_bundle_of_two_transitions_is_two_statements_and_one_version(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING)
    before = await world.read(chat_id)
    with _statements(world) as statements:
        async with world.machine.update(chat_id, durable=False) as tx:
            await t.acquire(tx, uuid.uuid4(), uuid.uuid4())
            await t.record_generation_attempt(tx)
    after = await world.read(chat_id)
    assert len(statements) == 2
    assert after["snapshot_version"] == before["snapshot_version"] + 1
    assert after["generation_attempt"] == 1
    assert len(world.published.take()) == 1
