"""Bundles of a single statement: nothing is locked, and what was decided on an outdated look is decided again."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import event, text, update

from models import Chat
from palaver.chat import transitions as t
from palaver.chat.machine import ChatMachine, ChatTx
from palaver.chat.notices import ChatNotice, OwnershipNotice
from palaver.chat.states import State, Transition
from palaver.database import Database
from palaver.errors.chat import ChatNotFound, TransitionNotAllowed
from tests.chat.world import World, text_part


class Statements:
    """What a database was asked, in order: statements, and where transactions begin and end."""

    def __init__(self, database: Database) -> None:
        self.seen: list[str] = []
        engine = database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", lambda c, cursor, sql, *rest: self.seen.append(sql.split()[0]))
        event.listen(engine, "commit", lambda c: self.seen.append("COMMIT"))


@pytest.fixture
async def lonely(world: World) -> Any:
    """A second pool on the world's database, so that its statements can be counted."""
    database = Database(world.database.url)
    yield database
    await database.close()


def sending(world: World, words: str = "more", **more: Any) -> Callable[[ChatTx], Awaitable[Any]]:
    async def act(tx: ChatTx) -> Any:
        return await t.send_message(tx, world.send(words, **more))

    return act


def overtaken_by(world: World, overtake: Callable[[], Awaitable[Any]], act: Callable[[ChatTx], Awaitable[Any]]) -> Any:
    """`act`, in front of whose first run somebody else is faster; and how often it ran."""
    runs: list[int] = []

    async def run(tx: ChatTx) -> Any:
        runs.append(tx.chat.snapshot_version)
        if len(runs) == 1:
            await overtake()
        return await act(tx)

    return run, runs


async def test_a_send_is_a_look_and_a_write(world: World, lonely: Database) -> None:
    chat_id = await world.chat_in(State.WAITING)
    statements = Statements(lonely)
    outcome = await ChatMachine(lonely, world.published).apply(chat_id, sending(world))
    assert statements.seen == ["SELECT", "WITH"]
    stored = (await world.messages(chat_id))[-1]
    assert (stored["id"], stored["created_at"]) == (outcome.message.id, outcome.message.created_at)
    assert [type(notice) for notice in world.published.take()] == [ChatNotice, OwnershipNotice]


@pytest.mark.parametrize("state", [State.RUNNING, State.ERROR_QUEUED])
async def test_a_send_into_a_busy_chat_needs_no_transaction_either(
    world: World, lonely: Database, state: State
) -> None:
    chat_id = await world.chat_in(state)
    before = len(await world.queue(chat_id))
    statements = Statements(lonely)
    outcome = await ChatMachine(lonely, world.published).apply(chat_id, sending(world))
    assert "COMMIT" not in statements.seen
    assert outcome.queued
    queue = await world.queue(chat_id)
    assert queue[-1]["id"] == outcome.queued_message.id
    assert len(queue) == before + (state is State.RUNNING)


async def test_a_new_chat_is_one_statement(world: World, lonely: Database) -> None:
    statements = Statements(lonely)
    machine = ChatMachine(lonely, world.published)
    chat = await machine.apply_new(lambda tx: t.create_chat(tx, world.new_chat()))
    assert statements.seen == ["WITH"]
    assert (await world.read(chat.id))["snapshot_version"] == 1
    assert world.published.take() == [chat.notice(), OwnershipNotice(chat.id, 1)]


async def test_who_was_overtaken_decides_again(world: World) -> None:
    """The chat rested when it was looked at; by the time of the write it runs, so the message belongs to the queue."""
    chat_id = await world.chat_in(State.WAITING)
    run, looks = overtaken_by(world, lambda: world.tx(chat_id, t.send_message, world.send("faster")), sending(world))
    outcome = await world.machine.apply(chat_id, run)
    assert outcome.queued
    assert len(looks) == 2
    assert [row["content"] for row in await world.queue(chat_id)] == [text_part("more")]
    assert len(await world.messages(chat_id)) == 2
    assert (await world.read(chat_id))["snapshot_version"] == looks[0] + 1


async def test_who_was_overtaken_is_refused_what_is_no_longer_allowed(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    run, looks = overtaken_by(world, lambda: world.tx(chat_id, t.set_archived, True), sending(world))
    with pytest.raises(TransitionNotAllowed):
        await world.machine.apply(chat_id, run)
    assert len(looks) == 2
    assert len(await world.messages(chat_id)) == 1


async def test_a_queue_that_was_emptied_after_the_look_is_looked_at_again(world: World) -> None:
    chat_id = await world.chat_in(State.ERROR_QUEUED)
    entries = [row["id"] for row in await world.queue(chat_id)]

    async def empty() -> None:
        for entry in entries:
            await world.tx(chat_id, t.delete_queued_message, entry)

    act, runs = overtaken_by(world, empty, sending(world))
    outcome = await world.machine.apply(chat_id, act)
    assert (outcome.queued, len(runs)) == (False, 2)


async def test_an_overtaken_write_leaves_and_tells_nothing(world: World) -> None:
    """Every table that the write touches depends on the version: no message, no queue entry, no heartbeat."""
    chat_id = await world.chat_in(State.RUNNING_QUEUED)
    tables: list[Any] = []

    async def overtake() -> None:
        async with world.database.begin() as conn:
            await conn.execute(text("UPDATE chats SET snapshot_version = snapshot_version + 1"))
        tables.append(await world.everything())

    async def act(tx: ChatTx) -> None:
        if not tables:
            await overtake()
            tx.insert([])
            await t.acquire(tx, world.user_id, world.user_id)
            await t.send_message(tx, world.send())
        raise TransitionNotAllowed(Transition.SEND_MESSAGE, State.WAITING)

    with pytest.raises(TransitionNotAllowed):
        await world.machine.apply(chat_id, act)
    assert await world.everything() == tables[0]
    assert world.published.take() == []


async def test_what_needs_a_transaction_gets_one(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    runs: list[bool] = []

    async def act(tx: ChatTx) -> None:
        runs.append(True)
        tx.require_transaction()
        await t.send_message(tx, world.send())
        await tx.conn.execute(update(Chat).where(Chat.id == chat_id).values(title="in the same transaction"))

    await world.machine.apply(chat_id, act)
    assert len(runs) == 2
    row = await world.read(chat_id)
    assert (row["title"], row["status"]) == ("in the same transaction", "running")


async def test_attributes_that_have_no_version_survive(world: World) -> None:
    """Pins and plan mode change without a bundle; a write that was decided before must not take them back."""
    chat_id = await world.chat_in(State.WAITING)

    async def pin() -> None:
        async with world.database.begin() as conn:
            await conn.execute(update(Chat).where(Chat.id == chat_id).values(pin_order=3, plan_mode="plan"))

    run, looks = overtaken_by(world, pin, sending(world))
    await world.machine.apply(chat_id, run)
    assert len(looks) == 1
    row = await world.read(chat_id)
    assert (row["pin_order"], row["plan_mode"]) == (3, "plan")


async def test_a_refusal_in_front_of_the_write_changes_nothing(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    before = await world.everything()

    async def act(tx: ChatTx) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await world.machine.apply(chat_id, act)
    with pytest.raises(RuntimeError):
        await world.machine.apply_new(act)
    with pytest.raises(ChatNotFound):
        await world.machine.apply(world.user_id, sending(world))
    assert await world.everything() == before
    assert world.published.take() == []


async def test_cancelled_in_the_write_it_happened_and_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    chat_id = await world.chat_in(State.WAITING)
    writing, write = asyncio.Event(), ChatTx._write

    async def slow_write(tx: ChatTx) -> list[int]:
        writing.set()
        await asyncio.sleep(0.05)
        return await write(tx)

    monkeypatch.setattr(ChatTx, "_write", slow_write)
    task = asyncio.create_task(world.machine.apply(chat_id, sending(world)))
    await writing.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await world.read(chat_id))["status"] == "running"
    assert len(world.published.take()) == 2
