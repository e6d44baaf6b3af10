"""The feed of watch events: made only where somebody watches, beside the work, never silently incomplete."""

import uuid
from dataclasses import replace
from typing import Any

import orjson
import pytest
import pytest_asyncio
from sqlalchemy import delete, event, update

from models import Chat
from palaver.chat.machine import ChatMachine
from palaver.chat.records import ChatRecord
from palaver.chat.states import Transition
from palaver.database import Database
from palaver.stream.bus import LocalBus
from palaver.stream.watch_feed import MAX_NOTES, WatchFeed
from tests.chat.world import Published, make_world


@pytest_asyncio.fixture
async def record(database: Database) -> ChatRecord:
    """A chat."""
    published = Published()
    return await (await make_world(database, ChatMachine(database, published), published)).create()


@pytest.fixture
def bus() -> LocalBus:
    """A bus of one process."""
    return LocalBus(uuid.uuid4())


def statements_of(database: Database) -> list[str]:
    """What is executed on a database from now on."""
    executed: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        executed.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    return executed


async def test_nothing_is_made_where_nobody_watches(database: Database, record: ChatRecord, bus: LocalBus) -> None:
    feed = WatchFeed(database, bus)
    feed.start()
    executed = statements_of(database)
    with bus.subscribe_watch(uuid.uuid4()) as others:
        feed.tell("title_change", record)
        await feed.stop()
        assert executed == []
        assert others.take().events == []


async def test_events_are_made_after_the_caller_went_on_and_keep_their_order(
    database: Database, record: ChatRecord, bus: LocalBus
) -> None:
    feed = WatchFeed(database, bus)
    feed.start()
    executed = statements_of(database)
    with bus.subscribe_watch(record.owner_id) as watch:
        for transition in (Transition.CREATE_CHAT, Transition.FINISH_TURN, Transition.ENTER_REQUIRES_ACTION):
            feed.moved(record, [transition])
        assert executed == []
        await feed.stop()
        told = [orjson.loads(made) for made in watch.take().events]
        assert [made["kind"] for made in told] == ["created", "status_change", "action_required"]
        assert len(executed) == 1, "the owners of several events are looked up at once"


async def test_who_knows_of_an_older_state_tells_the_present_one(
    database: Database, record: ChatRecord, bus: LocalBus
) -> None:
    feed = WatchFeed(database, bus)
    feed.start()
    async with database.begin() as conn:
        await conn.execute(update(Chat).values(status="waiting", title="New"))
    with bus.subscribe_watch(record.owner_id) as watch:
        feed.moved(replace(record, status="waiting"), [Transition.FINISH_TURN])
        feed.tell("title_change", replace(record, status="running"))
        await feed.stop()
        told = [orjson.loads(made) for made in watch.take().events]
    assert [(made["kind"], made["chat"]["status"]) for made in told] == [
        ("status_change", "waiting"),
        ("title_change", "waiting"),
    ]
    assert told[1]["chat"]["title"] == "New"
    assert told[1]["chat"]["owner_username"]


async def test_of_a_chat_that_is_gone_only_its_end_is_told(
    database: Database, record: ChatRecord, bus: LocalBus
) -> None:
    feed = WatchFeed(database, bus)
    feed.start()
    async with database.begin() as conn:
        await conn.execute(delete(Chat))
    with bus.subscribe_watch(record.owner_id) as watch:
        feed.tell("title_change", record)
        feed.moved(record, [Transition.DELETE_CHAT])
        await feed.stop()
        assert [orjson.loads(made)["kind"] for made in watch.take().events] == ["deleted"]


async def test_watchers_of_what_finds_no_room_have_to_look_for_themselves(
    database: Database, record: ChatRecord, bus: LocalBus
) -> None:
    feed = WatchFeed(database, bus)
    feed.start()
    with bus.subscribe_watch(record.owner_id) as watch:
        for _ in range(MAX_NOTES + 1):
            feed.tell("status_change", record)
        assert watch.take().dropped
        await feed.stop()
        assert len(watch.take().events) == 1


async def test_watchers_are_told_of_events_that_could_not_be_made(
    database: Database, record: ChatRecord, bus: LocalBus
) -> None:
    unreachable = Database("postgresql://nobody@127.0.0.1:1/nowhere")
    feed = WatchFeed(unreachable, bus)
    feed.start()
    with bus.subscribe_watch(record.owner_id) as watch:
        feed.tell("status_change", record)
        assert (await watch.wait()).dropped
    await feed.stop()
    await unreachable.close()
