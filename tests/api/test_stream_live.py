"""stream-chat-events: what a viewer sees of turns while they run, and how he resumes."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from tests.api.chats import send, text
from tests.api.streams import ENCODINGS, SSE, Event, Viewer, is_kind, kinds, said, watch
from tests.support.world import CHATS, World

ALPHABET = "alfa bravo charlie delta echo foxtrot golf hotel"
REST = is_kind("status", status="waiting")


@pytest.fixture
def world(working_world: World) -> World:
    """A world whose chats are answered."""
    return working_world


def parts(events: list[Event]) -> list[dict[str, Any]]:
    """The live parts."""
    return [event["message_part"] for event in events if event["type"] == "message_part"]


def spoken(events: list[Event]) -> str:
    """The text of the live parts."""
    return "".join(part["part"].get("text", "") for part in parts(events))


def has_said(word: str) -> Callable[[Event], bool]:
    """Whether a live part says a word."""
    return lambda event: event["type"] == "message_part" and word in event["message_part"]["part"].get("text", "")


def folded(events: list[Event]) -> dict[int, str]:
    """The messages that a client holds in the end, by the rules of the contract."""
    messages: dict[int, str] = {}
    for event in events:
        if event["type"] == "history_reset":
            messages.clear()
        elif event["type"] == "message":
            messages[event["message"]["id"]] = said([event])[0]
    return messages


async def stored(world: World, chat_id: str) -> dict[int, str]:
    """The messages that the server holds."""
    page = (await world.alice.get(f"{CHATS}/{chat_id}/messages", params={"limit": 200})).json()
    return {message["id"]: "".join(part.get("text", "") for part in message["content"]) for message in page["messages"]}


async def say(world: World, chat_id: str, words: str) -> None:
    """Send a message to an idle chat."""
    assert not (await send(world.alice, chat_id, [text(words)])).json()["queued"]


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_a_turn_is_told_part_by_part_and_then_as_a_message(world: World, encoding: str) -> None:
    chat_id = (await world.create_chat(text="hello"))["id"]
    async with watch(world, chat_id, encoding) as viewer:
        events = await viewer.until(REST)
        await say(world, chat_id, "/slow 6 0.02")
        turn = await viewer.until(REST)
    live = parts(turn)
    assert [part["seq"] for part in live] == list(range(1, len(live) + 1))
    assert len({(part["history_version"], part["generation_attempt"]) for part in live}) == 1
    answer = next(event for event in turn if event["type"] == "message" and event["message"]["role"] == "assistant")
    assert said([answer]) == [spoken(turn)]
    assert "message_part" not in kinds(turn[turn.index(answer) :])
    assert folded(events + turn) == await stored(world, chat_id)


async def test_many_viewers_see_the_same(world: World) -> None:
    chat_id = (await world.create_chat(text=f"{ALPHABET}\n/wait 60"))["id"]
    watching = asyncio.Semaphore(0)

    async def look(encoding: str, delay: float) -> tuple[str, dict[int, str]]:
        await asyncio.sleep(delay)
        async with watch(world, chat_id, encoding) as viewer:
            events = await viewer.until(has_said("hotel"))
            watching.release()
            events += await viewer.until(REST)
        return spoken(events), folded(events)

    async with asyncio.TaskGroup() as group:
        viewers = [group.create_task(look(encoding, 0.03 * n)) for n in range(4) for encoding in ENCODINGS]
        for _ in viewers:
            await watching.acquire()
        await world.alice.post(f"{CHATS}/{chat_id}/interrupt")
    # Late viewers get the parts so far: all of them see the whole.
    final = await stored(world, chat_id)
    assert [viewer.result() for viewer in viewers] == [(ALPHABET, final)] * 8


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_an_interrupted_turn_leaves_what_was_said(world: World, encoding: str) -> None:
    chat_id = (await world.create_chat(text="/echo beginning\n/wait 60"))["id"]
    async with watch(world, chat_id, encoding) as viewer:
        await viewer.until(lambda event: event["type"] == "message_part")
        await world.alice.post(f"{CHATS}/{chat_id}/interrupt")
        events = await viewer.until(REST)
    assert "interrupting" in [event["status"]["status"] for event in events if event["type"] == "status"]
    assert said(events) == ["beginning"]


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_queued_messages_come_and_go(world: World, encoding: str) -> None:
    chat_id = (await world.create_chat(text="/wait 60"))["id"]
    async with watch(world, chat_id, encoding) as viewer:
        await viewer.snapshot()
        assert (await send(world.alice, chat_id, [text("next")])).json()["queued"]
        await world.alice.post(f"{CHATS}/{chat_id}/interrupt")
        events = await viewer.until(REST)
    queues = [len(event.get("queued_messages") or []) for event in events if event["type"] == "queue_update"]
    assert queues == [1, 0]
    assert said(events)[-2:] == ["next", "next"]


@pytest.mark.parametrize("encoding", ENCODINGS)
async def test_retries_and_failures_are_told(world: World, encoding: str) -> None:
    chat_id = (await world.create_chat(text="hello"))["id"]
    async with watch(world, chat_id, encoding) as viewer:
        await viewer.until(REST)
        await say(world, chat_id, "/fail 529 1\n/echo recovered")
        events = await viewer.until(REST)
    (retry,) = [event["retry"] for event in events if event["type"] == "retry"]
    assert (retry["attempt"], retry["kind"]) == (1, "overloaded")
    assert said(events)[-1].strip() == "recovered"
    await send(world.alice, chat_id, [text("/fail 401")])
    async with watch(world, chat_id, encoding) as viewer:
        events = await viewer.until(lambda event: event["type"] == "error")
    assert kinds(events)[-2:] == ["status", "error"]
    assert events[-2]["status"] == {"status": "error"}
    assert events[-1]["error"]["kind"] == "auth"


# ---- resuming ----


@pytest.mark.parametrize("cut", [1, 3, 6, 9])
async def test_a_viewer_goes_on_where_he_was(world: World, cut: int) -> None:
    chat_id = (await world.create_chat(text="hello"))["id"]
    async with watch(world, chat_id, SSE) as viewer:
        events = await viewer.until(REST)
        await say(world, chat_id, f"{ALPHABET}\n/wait 60")
        turn = [await viewer.next() for _ in range(cut)]
    async with watch(world, chat_id, SSE, last_event_id=viewer.last_id) as second:
        turn += await second.until(has_said("hotel"))
        await world.alice.post(f"{CHATS}/{chat_id}/interrupt")
        turn += await second.until(REST)
    assert "history_reset" not in kinds(turn)
    # Each part once, without a gap, in the middle of a turn.
    assert [part["seq"] for part in parts(turn)] == list(range(1, len(parts(turn)) + 1))
    assert said(turn) == [f"{ALPHABET}\n/wait 60", spoken(turn)]
    assert folded(events + turn) == await stored(world, chat_id)


async def test_nothing_is_told_again_to_a_viewer_who_has_it_all(world: World) -> None:
    chat_id = (await world.create_chat(text="hello"))["id"]
    async with watch(world, chat_id, SSE) as viewer:
        await viewer.until(REST)
    await send(world.alice, chat_id, [text("more")])
    async with watch(world, chat_id, SSE, last_event_id=viewer.last_id) as second:
        # Not until it rests: a viewer who knew it resting hears nothing of a turn that is over when he comes back.
        events = await second.until(lambda event: event.get("message", {}).get("role") == "assistant")
    assert said(events) == ["more", "more"]


@pytest.mark.parametrize("cursor", ["x", "", "1-2-3", "é", "x" * 5000])
async def test_a_cursor_that_cannot_be_read_begins_anew(world: World, cursor: str) -> None:
    chat_id = (await world.create_chat(text="hello"))["id"]
    async with watch(world, chat_id, SSE) as viewer:
        await viewer.until(REST)
    async with watch(world, chat_id, SSE, last_event_id=cursor.encode()) as second:  # type: ignore[arg-type]
        events = await second.snapshot()
    assert kinds(events)[0] == ("history_reset" if cursor else "message")
    assert folded(events) == await stored(world, chat_id)


async def test_a_cursor_of_another_chat_begins_anew(world: World) -> None:
    chats = [(await world.create_chat(text=words))["id"] for words in ("one", "two")]
    viewers: list[Viewer] = []
    for chat_id in chats:
        async with watch(world, chat_id, SSE) as viewer:
            await viewer.until(REST)
        viewers.append(viewer)
    async with watch(world, chats[0], SSE, last_event_id=viewers[1].last_id) as second:
        events = await second.snapshot()
    assert kinds(events)[0] == "history_reset"
    assert folded(events) == await stored(world, chats[0])
