"""Streams of chats that run in another process: no gap, no repetition, the right order, and cursors good everywhere."""

import asyncio
import random
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from palaver.settings import Settings
from palaver.stream import relay as relay_module
from palaver.stream.bus import LocalBus
from tests.bus.memory_link import MemoryBroker
from tests.stream.replicas import ReplicaChat, replica_of, replicas, see, until
from tests.stream.world import LiveChat, Viewer


@pytest.fixture
def settings() -> Settings:
    """Small times, but for the looks at the database: what these tests see was told."""
    return Settings(parts_retention_seconds=0.05, slow_viewer_seconds=0.5, stream_heartbeat_seconds=0.1)


@pytest.fixture
def broker() -> MemoryBroker:
    return MemoryBroker()


@pytest_asyncio.fixture
async def three(chat: LiveChat, broker: MemoryBroker) -> AsyncIterator[list[ReplicaChat]]:
    """Three processes; the first runs the chat and has begun a model call."""
    async with replicas(chat, 3, broker) as made:
        await made[0].take_over()
        await made[0].attempt()
        yield made


async def test_viewers_elsewhere_see_parts_then_the_message_then_the_status(three: list[ReplicaChat]) -> None:
    owner, other, _ = three
    owner.say("a")
    viewer = Viewer(other).connect()
    assert await see(viewer, lambda: viewer.live == ["a"]) == ["message", "status", "preview_reset", "message_part"]
    for word in ("b", "c", "d"):
        owner.say(word)
    assert await see(viewer, lambda: len(viewer.live) == 4) == ["message_part"] * 3
    await owner.commit()
    await owner.finish()
    seen = await see(viewer, lambda: viewer.status == "waiting")
    assert seen in (["message", "status", "preview_reset"], ["message", "preview_reset", "status"])
    assert viewer.messages == await owner.messages()
    await viewer.drop()


async def test_each_step_is_followed(three: list[ReplicaChat]) -> None:
    owner, other, _ = three
    viewer = Viewer(other).connect()
    for step in range(4):
        if step:
            await owner.attempt()
        owner.say(f"{step}.1")
        owner.say(f"{step}.2")
        await see(viewer, lambda: len(viewer.live) == 2)
        await owner.commit()
    await see(viewer, lambda: len(viewer.messages) == 5)
    assert viewer.messages == await owner.messages()
    await viewer.drop()


async def test_a_cursor_of_one_process_is_good_on_every_other(three: list[ReplicaChat]) -> None:
    owner = three[0]
    viewer = Viewer(owner).connect()
    await viewer.catch_up()
    for number in range(12):
        owner.say(f"{number} ")
        viewer.chat = three[number % 3]
        viewer.reconnect()
        assert await see(viewer, lambda: len(viewer.live) == number + 1) == ["message_part"]  # noqa: B023
        await viewer.drop()
    assert viewer.kinds.count("preview_reset") == 1
    assert viewer.live == [f"{number} " for number in range(12)]


async def test_a_viewer_that_is_ahead_of_the_mirror_waits_for_it(
    three: list[ReplicaChat], broker: MemoryBroker
) -> None:
    owner, other, _ = three
    first = Viewer(other).connect()
    owner.say("a")
    await see(first, lambda: first.live == ["a"])
    broker.deaf = True
    viewer = Viewer(owner).connect()
    owner.say("b")
    await see(viewer, lambda: viewer.live == ["a", "b"])
    await viewer.drop()
    viewer.chat = other
    viewer.reconnect()
    assert await viewer.catch_up() == []
    broker.deaf = False
    owner.say("c")
    assert set(await see(viewer, lambda: len(viewer.live) == 3)) == {"message_part"}
    await see(first, lambda: len(first.live) == 3)
    await viewer.drop()
    await first.drop()


async def test_the_chat_is_taken_over_by_another_process(three: list[ReplicaChat]) -> None:
    owner, other, heir = three
    owner.say("lost")
    viewer = Viewer(other).connect()
    await see(viewer, lambda: viewer.live == ["lost"])
    await heir.take_over()
    await heir.attempt()
    owner.say("believes to own it still")
    heir.say("new")
    assert await see(viewer, lambda: viewer.live == ["new"]) == ["preview_reset", "message_part"]
    await heir.commit()
    await see(viewer, lambda: len(viewer.messages) == 2)
    assert viewer.messages == await heir.messages()
    await viewer.drop()


async def test_a_take_over_that_repeats_the_numbers_is_another_run(three: list[ReplicaChat]) -> None:
    owner, other, heir = three
    for word in ("old ", "text"):
        owner.say(word)
    viewer = Viewer(other).connect()
    await see(viewer, lambda: len(viewer.live) == 2)
    await heir.take_over()
    assert owner.key is not None
    heir.parts.create(owner.key)
    heir.key = owner.key
    for word in ("a ", "new ", "text"):
        heir.say(word)
    seen = await see(viewer, lambda: viewer.live == ["a ", "new ", "text"])
    assert seen == ["preview_reset"] + ["message_part"] * 3
    await viewer.drop()


async def test_the_viewers_process_takes_the_chat_over_itself(three: list[ReplicaChat]) -> None:
    owner, other, _ = three
    owner.say("lost")
    viewer = Viewer(other).connect()
    await see(viewer, lambda: viewer.live == ["lost"])
    await owner.let_go()
    owner.hush()
    await asyncio.sleep(0.02)
    assert await viewer.catch_up() == [], "what was shown stays until something replaces it"
    await other.take_over()
    await other.attempt()
    other.say("here")
    assert await see(viewer, lambda: viewer.live == ["here"]) == ["preview_reset", "message_part"]
    await viewer.drop()


async def test_a_silent_owner_neither_hangs_nor_resets_a_viewer_that_comes_back(
    three: list[ReplicaChat], broker: MemoryBroker
) -> None:
    owner, other, heir = three
    owner.say("shown")
    viewer = Viewer(owner).connect()
    await see(viewer, lambda: viewer.live == ["shown"])
    await viewer.drop()
    owner.own_relay.stop()
    viewer.chat = other
    viewer.reconnect()
    assert await viewer.catch_up() == []
    await heir.take_over()
    await heir.attempt()
    heir.say("again")
    assert await see(viewer, lambda: viewer.live == ["again"]) == ["preview_reset", "message_part"]
    await viewer.drop()


async def test_parts_that_the_owner_has_lost_are_reset_once_that_is_known(three: list[ReplicaChat]) -> None:
    owner, other, _ = three
    owner.say("old")
    viewer = Viewer(owner).connect()
    await see(viewer, lambda: viewer.live == ["old"])
    await viewer.drop()
    owner.parts._episodes.clear()
    viewer.chat = other
    viewer.reconnect()
    assert await see(viewer, lambda: viewer.live == []) == ["preview_reset"]
    await viewer.drop()


async def test_a_bus_that_is_cut_in_the_middle_is_made_up_for(three: list[ReplicaChat], broker: MemoryBroker) -> None:
    owner, other, _ = three
    viewer = Viewer(other).connect()
    owner.say("a")
    await see(viewer, lambda: viewer.live == ["a"])
    broker.cut()
    for word in ("b", "c"):
        owner.say(word)
    await asyncio.sleep(0.05)
    assert await viewer.catch_up() == []
    broker.up = True
    assert await see(viewer, lambda: len(viewer.live) == 3) == ["message_part"] * 2
    broker.cut()
    owner.say("d")
    await owner.commit()
    await owner.finish()
    broker.up = True
    await see(viewer, lambda: viewer.status == "waiting")
    assert viewer.messages == await owner.messages()
    await viewer.drop()


async def test_without_any_bus_the_committed_text_comes_within_the_poll_time(chat: LiveChat) -> None:
    chat.settings = Settings(stream_poll_seconds=0.2)
    owner, other = replica_of(chat, LocalBus()), replica_of(chat, LocalBus())
    await owner.take_over()
    viewer = Viewer(other).connect()
    await viewer.catch_up()
    await owner.turn("an ", "answer")
    await see(viewer, lambda: viewer.status == "waiting", seconds=2)
    assert viewer.messages == await owner.messages()
    await viewer.drop()


async def test_chats_that_rest_or_run_here_are_asked_of_nobody(three: list[ReplicaChat]) -> None:
    owner, other, _ = three
    local = Viewer(owner).connect()
    owner.say("a")
    await see(local, lambda: local.live == ["a"])
    await owner.commit()
    await owner.finish()
    resting = Viewer(other).connect()
    await see(resting, lambda: resting.status == "waiting")
    assert not owner.own_relay._mirrors
    assert not other.own_relay._mirrors
    await local.drop()
    await resting.drop()


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_viewers_that_hop_between_processes_reassemble_exactly_what_is_committed(
    chat: LiveChat, broker: MemoryBroker, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Turns move from process to process, frames are lost, the bus is cut; every viewer leaves at random places."""
    monkeypatch.setattr(relay_module, "RENEW_SECONDS", 0.05)
    chat.settings = Settings(stream_poll_seconds=0.2, parts_retention_seconds=0.05)
    luck = random.Random(seed)
    broker.keeps = lambda frame: luck.random() > 0.1
    done = False

    async def work(made: list[ReplicaChat]) -> None:
        nonlocal done
        for turn in range(12):
            owner = luck.choice(made)
            await owner.take_over()
            await owner.attempt()
            for number in range(20):
                owner.say(f"{turn}.{number} ")
                await asyncio.sleep(0.002)
            if turn % 4 == 1:
                broker.cut()
            if turn % 3 == 2:
                # Dies; somebody else begins this step anew.
                owner.parts.close(owner.key) if owner.key else None
                owner = luck.choice(made)
                await owner.take_over()
                await owner.attempt()
                owner.say(f"{turn} again ")
            await owner.commit()
            broker.up = True
        await owner.finish()
        done = True

    async def watch(made: list[ReplicaChat], number: int) -> Viewer:
        chance = random.Random(f"{seed}.{number}")
        viewer = Viewer(chance.choice(made)).connect()
        while not done:
            await viewer.catch_up(chance.choice([1, 2, 3, 10, None]))
            if viewer._batches is not None and chance.random() < 0.5:
                continue
            await viewer.drop()
            viewer.chat = chance.choice(made)
            if viewer.cursor is None:
                viewer.connect()
            else:
                viewer.reconnect()
        await see(viewer, lambda: viewer.status == "waiting")
        return viewer

    async with replicas(chat, 3, broker) as made:
        async with asyncio.TaskGroup() as group:
            group.create_task(work(made))
            watchers = [group.create_task(watch(made, number)) for number in range(5)]
        for watcher in watchers:
            viewer = watcher.result()
            await see(viewer, lambda: not viewer.live)  # noqa: B023
            assert viewer.messages == await chat.messages()
            assert viewer.kinds.count("message_part") > 20, "most of it should have been seen live"
            await viewer.drop()
        await until(lambda: not any(replica.own_relay._mirrors for replica in made))


async def test_a_process_that_restarts_has_another_name_and_its_parts_are_its_own(
    chat: LiveChat, broker: MemoryBroker
) -> None:
    async with replicas(chat, 1, broker) as [other]:
        async with replicas(chat, 1, broker) as [owner]:
            await owner.take_over()
            key = await owner.attempt()
            owner.say("before")
            viewer = Viewer(other).connect()
            await see(viewer, lambda: viewer.live == ["before"])
        async with replicas(chat, 1, broker) as [reborn]:
            await reborn.take_over()
            reborn.parts.create(key)
            reborn.key = key
            reborn.say("after")
            assert await see(viewer, lambda: viewer.live == ["after"]) == ["preview_reset", "message_part"]
        await viewer.drop()
