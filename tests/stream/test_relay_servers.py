"""Real servers on one database: a chat runs on one of them, its viewers are on the others."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text as sql

from palaver.settings import Settings
from tests.api.chats import send, text
from tests.api.streams import ENCODINGS, SSE, Event, is_kind, kinds, said, watch
from tests.support.contract_checker import ResponseChecker
from tests.support.world import CHATS, Facts, World, run_world

ALPHABET = "alfa bravo charlie delta echo foxtrot golf hotel"
REST = is_kind("status", status="waiting")


@pytest_asyncio.fixture
async def open_world(
    world_facts: Facts, world_settings: Settings, checker: ResponseChecker
) -> AsyncIterator[Callable[..., Any]]:
    """Starts one more server on the test's database; closed in the end, unless the stack that it gives is before."""
    async with AsyncExitStack() as stack:

        async def start(**values: Any) -> tuple[World, AsyncExitStack]:
            own = await stack.enter_async_context(AsyncExitStack())
            settings = world_settings.model_copy(update=values)
            return await own.enter_async_context(run_world(world_facts, settings, checker)), own

        yield start


@pytest_asyncio.fixture
async def runs(open_world: Callable[..., Any]) -> World:
    """The server that runs the turns."""
    world, _ = await open_world(role="all")
    return world


@pytest_asyncio.fixture
async def shows(open_world: Callable[..., Any], runs: World) -> World:
    """The server that the viewers are on; it runs nothing."""
    world, _ = await open_world(role="api")
    await _acquainted(runs, world)
    return world


async def _acquainted(*worlds: World) -> None:
    async with asyncio.timeout(5):
        while any(world.services.bus.peers < len(worlds) - 1 for world in worlds):
            await asyncio.sleep(0.005)


def parts(events: list[Event]) -> list[dict[str, Any]]:
    """The live parts."""
    return [event["message_part"] for event in events if event["type"] == "message_part"]


def spoken(events: list[Event]) -> str:
    """The text of the live parts."""
    return "".join(part["part"].get("text", "") for part in parts(events))


def has_said(word: str) -> Callable[[Event], bool]:
    """Whether a live part says a word."""
    return lambda event: event["type"] == "message_part" and word in event["message_part"]["part"].get("text", "")


def folded(events: list[Event]) -> tuple[dict[int, str], str]:
    """The messages and the live text that a client holds, by the rules of the contract."""
    messages: dict[int, str] = {}
    live: list[str] = []
    for event in events:
        match event["type"]:
            case "history_reset":
                messages.clear()
            case "message":
                messages[event["message"]["id"]] = said([event])[0]
            case "preview_reset":
                live.clear()
            case "message_part":
                assert event["message_part"]["seq"] == len(live) + 1, "a gap or a repetition"
                live.append(event["message_part"]["part"].get("text", ""))
    return messages, "".join(live)


async def stored(world: World, chat_id: str) -> dict[int, str]:
    """The messages that the server holds."""
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages", params={"limit": 200})).json()
    return {message["id"]: "".join(part.get("text", "") for part in message["content"]) for message in page["messages"]}


async def cut_bus(world: World) -> int:
    """End the connections that the servers' buses have; returns their number."""
    statement = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'palaver bus'"
    async with world.services.database.connect() as conn:
        ended: int = (await conn.execute(sql(f"{statement} AND datname = current_database()"))).scalar_one()
    return ended


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_turn_elsewhere_is_told_part_by_part_and_then_as_a_message(
    runs: World, shows: World, encoding: str
) -> None:
    chat_id = (await shows.create_chat(text="hello"))["id"]
    async with watch(shows, chat_id, encoding) as viewer:
        events = await viewer.until(REST)
        assert not (await send(shows.alice, chat_id, [text("/slow 12 0.02")])).json()["queued"]
        turn = await viewer.until(REST)
    live = parts(turn)
    assert [part["seq"] for part in live] == list(range(1, len(live) + 1))
    answer = next(event for event in turn if event["type"] == "message" and event["message"]["role"] == "assistant")
    assert said([answer]) == [spoken(turn)]
    assert "message_part" not in kinds(turn[turn.index(answer) :])
    assert folded(events + turn)[0] == await stored(runs, chat_id)


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_who_comes_in_the_middle_gets_what_was_said_and_goes_on(runs: World, shows: World, encoding: str) -> None:
    chat_id = (await runs.create_chat(text=f"{ALPHABET}\n/wait 60"))["id"]
    async with watch(runs, chat_id, SSE) as local:
        await local.until(has_said("charlie"))
        async with watch(shows, chat_id, encoding) as viewer:
            events = await viewer.until(has_said("hotel"))
            await shows.alice.post(f"{CHATS}/{chat_id}/interrupt")
            assert folded(events)[1] == ALPHABET
            events += await viewer.until(REST)
    assert folded(events)[0] == await stored(runs, chat_id)


@pytest.mark.parametrize("cut", [1, 4, 7])
async def test_a_viewer_goes_on_at_another_server(runs: World, shows: World, cut: int) -> None:
    chat_id = (await runs.create_chat(text="hello"))["id"]
    async with watch(runs, chat_id, SSE) as viewer:
        events = await viewer.until(REST)
        await send(runs.alice, chat_id, [text(f"{ALPHABET}\n/wait 60")])
        turn = [await viewer.next() for _ in range(cut)]
    async with watch(shows, chat_id, SSE, last_event_id=viewer.last_id) as second:
        turn += await second.until(has_said("foxtrot"))
    async with watch(runs, chat_id, SSE, last_event_id=second.last_id) as third:
        turn += await third.until(has_said("hotel"))
        await runs.alice.post(f"{CHATS}/{chat_id}/interrupt")
    async with watch(shows, chat_id, SSE, last_event_id=third.last_id) as fourth:
        turn += await fourth.until(REST)
    assert "history_reset" not in kinds(turn)
    assert [part["seq"] for part in parts(turn)] == list(range(1, len(parts(turn)) + 1))
    assert said(turn) == [f"{ALPHABET}\n/wait 60", spoken(turn)]
    assert folded(events + turn)[0] == await stored(runs, chat_id)


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_server_that_stops_hands_its_chat_over_before_the_viewers_eyes(
    open_world: Callable[..., Any], runs: World, shows: World, encoding: str
) -> None:
    heir, _ = await open_world(role="all")
    owner, owners_life = await open_world(role="all")
    await _acquainted(runs, shows, heir, owner)
    chat_id = (await owner.create_chat(text="/slow 10 0.05"))["id"]
    async with watch(shows, chat_id, encoding) as viewer:
        events = await viewer.until(lambda event: len(event.get("message_part", ())) > 0)
        await owners_life.aclose()
        events += await viewer.until(REST)
    assert folded(events)[0] == await stored(heir, chat_id)
    assert kinds(events).count("preview_reset") >= 2, "the snapshot's, the new owner's"


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_bus_that_is_cut_and_comes_back_costs_no_part(runs: World, shows: World, encoding: str) -> None:
    chat_id = (await runs.create_chat(text="/slow 60 0.03"))["id"]
    async with watch(shows, chat_id, encoding) as viewer:
        events = await viewer.until(is_kind("message_part", seq=10))
        assert await cut_bus(runs) == 2
        events += await viewer.until(REST)
    assert len(parts(events)) >= 60
    assert [part["seq"] for part in parts(events)] == list(range(1, len(parts(events)) + 1))
    assert folded(events)[0] == await stored(runs, chat_id)


@pytest.mark.settings(bus_url="local", stream_poll_seconds=0.3, acquisition_seconds=0.3)
async def test_without_a_bus_all_that_is_committed_comes_in_time(runs: World, open_world: Callable[..., Any]) -> None:
    shows, _ = await open_world(role="api")
    chat_id = (await shows.create_chat(text="one"))["id"]
    async with watch(shows, chat_id, SSE) as viewer:
        events = await viewer.until(REST)
        await send(shows.alice, chat_id, [text("two")])
        events += await viewer.until(is_kind("message", role="assistant"))
        events += await viewer.until(REST)
    assert folded(events)[0] == await stored(runs, chat_id)
    assert len(folded(events)[0]) == 4


async def test_viewers_on_random_servers_reassemble_what_is_committed(
    open_world: Callable[..., Any],
) -> None:
    """Three servers that all run turns; viewers leave and come back elsewhere; the bus is cut in the middle."""
    luck = random.Random(20)
    worlds = [(await open_world(role="all"))[0] for _ in range(3)]
    await _acquainted(*worlds)
    chats = [(await luck.choice(worlds).create_chat(text=f"/slow {20 + n} 0.03"))["id"] for n in range(12)]

    async def follow(chat_id: str, number: int) -> list[Event]:
        chance, events, cursor, rested = random.Random(number), list[Event](), None, False
        while not rested:
            async with watch(chance.choice(worlds), chat_id, SSE, last_event_id=cursor) as viewer:
                for _ in range(chance.randint(1, 20)):
                    events.append(await viewer.next())
                    rested = REST(events[-1])
                    if rested:
                        break
                cursor = viewer.last_id
        return events

    async with asyncio.TaskGroup() as group:
        viewers = [(chat_id, group.create_task(follow(chat_id, n))) for n in range(2) for chat_id in chats]
        await asyncio.sleep(0.3)
        assert await cut_bus(worlds[0]) == 3
    for chat_id, viewer in viewers:
        messages, _ = folded(viewer.result())
        assert messages == await stored(luck.choice(worlds), chat_id)
