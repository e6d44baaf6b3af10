"""Watch events: told in few words by whoever changed a chat, made where somebody watches, never silently incomplete."""

import asyncio
import uuid
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from typing import Any

import asyncpg
import orjson
import pytest
import pytest_asyncio
from sqlalchemy import delete, event, update

from models import Chat
from palaver.chat.machine import ChatMachine
from palaver.chat.notices import WatchNotice
from palaver.chat.records import ChatRecord
from palaver.chat.states import Transition
from palaver.database import Database
from palaver.stream import ending, watch_stream
from palaver.stream.bus import LocalBus, SharedBus
from palaver.stream.ending import Ending
from palaver.stream.signals import Signal
from palaver.stream.watch_events import WatchTeller, read_events
from palaver.stream.watch_looks import ChatLooks
from palaver.stream.watch_stream import Read, WatchStream
from tests.bus.brokers import until
from tests.bus.memory_link import MemoryBroker
from tests.chat.world import Published, World, make_world


@pytest_asyncio.fixture
async def world(database: Database) -> World:
    """A machine on a database."""
    published = Published()
    return await make_world(database, ChatMachine(database, published), published)


@pytest_asyncio.fixture
async def record(world: World) -> ChatRecord:
    """A chat."""
    return await world.create()


def statements_of(database: Database) -> list[str]:
    """What is executed on a database from now on."""
    executed: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        executed.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    return executed


async def test_to_tell_all_processes_costs_no_statement_and_few_bytes(database: Database, record: ChatRecord) -> None:
    broker = MemoryBroker()
    here, there = SharedBus(uuid.uuid4(), broker.link()), SharedBus(uuid.uuid4(), broker.link())
    await here.start()
    await there.start()
    await until(lambda: here.peers == 1)
    executed, before = statements_of(database), len(broker.frames)
    with there.subscribe_watch(record.owner_id) as watch:
        WatchTeller(here).moved(record, [Transition.SEND_MESSAGE])
        assert (await watch.wait()).notices == [WatchNotice(record.owner_id, record.id, "status_change")]
    assert executed == []
    assert sum(len(frame) for _, frame in broker.frames[before:]) < 200
    await here.stop()
    await there.stop()


async def test_a_bundle_is_told_by_its_transitions_each_kind_once(record: ChatRecord) -> None:
    published = Published()
    teller = WatchTeller(published)
    teller.moved(record, [Transition.SEND_MESSAGE, Transition.INTERRUPT, Transition.ENTER_REQUIRES_ACTION])
    teller.moved(record, [Transition.COMMIT_STEP])
    teller.moved(replace(record, archived=True), [Transition.SET_ARCHIVED])
    teller.moved(record, [Transition.SET_ARCHIVED])
    teller.tell("summary_change", record)
    kinds = [notice.kind for notice in published.notices if isinstance(notice, WatchNotice)]
    assert kinds == ["status_change", "action_required", "deleted", "created", "summary_change"]


async def test_the_events_of_many_chats_are_read_at_once_and_in_order(world: World, database: Database) -> None:
    chats = [await world.create() for _ in range(3)]
    notices = [WatchNotice(chat.owner_id, chat.id, "created") for chat in chats]
    notices.append(WatchNotice(chats[0].owner_id, chats[0].id, "title_change"))
    executed = statements_of(database)
    made = [orjson.loads(made) for made in await read_events(database, notices)]
    assert [(told["kind"], told["chat"]["id"]) for told in made] == [
        (notice.kind, str(notice.chat_id)) for notice in notices
    ]
    assert all(told["chat"]["owner_username"] for told in made)
    assert len(executed) == 1


async def test_whoever_knows_of_an_older_state_tells_of_the_present_one(database: Database, record: ChatRecord) -> None:
    bus = LocalBus()
    async with database.begin() as conn:
        await conn.execute(update(Chat).values(status="waiting", title="New"))
    with bus.subscribe_watch(record.owner_id) as watch:
        WatchTeller(bus).tell("title_change", replace(record, status="running"))
        [made] = await read_events(database, watch.take().notices)
    chat = orjson.loads(made)["chat"]
    assert (chat["status"], chat["title"]) == ("waiting", "New")


async def test_of_a_chat_that_is_gone_only_its_end_is_told(database: Database, record: ChatRecord) -> None:
    bus = LocalBus()
    with bus.subscribe_watch(record.owner_id) as watch:
        teller = WatchTeller(bus)
        teller.tell("title_change", record)
        teller.moved(record, [Transition.DELETE_CHAT])
        async with database.begin() as conn:
            await conn.execute(delete(Chat))
        made = await read_events(database, watch.take().notices)
    assert [orjson.loads(event)["kind"] for event in made] == ["deleted"]


async def test_of_coming_and_going_the_chat_is_believed_and_not_the_notice(
    database: Database, record: ChatRecord
) -> None:
    notices = [WatchNotice(record.owner_id, record.id, "created"), WatchNotice(record.owner_id, record.id, "deleted")]
    for archived, kind in ((False, "created"), (True, "deleted")):
        async with database.begin() as conn:
            await conn.execute(update(Chat).values(archived=archived))
        told = [orjson.loads(made) for made in await read_events(database, notices)]
        assert [(made["kind"], made["chat"]["archived"]) for made in told] == [(kind, archived)] * 2


async def test_a_notice_tells_nobody_of_anothers_chat(database: Database, record: ChatRecord) -> None:
    assert await read_events(database, [WatchNotice(uuid.uuid4(), record.id, "created")]) == []


# ---- the stream of one watcher ----


class Anybody:
    """A watcher with every right until `allowed` is taken from him."""

    def __init__(self) -> None:
        self.allowed = True

    async def renew(self) -> bool:
        return self.allowed

    def may_see(self, event: bytes) -> bool:
        return True


async def seen(bus: LocalBus, owner_id: uuid.UUID, read: Read, tell: Sequence[WatchNotice]) -> tuple[list[Any], Ending]:
    """What a watcher is sent when `tell` is told before he looks and nothing more, and how his stream ends."""
    signal, events = Signal(), list[Any]()
    with bus.subscribe_watch(owner_id, signal) as changes:
        for notice in tell:
            bus.publish(notice)
        stream = WatchStream(changes, signal, Anybody(), read)
        async with asyncio.timeout(10), aclosing(stream.batches()) as batches:
            async for batch in batches:
                events += map(orjson.loads, batch.events)
                stream.stop()
    return events, stream.ending


async def test_a_watcher_of_what_cannot_be_read_is_sent_away_to_load_his_list(
    record: ChatRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ending, "READ_RETRY_SECONDS", (0.0,) * ending.READ_TRIES)
    unreachable = Database("postgresql://nobody@127.0.0.1:1/nowhere")
    said = [WatchNotice(record.owner_id, record.id, "status_change")]
    assert await seen(LocalBus(), record.owner_id, partial(read_events, unreachable), said) == ([], Ending.LOST)
    await unreachable.close()


@pytest.mark.parametrize("fault", [asyncpg.InterfaceError("closing"), asyncpg.InternalClientError("unexpected")])
async def test_what_the_driver_raises_where_a_connection_is_prepared_is_tried_again(
    database: Database, record: ChatRecord, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    faults, prepare = [fault, fault], asyncpg.Connection.set_type_codec

    async def prepared(connection: Any, *arguments: Any, **named: Any) -> None:
        if faults:
            raise faults.pop()
        await prepare(connection, *arguments, **named)

    monkeypatch.setattr(asyncpg.Connection, "set_type_codec", prepared)
    fresh = Database(database.url)
    said = [WatchNotice(record.owner_id, record.id, "created")]
    events, _ = await seen(LocalBus(), record.owner_id, partial(read_events, fresh), said)
    assert [event["kind"] for event in events] == ["created"]
    assert faults == []
    await fresh.close()


async def test_a_watcher_of_what_is_read_for_ever_is_sent_away(
    record: ChatRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch_stream, "READ_SECONDS", 0.05)

    async def read(notices: Sequence[WatchNotice]) -> list[bytes]:
        await asyncio.sleep(60)
        return []

    said = [WatchNotice(record.owner_id, record.id, "created")]
    assert await seen(LocalBus(), record.owner_id, read, said) == ([], Ending.LOST)


async def test_what_was_read_is_shown_by_the_rights_of_now(record: ChatRecord) -> None:
    watcher, bus, signal = Anybody(), LocalBus(), Signal()

    async def read(notices: Sequence[WatchNotice]) -> list[bytes]:
        await asyncio.sleep(0.1)
        watcher.allowed = False
        return [b"{}"]

    with bus.subscribe_watch(record.owner_id, signal) as changes:
        bus.publish(WatchNotice(record.owner_id, record.id, "created"))
        stream = WatchStream(changes, signal, watcher, read, recheck_seconds=0.05)
        async with asyncio.timeout(10), aclosing(stream.batches()) as batches:
            assert [batch async for batch in batches] == []
    assert stream.ending is Ending.REVOKED


async def test_a_reading_that_fails_once_loses_nothing(database: Database, record: ChatRecord) -> None:
    failures = [OSError("the database restarts")]

    async def read(notices: Sequence[WatchNotice]) -> list[bytes]:
        if failures:
            raise failures.pop()
        return await read_events(database, notices)

    said = [WatchNotice(record.owner_id, record.id, kind) for kind in ("created", "status_change")]
    events, end = await seen(LocalBus(), record.owner_id, read, said)
    assert [event["kind"] for event in events] == ["created", "status_change"]
    assert end is Ending.LEFT


async def test_looks_find_what_became_of_chats_and_nothing_at_first(world: World, database: Database) -> None:
    chat, other = await world.create(), await world.create()
    looks = ChatLooks(database, chat.owner_id)
    assert await looks.look() == []
    assert await looks.look() == []
    changes: list[tuple[dict[str, Any], list[str]]] = [
        ({"title": "New", "summary": "What was said"}, ["title_change", "chat_summary_change"]),
        ({"status": "requires_action"}, ["action_required"]),
        ({"status": "waiting", "last_turn_summary": "All done"}, ["status_change", "summary_change"]),
        ({"labels": {"team": "docs"}, "pin_order": 1}, []),
        ({"archived": True, "title": "Newer"}, ["deleted"]),
        ({"archived": False}, ["created"]),
    ]
    for values, kinds in changes:
        async with database.begin() as conn:
            await conn.execute(update(Chat).where(Chat.id == chat.id).values(**values))
        found = await looks.look()
        assert found is not None
        assert [(notice.chat_id, notice.kind) for notice in found] == [(chat.id, kind) for kind in kinds]
    new = await world.create()
    assert await looks.look() == [WatchNotice(chat.owner_id, new.id, "created")]
    async with database.begin() as conn:
        await conn.execute(delete(Chat).where(Chat.id == other.id))
    assert await looks.look() is None


async def test_a_watch_that_was_opened_while_all_was_heard_ends_when_it_is_not(record: ChatRecord) -> None:
    bus, signal = LocalBus(alone=False), Signal()
    with bus.subscribe_watch(record.owner_id, signal) as changes:
        stream = WatchStream(changes, signal, Anybody(), nothing_read, recheck_seconds=0.01)
        async with asyncio.timeout(10), aclosing(stream.batches()) as batches:
            assert [batch async for batch in batches] == []
    assert stream.ending is Ending.LOST


async def nothing_read(notices: Sequence[WatchNotice]) -> list[bytes]:
    """Reads no events."""
    return []


async def test_a_watcher_of_chats_that_are_gone_goes_on(database: Database, record: ChatRecord) -> None:
    gone = WatchNotice(record.owner_id, uuid.uuid4(), "status_change")
    bus, signal = LocalBus(), Signal()
    with bus.subscribe_watch(record.owner_id, signal) as changes:
        stream = WatchStream(changes, signal, Anybody(), partial(read_events, database))
        async with asyncio.timeout(10), aclosing(stream.batches()) as batches:
            bus.publish(gone)
            coming = asyncio.ensure_future(anext(batches))
            await asyncio.sleep(0.05)
            assert not coming.done()
            bus.publish(WatchNotice(record.owner_id, record.id, "created"))
            assert [orjson.loads(event)["kind"] for event in (await coming).events] == ["created"]
