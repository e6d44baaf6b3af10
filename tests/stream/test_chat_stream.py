"""The order and the rules of a chat's stream."""

import asyncio
import re
import time
import uuid
from collections.abc import AsyncIterator, Callable
from types import SimpleNamespace

import orjson
import pytest
from sqlalchemy import text

from palaver.chat import transitions
from palaver.chat.records import NewMessage
from palaver.database import Database
from palaver.settings import Settings
from palaver.stream import batches, chat_stream, ending, snapshot
from palaver.stream.batches import Batch
from palaver.stream.ending import Ending
from tests.stream.world import LiveChat, Viewer, text_part

CODES = {
    "history_reset": "h",
    "message": "m",
    "queue_update": "q",
    "status": "s",
    "error": "e",
    "action_required": "a",
    "retry": "r",
    "preview_reset": "v",
    "message_part": "p",
}
SNAPSHOT = re.compile("h?m*q?s(e|a)?r?vp*")
SYNC = re.compile("h?m*q?s?e?a?r?v?p*")


def grammar(kinds: list[str]) -> str:
    return "".join(CODES[kind] for kind in kinds)


async def test_snapshot_of_a_running_turn_ends_with_its_parts(chat: LiveChat) -> None:
    await chat.attempt()
    chat.say("Hel")
    chat.say("lo")
    viewer = Viewer(chat).connect()
    assert grammar(await viewer.catch_up()) == "msvpp"
    assert viewer.live == ["Hel", "lo"]
    assert viewer.status == "running"
    await viewer.drop()


async def test_viewer_sees_parts_then_the_message_then_the_status(chat: LiveChat) -> None:
    viewer = Viewer(chat).connect()
    assert grammar(await viewer.catch_up()) == "msv"
    await chat.attempt()
    assert grammar(await viewer.catch_up()) == "v"
    chat.say("one ")
    chat.say("two")
    assert grammar(await viewer.catch_up()) == "pp"
    await chat.commit()
    assert grammar(await viewer.catch_up()) == "mv"
    await chat.finish()
    assert grammar(await viewer.catch_up()) == "s"
    assert list(viewer.messages.values()) == ["hi", "one two"]
    assert viewer.live == []
    await viewer.drop()


async def test_coalesced_changes_keep_the_order(chat: LiveChat) -> None:
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await chat.attempt()
    chat.say("answer")
    await chat.send("next")
    await chat.commit()
    await chat.fail()
    assert grammar(await viewer.catch_up()) == "mqsev"
    assert viewer.queue == ["next"]
    await viewer.drop()


async def test_queue_updates_are_whole_and_an_empty_one_has_no_key(chat: LiveChat) -> None:
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await chat.send("one")
    outcome = await chat.send("two")
    await viewer.catch_up()
    assert viewer.queue == ["one", "two"]
    entry = outcome.queued_message
    assert entry is not None
    async with chat.machine.update(chat.id) as tx:
        await transitions.delete_queued_message(tx, entry.id)
    async with chat.machine.update(chat.id) as tx:
        await transitions.delete_queued_message(tx, entry.id - 1)
    assert await viewer.catch_up() == ["queue_update"]
    assert "queued_messages" not in viewer.events[-1]
    late = Viewer(chat).connect()
    assert grammar(await late.catch_up()) == "mqsv"
    await viewer.drop()
    await late.drop()


async def test_error_is_sent_once_per_history(chat: LiveChat) -> None:
    viewer = Viewer(chat).connect()
    await chat.fail("first")
    assert grammar(await viewer.catch_up()) == "msev"
    await chat.send("again")
    await chat.fail("second")
    assert grammar(await viewer.catch_up()) == "mev"
    errors = [event["error"]["message"] for event in viewer.events if event["type"] == "error"]
    assert errors == ["first", "second"]
    await viewer.drop()


async def test_retry_then_a_new_attempt_resets_the_preview(chat: LiveChat) -> None:
    viewer = Viewer(chat).connect()
    await chat.attempt()
    chat.say("lost")
    await viewer.catch_up()
    await chat.retry()
    assert await viewer.catch_up() == ["retry"]
    await chat.attempt()
    chat.say("kept")
    assert grammar(await viewer.catch_up()) == "vp"
    assert viewer.live == ["kept"]
    await viewer.drop()


async def test_required_action_lists_the_pending_calls_once(database: Database, settings: Settings) -> None:
    tool = {"name": "pick", "description": "", "input_schema": {}}
    chat = await LiveChat.create(database, settings, dynamic_tools=(tool,))
    await chat.attempt()
    call = {"type": "tool-call", "tool_call_id": "call_1", "tool_name": "pick", "args": {"n": 1}}
    await chat.commit(NewMessage("assistant", [call]))
    async with chat.machine.update(chat.id) as tx:
        await transitions.enter_requires_action(tx)
    viewer = Viewer(chat).connect()
    assert grammar(await viewer.catch_up()) == "mmsav"
    required = next(event for event in viewer.events if event["type"] == "action_required")
    assert required["action_required"]["tool_calls"] == [
        {"tool_call_id": "call_1", "tool_name": "pick", "args": '{"n":1}'}
    ]
    await chat.send("later")
    assert await viewer.catch_up() == ["queue_update"]
    await viewer.drop()


async def test_edit_resets_the_history(chat: LiveChat) -> None:
    await chat.turn("answer")
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await chat.edit(min(viewer.messages), "hello")
    assert grammar(await viewer.catch_up()) == "hmsv"
    assert list(viewer.messages.values()) == ["hello"]
    await viewer.drop()


async def test_after_id_skips_messages_of_the_first_snapshot_only(chat: LiveChat) -> None:
    await chat.turn("answer")
    ids = list(await chat.messages())
    viewer = Viewer(chat).connect(after_id=ids[0])
    await viewer.catch_up()
    assert list(viewer.messages) == ids[1:]
    await chat.send("more")
    await viewer.catch_up()
    assert list(viewer.messages.values()) == ["answer", "more"]
    await viewer.drop()


async def test_after_id_drops_nothing_where_messages_were_removed(chat: LiveChat) -> None:
    await chat.turn("answer")
    await chat.edit(min(await chat.messages()), "hello")
    viewer = Viewer(chat).connect(after_id=10**12)
    assert grammar(await viewer.catch_up()) == "hmsv"
    assert list(viewer.messages.values()) == ["hello"]
    await viewer.drop()


async def test_hidden_messages_and_internal_keys_never_leave(chat: LiveChat) -> None:
    await chat.attempt()
    secret = {"type": "text", "text": "seen", "provider_metadata": {"signature": "x"}}
    await chat.commit(NewMessage("user", [text_part("hidden")], visibility="model"), NewMessage("assistant", [secret]))
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    assert list(viewer.messages.values()) == ["hi", "seen"]
    assert "signature" not in str(viewer.events)
    await viewer.drop()


async def test_null_characters_survive(chat: LiveChat) -> None:
    await chat.attempt()
    chat.say("a\0b")
    await chat.send("q\0")
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    assert (viewer.live, viewer.queue) == (["a\0b"], ["q\0"])
    await chat.commit()
    await viewer.catch_up()
    assert "a\0b" in viewer.messages.values()
    await viewer.drop()


async def test_many_viewers_see_the_same_parts(chat: LiveChat) -> None:
    viewers = [Viewer(chat).connect() for _ in range(30)]
    await chat.attempt()
    for number in range(40):
        chat.say(str(number))
        await asyncio.gather(*[viewer.catch_up() for viewer in viewers[number % 3 :: 3]])
    await asyncio.gather(*[viewer.catch_up() for viewer in viewers])
    assert all(viewer.live == chat.said for viewer in viewers)
    for viewer in viewers:
        await viewer.drop()
    assert chat.parts.get(chat.key)  # type: ignore[arg-type]


async def test_long_history_comes_in_pages_without_doubles(chat: LiveChat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "PAGE_MESSAGES", 7)
    for start in range(0, 40, 10):
        await chat.commit(*[NewMessage("assistant", [text_part(str(start + n))]) for n in range(10)])
    viewer = Viewer(chat).connect()
    await viewer.catch_up(most=10)
    await chat.commit(NewMessage("assistant", [text_part("meanwhile")]))
    viewer.reconnect()
    await viewer.catch_up()
    assert viewer.messages == await chat.messages()
    assert list(viewer.messages.values()) == ["hi", *map(str, range(40)), "meanwhile"]
    await viewer.drop()


async def test_pages_are_cut_by_size(chat: LiveChat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "PAGE_BYTES", 200)
    monkeypatch.setattr(batches, "BATCH_BYTES", 600)
    await chat.commit(*[NewMessage("assistant", [text_part(uuid.uuid4().hex * 3)]) for _ in range(12)])
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    assert viewer.messages == await chat.messages()
    await viewer.drop()


async def test_lost_notices_are_made_good_by_looking(database: Database, settings: Settings) -> None:
    chat = await LiveChat.create(database, settings.model_copy(update={"stream_poll_seconds": 0.05}))
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    chat.machine._publisher = type("Deaf", (), {"publish": lambda self, notice: None})()
    await chat.send("unheard")
    await asyncio.sleep(0.1)
    assert await viewer.catch_up() == ["queue_update"]
    await viewer.drop()


async def test_stale_and_doubled_notices_change_nothing(chat: LiveChat) -> None:
    old = await chat.notice()
    viewer = Viewer(chat).connect()
    await chat.turn("answer")
    await viewer.catch_up()
    chat.bus.publish(old)
    chat.bus.publish(await chat.notice())
    assert await viewer.catch_up() == []
    await viewer.drop()


async def test_stream_of_a_deleted_chat_ends(database: Database, settings: Settings) -> None:
    chat = await LiveChat.create(database, settings.model_copy(update={"stream_poll_seconds": 0.05}))
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    async with database.begin() as conn:
        await conn.execute(text("DELETE FROM chats WHERE id = :chat"), {"chat": chat.id})
    await asyncio.sleep(0.1)
    assert await viewer.catch_up() == []
    assert viewer.ending is Ending.CHAT_DELETED


async def test_archiving_does_not_end_the_stream(chat: LiveChat) -> None:
    await chat.turn("answer")
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    for archived in (True, False):
        async with chat.machine.update(chat.id) as tx:
            await transitions.set_archived(tx, archived)
        assert await viewer.catch_up() == []
    await chat.send("on")
    assert grammar(await viewer.catch_up()) == "msv"
    await viewer.drop()


async def test_draining_ends_streams_and_starts_none(chat: LiveChat) -> None:
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    chat.bus.close()
    assert await viewer.catch_up() == []
    assert viewer.ending is Ending.DRAINING
    late = Viewer(chat).connect()
    assert await late.catch_up() == ["error"]
    assert late.events[0]["error"]["message"] == "failed to subscribe to chat updates"


async def test_unreadable_database_gives_one_error(chat: LiveChat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ending, "READ_RETRY_SECONDS", (0.001,) * 5)
    chat.database = Database("postgresql://nobody@127.0.0.1:1/nothing")
    viewer = Viewer(chat).connect()
    assert await viewer.catch_up() == ["error"]
    assert viewer.events[0]["error"]["message"] == "failed to load initial snapshot"
    assert viewer.ending is Ending.NOT_STARTED


async def test_brief_database_trouble_is_survived(chat: LiveChat, monkeypatch: pytest.MonkeyPatch) -> None:
    real, faults = chat_stream.read_snapshot, [OSError("gone"), OSError("gone")]

    async def shaky(*arguments: object) -> object:
        if faults:
            raise faults.pop()
        return await real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(ending, "READ_RETRY_SECONDS", (0.001,) * 5)
    monkeypatch.setattr(chat_stream, "read_snapshot", shaky)
    viewer = Viewer(chat).connect()
    assert grammar(await viewer.catch_up()) == "msv"
    await viewer.drop()


async def test_every_first_snapshot_follows_the_grammar(chat: LiveChat) -> None:
    async def fits() -> None:
        viewer = Viewer(chat).connect()
        kinds = grammar(await viewer.catch_up())
        assert SNAPSHOT.fullmatch(kinds), kinds
        await viewer.drop()

    watcher = Viewer(chat).connect()
    await fits()
    await chat.attempt()
    chat.say("x")
    await fits()
    await chat.retry()
    await fits()
    await chat.send("queued")
    await fits()
    await chat.fail()
    await fits()
    await chat.send("promotes")
    await fits()
    await chat.edit(min(await chat.messages()), "edited")
    await fits()
    assert SYNC.fullmatch(grammar(await watcher.catch_up()))
    await watcher.drop()


async def test_a_deadline_that_has_come_before_its_timer_is_set_ends_no_stream(
    chat: LiveChat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """uvloop then gives a handle without a time, not a timer."""
    loop = asyncio.get_running_loop()

    def call_at(when: float, callback: Callable[[], object]) -> asyncio.Handle:
        time.sleep(max(0.0, when - loop.time()))
        return loop.call_soon(callback)

    late = SimpleNamespace(time=loop.time, call_at=call_at)
    monkeypatch.setattr(chat_stream, "asyncio", SimpleNamespace(get_running_loop=lambda: late, sleep=asyncio.sleep))
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await chat.attempt()
    for word in ("a", "b"):
        chat.say(word)
        await viewer.catch_up()
    assert viewer.live == ["a", "b"]
    await viewer.drop()


async def test_a_viewer_that_was_busy_gets_the_last_parts_before_the_message(chat: LiveChat) -> None:
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await chat.attempt()
    await viewer.catch_up()
    chat.say("a")
    assert await viewer.catch_up() == ["message_part"]
    chat.say("b")
    assert viewer._batches is not None
    busy_with = await anext(viewer._batches)
    assert len(busy_with.events) == 1
    chat.say("c")
    await chat.commit()
    kinds = [orjson.loads(event)["type"] async for batch in until_idle(viewer._batches) for event in batch.events]
    assert kinds == ["message_part", "message", "preview_reset"]
    await viewer.drop()


async def until_idle(batches: AsyncIterator[Batch]) -> AsyncIterator[Batch]:
    """Batches until none comes for a heartbeat's time."""
    async for batch in batches:
        if not batch.events:
            return
        yield batch
