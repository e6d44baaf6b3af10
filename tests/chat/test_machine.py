"""Bundles: one lock, one version, all or nothing, published after the commit and only then."""

import asyncio
import uuid
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.chat import transitions as t
from palaver.chat.notices import ChatNotice, OwnershipNotice
from palaver.chat.records import ChatRecord, Fence, MessageRecord, QueuedRecord
from palaver.chat.statements import CHAT_COLUMNS, chats, message_columns, queue
from palaver.chat.states import State, Transition
from palaver.errors.chat import IllegalLanding, StaleRunner, TransitionNotAllowed
from tests.chat.world import World, assistant


def test_records_follow_their_tables() -> None:
    """Rows become records by position."""
    assert list(ChatRecord.__dataclass_fields__)[:CHAT_COLUMNS] == list(chats.c.keys())
    assert list(MessageRecord.__dataclass_fields__) == [column.name for column in message_columns]
    assert list(QueuedRecord.__dataclass_fields__) == list(queue.c.keys())


async def test_a_created_chat_has_the_first_versions(world: World) -> None:
    async with world.machine.create() as tx:
        chat = await t.create_chat(
            tx, world.new_chat(system_prompts=["be brief", "no workspace"], labels={"team": "a"}, plan_mode="plan")
        )
        assert world.published.take() == []
    row = await world.read(chat.id)
    assert (row["snapshot_version"], row["history_version"], row["queue_version"]) == (1, 1, 0)
    assert (row["generation_attempt"], row["retry_state_version"], row["root_chat_id"]) == (0, 0, chat.id)
    assert (row["labels"], row["plan_mode"], row["created_at"]) == ({"team": "a"}, "plan", chat.created_at)
    stored = await world.messages(chat.id)
    assert [(message["role"], message["visibility"]) for message in stored] == [
        ("system", "model"),
        ("system", "model"),
        ("user", "both"),
    ]
    assert [message["id"] for message in stored] == [message.id for message in tx.inserted]
    assert world.published.take() == [chat.notice(), OwnershipNotice(chat.id, 1)]


async def test_an_exception_takes_everything_back(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    before = await world.everything()

    async def send() -> None:
        async with world.machine.update(chat_id) as tx:
            await t.send_message(tx, world.send())
            await tx.conn.execute(text("UPDATE chats SET title = 'other'"))
            raise RuntimeError

    async def create() -> None:
        async with world.machine.create() as tx:
            await t.create_chat(tx, world.new_chat())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await send()
    with pytest.raises(RuntimeError):
        await create()
    assert await world.everything() == before
    assert world.published.take() == []


async def test_a_refused_second_transition_takes_the_first_back(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING)
    before = await world.everything()

    async def finish_and_interrupt() -> None:
        async with world.machine.update(chat_id) as tx:
            await t.finish_turn(tx)
            await t.interrupt(tx)

    with pytest.raises(TransitionNotAllowed):
        await finish_and_interrupt()
    assert await world.everything() == before


async def test_a_landing_outside_the_table_is_rolled_back(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING)
    before = await world.everything()

    async def land_elsewhere() -> None:
        async with world.machine.update(chat_id) as tx:
            with tx.transition(Transition.INTERRUPT):
                tx.write_state(status="waiting")

    with pytest.raises(IllegalLanding):
        await land_elsewhere()
    assert await world.everything() == before


async def test_a_bundle_without_a_transition_still_bumps_and_tells(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    before = await world.read(chat_id)
    async with world.machine.update(chat_id) as tx:
        tx.set(plan_mode="plan")
    after = await world.read(chat_id)
    assert after == before | {"snapshot_version": before["snapshot_version"] + 1, "plan_mode": "plan"}
    assert [type(notice) for notice in world.published.take()] == [ChatNotice]


async def test_a_fence_holds_back_a_runner_that_lost_its_chat(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING)
    worker, runner = uuid.uuid4(), uuid.uuid4()
    await world.tx(chat_id, t.acquire, worker, runner)
    chat = await world.read(chat_id)
    good = {"status": "running", "history_version": chat["history_version"], "generation_attempt": 0}
    for wrong in ({"status": "interrupting"}, {"history_version": 99}, {"generation_attempt": 1}):
        with pytest.raises(StaleRunner):
            async with world.machine.update(chat_id, fence=Fence(worker, runner, **{**good, **wrong})):
                raise AssertionError("not reached")
    for stranger in (Fence(uuid.uuid4(), runner), Fence(worker, uuid.uuid4())):
        with pytest.raises(StaleRunner):
            async with world.machine.update(chat_id, fence=stranger):
                raise AssertionError("not reached")
    assert await world.read(chat_id) == chat
    async with world.machine.update(chat_id, fence=Fence(worker, runner, **good)) as tx:
        assert await t.record_generation_attempt(tx) == 1
    async with world.machine.update(chat_id, fence=Fence(worker, runner)) as tx:
        await t.abandon(tx)
    assert (await world.read(chat_id))["runner_id"] is None


async def test_ownership_is_announced_while_nobody_alive_owns_a_runnable_chat(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)

    async def kinds(act: Any, *arguments: Any) -> list[type]:
        await world.tx(chat_id, act, *arguments)
        return [type(notice) for notice in world.published.take()]

    assert await kinds(t.send_message, world.send()) == [ChatNotice, OwnershipNotice]
    assert await kinds(t.acquire, uuid.uuid4(), uuid.uuid4()) == [ChatNotice]
    assert await kinds(t.record_generation_attempt) == [ChatNotice]
    async with world.database.begin() as conn:
        await conn.execute(text("UPDATE chat_heartbeats SET heartbeat_at = now() - interval '31 s'"))
    assert await kinds(t.record_generation_attempt) == [ChatNotice, OwnershipNotice]
    assert await kinds(t.acquire, uuid.uuid4(), uuid.uuid4()) == [ChatNotice]
    assert await kinds(t.abandon) == [ChatNotice, OwnershipNotice]
    assert await kinds(t.finish_turn) == [ChatNotice]


async def test_a_bundle_may_give_up_waiting_for_the_disk(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING)
    show = text("SELECT current_setting('synchronous_commit')")
    async with world.database.begin() as conn:
        await conn.execute(text("ALTER ROLE CURRENT_USER SET synchronous_commit = on"))
    await world.database.engine.dispose()
    async with world.machine.update(chat_id) as tx:
        assert (await tx.conn.execute(show)).scalar_one() == "on"
    async with world.machine.update(chat_id, durable=False) as tx:
        assert (await tx.conn.execute(show)).scalar_one() == "off"
    async with world.machine.update(chat_id) as tx:
        assert (await tx.conn.execute(show)).scalar_one() == "on"
    async with world.database.begin() as conn:
        await conn.execute(text("ALTER ROLE CURRENT_USER RESET synchronous_commit"))


async def test_cancelled_before_the_commit_nothing_happened(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    before = await world.everything()
    entered = asyncio.Event()

    async def send() -> None:
        async with world.machine.update(chat_id) as tx:
            await t.send_message(tx, world.send())
            entered.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(send())
    await entered.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await world.everything() == before
    assert world.published.take() == []
    # Neither lock nor connection was left behind.
    async with asyncio.timeout(5):
        await world.tx(chat_id, t.send_message, world.send())


async def test_cancelled_while_it_waits_for_the_lock(world: World) -> None:
    chat_id = await world.chat_in(State.WAITING)
    async with world.machine.update(chat_id):
        waiting = asyncio.create_task(world.tx(chat_id, t.send_message, world.send()))
        await asyncio.sleep(0.05)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    async with asyncio.timeout(5):
        await world.tx(chat_id, t.send_message, world.send())


@pytest.mark.parametrize("cancellations", [1, 2])
async def test_cancelled_in_the_commit_it_happened_and_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch, cancellations: int
) -> None:
    chat_id = await world.chat_in(State.WAITING)
    committing, commit = asyncio.Event(), AsyncConnection.commit

    async def slow_commit(conn: AsyncConnection) -> None:
        committing.set()
        await asyncio.sleep(0.05)
        await commit(conn)

    monkeypatch.setattr(AsyncConnection, "commit", slow_commit)
    task = asyncio.create_task(world.tx(chat_id, t.send_message, world.send()))
    await committing.wait()
    for _ in range(cancellations):
        task.cancel()
        await asyncio.sleep(0.01)
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await world.read(chat_id))["status"] == "running"
    assert len(world.published.take()) == 2


async def test_a_failed_commit_tells_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    chat_id = await world.chat_in(State.WAITING)

    async def broken(conn: AsyncConnection) -> None:
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(AsyncConnection, "commit", broken)
        with pytest.raises(ConnectionError):
            await world.tx(chat_id, t.send_message, world.send())
    assert world.published.take() == []
    assert (await world.read(chat_id))["status"] == "waiting"


async def test_times_follow_the_order_of_the_lock_not_of_the_start(world: World) -> None:
    chat_id = await world.chat_in(State.RUNNING)
    async with world.machine.update(chat_id) as tx:
        # Its transaction is older than what is written meanwhile.
        waiting = asyncio.create_task(world.tx(chat_id, t.commit_step, [assistant()]))
        await asyncio.sleep(0.05)
        first = await t.commit_step(tx, [assistant(), assistant()])
    second = await waiting
    assert first[0].id < first[1].id < second[0].id
    assert first[0].created_at == first[1].created_at < second[0].created_at
