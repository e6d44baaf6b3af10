"""A viewer that drops and returns: exactly what it missed, or a typed reset and a snapshot."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from palaver.chat import transitions
from palaver.chat.records import NewMessage
from palaver.database import Database
from palaver.errors.chat import MessageQueueFull, TransitionNotAllowed
from palaver.settings import Settings
from palaver.stream.cursor import parse_cursor
from palaver.stream.parts import PartsBuffer
from tests.stream.world import LiveChat, Viewer, text_part


async def test_resume_in_the_middle_of_a_turn_sends_the_missed_parts_only(chat: LiveChat) -> None:
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await chat.attempt()
    for word in ("a", "b", "c"):
        chat.say(word)
    await viewer.catch_up(most=2)
    chat.say("d")
    viewer.reconnect()
    assert await viewer.catch_up() == ["message_part"] * 3
    assert viewer.live == ["a", "b", "c", "d"]
    await viewer.drop()


async def test_resume_without_a_miss_sends_nothing(chat: LiveChat) -> None:
    await chat.turn("answer")
    await chat.send("next")
    await chat.fail()
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await viewer.drop()
    assert await viewer.reconnect().catch_up() == []
    await viewer.drop()


async def test_resume_after_every_single_event_of_a_snapshot(chat: LiveChat) -> None:
    await chat.turn("one")
    await chat.send("two")
    await chat.send("three")
    await chat.attempt()
    chat.say("x")
    chat.say("y")
    whole = Viewer(chat).connect()
    await whole.catch_up()
    viewer = Viewer(chat).connect()
    await viewer.catch_up(most=1)
    for _ in whole.kinds[1:]:
        await viewer.reconnect().catch_up(most=1)
    assert viewer.kinds == whole.kinds
    assert viewer.events == whole.events
    await whole.drop()


async def test_resume_behind_a_finished_turn_sends_the_message_and_drops_the_preview(chat: LiveChat) -> None:
    await chat.attempt()
    chat.say("a")
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await viewer.drop()
    chat.say("b")
    await chat.commit()
    await chat.finish()
    assert await viewer.reconnect().catch_up() == ["message", "status", "preview_reset"]
    assert list(viewer.messages.values()) == ["hi", "ab"]
    await viewer.drop()


async def test_a_rerun_with_the_same_numbers_is_not_taken_for_the_old_one(chat: LiveChat) -> None:
    key = await chat.attempt()
    for word in ("old ", "text"):
        chat.say(word)
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await viewer.drop()
    chat.parts = PartsBuffer(chat.settings)
    chat.parts.create(key)
    for word in ("a ", "new ", "text"):
        chat.say(word)
    assert await viewer.reconnect().catch_up() == ["preview_reset"] + ["message_part"] * 3
    assert "".join(viewer.live) == "a new text"
    await viewer.drop()


async def test_lost_parts_are_reset_even_before_new_ones_come(chat: LiveChat) -> None:
    await chat.attempt()
    chat.say("old")
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await viewer.drop()
    chat.parts = PartsBuffer(chat.settings)
    assert await viewer.reconnect().catch_up() == ["preview_reset"]
    await viewer.drop()


@pytest.mark.parametrize("wrong", ["", "nonsense", "1.2.3", "ffffffff.1.1.0.0.r.1_1_.0", "future", "half", "\u0661"])
async def test_unserveable_cursor_gets_resets_and_a_snapshot(chat: LiveChat, wrong: str) -> None:
    await chat.turn("answer")
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await viewer.drop()
    assert viewer.cursor is not None
    cursor = {"half": viewer.cursor[:-3]}.get(wrong, wrong)
    if wrong == "future":
        position = parse_cursor(viewer.cursor, chat.id)
        position.snapshot_version += 1000
        position.complete_history(position.history_version + 1000)
        cursor = position.cursor(chat.id)
    viewer = Viewer(chat).connect(cursor=cursor, after_id=10**6)
    assert await viewer.catch_up() == ["history_reset", "message", "message", "status", "preview_reset"]
    assert viewer.messages == await chat.messages()
    await viewer.drop()


async def test_an_edit_while_away_resets_the_history(chat: LiveChat) -> None:
    await chat.turn("answer")
    viewer = Viewer(chat).connect()
    await viewer.catch_up()
    await viewer.drop()
    await chat.edit(min(await chat.messages()), "edited")
    assert await viewer.reconnect().catch_up() == ["history_reset", "message", "status", "preview_reset"]
    assert viewer.messages == await chat.messages()
    await viewer.drop()


class Story:
    """Random life of one chat, with viewers that come and go; each step is allowed to be refused by the machine."""

    def __init__(self, chat: LiveChat) -> None:
        self.chat = chat
        self.viewers = [Viewer(chat).connect(), Viewer(chat).connect()]
        self.connected = [True, True]
        self.words = 0

    async def attempt(self) -> None:
        self.chat.hush()
        await self.chat.attempt()

    async def say(self) -> None:
        if self.chat.key is not None:
            self.words += 1
            self.chat.say(f"{self.words} ")

    async def commit(self) -> None:
        await self.chat.commit()

    async def commit_several(self) -> None:
        await self.chat.commit(
            NewMessage("assistant", [text_part("a")]),
            NewMessage("user", [text_part("hidden")], visibility="model"),
            NewMessage("assistant", [text_part("b")]),
        )

    async def retry(self) -> None:
        await self.chat.retry()

    async def fail(self) -> None:
        await self.chat.fail()

    async def finish(self) -> None:
        await self.chat.finish()

    async def send(self) -> None:
        self.words += 1
        await self.chat.send(f"user {self.words}")

    async def interrupt(self) -> None:
        async with self.chat.machine.update(self.chat.id) as tx:
            await transitions.interrupt(tx)
        self.chat.hush()
        partial = [NewMessage("assistant", [text_part("".join(self.chat.said))])] if self.chat.said else []
        async with self.chat.machine.update(self.chat.id) as tx:
            await transitions.finish_interruption(tx, partial)

    async def edit(self) -> None:
        users = [
            message_id
            for message_id, words in (await self.chat.messages()).items()
            if words.startswith(("user", "hi", "edit"))
        ]
        self.words += 1
        await self.chat.edit(users[-1], f"edited {self.words}")
        self.chat.hush()

    async def restart(self) -> None:
        """The process dies: viewers are cut off, live parts are lost; a re-run may reuse the numbers."""
        for viewer in self.viewers:
            await viewer.drop()
        self.connected = [False, False]
        key = self.chat.key
        self.chat.parts = PartsBuffer(self.chat.settings)
        if key is not None:
            self.chat.parts.create(key)
            self.chat.said = []

    async def look(self, which: int, most: int) -> None:
        """A viewer reads up to `most` events and is cut off there; 6 and more: it reads all and stays."""
        if not self.connected[which]:
            viewer = self.viewers[which]
            if viewer.cursor is None:
                self.viewers[which] = viewer = Viewer(self.chat).connect()
            else:
                viewer.reconnect()
        self.connected[which] = most >= 6
        await self.viewers[which].catch_up(None if most >= 6 else most)
        if most < 6:
            await self.viewers[which].drop()

    async def check(self) -> None:
        """In the end, both viewers hold exactly what is committed, and the live parts of the present attempt."""
        record = await self.chat.notice()
        queue, messages = await self.chat.queue(), await self.chat.messages()
        key = self.chat.key
        live = [] if key is None else [part.part["text"] for part in self.chat.parts.get(key)]
        if key is not None and key[1:] != (record.history_version, record.generation_attempt):
            live = []
        for which in range(len(self.viewers)):
            await self.look(which, 6)
            viewer = self.viewers[which]
            assert viewer.messages == messages
            assert list(viewer.messages) == sorted(viewer.messages)
            assert viewer.queue == queue
            assert viewer.status == record.status
            if key is not None:
                assert viewer.live == live
            await viewer.drop()


ACTIONS: list[Callable[[Story], Awaitable[None]]] = [
    Story.attempt,
    Story.say,
    Story.say,
    Story.say,
    Story.commit,
    Story.commit_several,
    Story.retry,
    Story.fail,
    Story.finish,
    Story.send,
    Story.send,
    Story.interrupt,
    Story.edit,
    Story.restart,
]
LOOKS = st.tuples(st.integers(0, 1), st.integers(0, 6))


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=st.lists(st.one_of(st.sampled_from(ACTIONS), LOOKS), min_size=1, max_size=40))
async def test_viewers_that_drop_and_return_reassemble_the_committed_text(
    database: Database,
    settings: Settings,
    steps: list[Callable[[Story], Awaitable[None]] | tuple[int, int]],
) -> None:
    story = Story(await LiveChat.create(database, settings))
    for step in steps:
        if isinstance(step, tuple):
            await story.look(*step)
            continue
        try:
            await step(story)
        except (TransitionNotAllowed, MessageQueueFull):
            story.chat.hush()
    await story.check()


async def test_concurrent_viewers_and_a_racing_worker_end_up_equal(chat: LiveChat) -> None:
    """The same without steps in turn: everything runs at once, viewers are cut off at changing places."""
    done = False

    async def work() -> None:
        nonlocal done
        for turn in range(8):
            await chat.attempt()
            for number in range(15):
                chat.say(f"{turn}.{number} ")
                await asyncio.sleep(0.001)
            if turn % 3 == 2:
                await chat.retry()
                await chat.attempt()
                chat.say("again")
            await chat.commit()
        await chat.finish()
        done = True

    async def watch(step: int) -> Viewer:
        viewer = Viewer(chat).connect()
        most = 1
        while not done:
            await viewer.catch_up(most)
            await viewer.drop()
            most = most % 7 + step
            if viewer.cursor is None:
                viewer.connect()
            else:
                viewer.reconnect()
        await viewer.catch_up()
        return viewer

    async with asyncio.TaskGroup() as group:
        group.create_task(work())
        watchers = [group.create_task(watch(step)) for step in (1, 2, 3, 5)]
    for watcher in watchers:
        viewer = watcher.result()
        assert viewer.messages == await chat.messages()
        assert viewer.status == "waiting"
        assert viewer.live == []
        await viewer.drop()
