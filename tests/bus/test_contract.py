"""What every bus promises, held against each of them: in one process, over PostgreSQL, over Redis."""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from palaver.chat.notices import ChatNotice, OwnershipNotice, WatchNotice
from palaver.stream.bus import MAX_MESSAGE_BYTES, Bus, BusClosed, Change, SharedBus, Timing
from tests.bus.brokers import QUICK, Broker, Meeting, OneProcess, PostgresBroker, RedisBroker, until
from tests.postgres import Cluster, drop_database, fresh_database

SHARED = ("postgresql", "redis")
NOTICED_SECONDS = 10.0
"""States.yaml: a stream is repaired within this time at worst; the bus is to know of a silent cut before."""


def notice(chat_id: uuid.UUID, version: int = 1) -> ChatNotice:
    return ChatNotice(chat_id, version, uuid.uuid4(), uuid.uuid4(), version, 2, 3, 4, "running", False)


@pytest_asyncio.fixture(params=("one process", *SHARED))
async def broker(request: pytest.FixtureRequest, postgres_server: Cluster, tmp_path: Path) -> AsyncIterator[Meeting]:
    """Each kind of bus."""
    async with AsyncExitStack() as stack:
        if request.param in SHARED:
            yield await open_broker(request.param, stack, postgres_server, tmp_path)
        else:
            yield OneProcess(stack)


@pytest_asyncio.fixture(params=SHARED)
async def shared(request: pytest.FixtureRequest, postgres_server: Cluster, tmp_path: Path) -> AsyncIterator[Broker]:
    """Each kind of bus that several processes can share."""
    async with AsyncExitStack() as stack:
        yield await open_broker(request.param, stack, postgres_server, tmp_path)


async def open_broker(kind: str, stack: AsyncExitStack, cluster: Cluster, directory: Path) -> Broker:
    if kind == "postgresql":
        url = await fresh_database(cluster, migrated=False)
        stack.push_async_callback(drop_database, cluster, url)
        return PostgresBroker(stack, url)
    return await RedisBroker.start(stack, directory)


class Listener:
    """What a bus tells its callbacks."""

    def __init__(self, bus: Bus) -> None:
        self.changes: list[Change | None] = []
        self.messages: list[tuple[uuid.UUID, bytes]] = []
        bus.on_change(self.changes.append)
        bus.on_message(lambda sender, payload: self.messages.append((sender, payload)))


# ---- delivery ----


async def test_news_reach_every_kind_of_subscription(broker: Meeting) -> None:
    here, there = await broker.pair()
    chat_id, owner_id = uuid.uuid4(), uuid.uuid4()
    with (
        there.subscribe_chat(chat_id) as chat,
        there.subscribe_chat(uuid.uuid4()) as other_chat,
        there.subscribe_chats() as tap,
        there.subscribe_ownership() as ownership,
        there.subscribe_watch(owner_id) as watch,
        there.subscribe_watch(uuid.uuid4()) as other_watch,
    ):
        said = notice(chat_id)
        here.publish(said)
        here.publish(OwnershipNotice(chat_id, 1))
        changed = WatchNotice(owner_id, chat_id, "title_change")
        ended = WatchNotice(owner_id, chat_id, "deleted", b'{"text":"\xc3\xa9\\u0000\\n"}')
        here.publish(changed)
        here.publish(ended)
        assert await chat.wait() == said
        assert (await tap.wait()).notices == [said]
        assert (await ownership.wait()).chat_ids == {chat_id}
        heard: list[WatchNotice] = []
        while len(heard) < 2:
            heard += (await watch.wait()).notices
        assert heard == [changed, ended]
        assert other_chat.take() is None
        assert other_watch.take().notices == []
        assert not chat.take_resync()


async def test_a_notice_without_owner_survives_the_way(broker: Meeting) -> None:
    here, there = await broker.pair()
    said = ChatNotice(uuid.uuid4(), 2**62, None, None, 1, 0, 0, 0, "waiting", True)
    with there.subscribe_chat(said.chat_id) as chat:
        here.publish(said)
        assert await chat.wait() == said


async def test_a_publisher_hears_its_own_notice_once_and_at_once(broker: Meeting) -> None:
    here, there = await broker.pair()
    owner_id, barrier = uuid.uuid4(), uuid.uuid4()
    with here.subscribe_chats() as tap, here.subscribe_watch(owner_id) as watch, here.subscribe_chat(barrier) as back:
        mine = notice(uuid.uuid4())
        here.publish(mine)
        watched = WatchNotice(owner_id, mine.chat_id, "created")
        here.publish(watched)
        assert tap.take().notices == [mine]
        assert watch.take().notices == [watched]
        # What the other one says now comes behind the echo.
        with there.subscribe_chat(mine.chat_id) as arrived:
            here.publish(notice(mine.chat_id, 2))
            await arrived.wait()
        there.publish(notice(barrier))
        await back.wait()
        assert [heard.snapshot_version for heard in tap.take().notices if heard.chat_id == mine.chat_id] == [2]
        assert watch.take().notices == []


async def test_changes_of_watched_chats_arrive_in_order_whatever_their_size(broker: Meeting) -> None:
    here, there = await broker.pair()
    owner_id = uuid.uuid4()
    said = [
        WatchNotice(owner_id, uuid.uuid4(), "deleted", b'"%b"' % ("ü".encode() * (number * number % 7919)))
        for number in range(200)
    ]
    with there.subscribe_watch(owner_id) as watch:
        for change in said:
            here.publish(change)
        heard: list[WatchNotice] = []
        while len(heard) < len(said):
            batch = await watch.wait()
            assert not batch.dropped
            heard += batch.notices
    assert heard == said


async def test_versions_of_a_chat_only_grow_and_the_newest_arrives(broker: Meeting) -> None:
    here, there = await broker.pair()
    chat_ids = [uuid.uuid4() for _ in range(5)]
    heard: dict[uuid.UUID, list[int]] = {chat_id: [] for chat_id in chat_ids}
    with there.subscribe_chats() as tap:
        for version in range(1, 401):
            for chat_id in chat_ids:
                here.publish(notice(chat_id, version))
            if version % 40 == 0:
                await asyncio.sleep(0.003)
        while any(versions[-1:] != [400] for versions in heard.values()):
            for said in (await tap.wait()).notices:
                heard[said.chat_id].append(said.snapshot_version)
    for versions in heard.values():
        assert versions == sorted(set(versions))


async def test_every_replica_hears(shared: Broker) -> None:
    buses = [await shared.join() for _ in range(4)]
    await until(lambda: all(bus.peers == 3 for bus in buses))
    chat_id = uuid.uuid4()
    async with AsyncExitStack() as stack:
        chats = [stack.enter_context(bus.subscribe_chat(chat_id)) for bus in buses]
        buses[1].publish(notice(chat_id, 5))
        for chat in chats:
            assert (await chat.wait()).snapshot_version == 5


# ---- announcements and messages ----


async def test_a_change_is_announced_to_all_others(shared: Broker) -> None:
    here, there, elsewhere = [await shared.join() for _ in range(3)]
    await until(lambda: here.peers == 2)
    listeners = [Listener(bus) for bus in (here, there, elsewhere)]
    changes: list[Change | None] = [Change("user", "u1"), Change("key", "k1"), Change("everyone"), Change("models")]
    changes.append(Change("config"))
    for change in changes:
        assert change is not None
        here.announce(change)
    await until(lambda: all(listener.changes == changes for listener in listeners[1:]))
    assert listeners[0].changes == []


async def test_alone_there_is_nobody_to_tell() -> None:
    async with AsyncExitStack() as stack:
        bus, _ = await OneProcess(stack).pair()
        heard = Listener(bus)
        bus.announce(Change("everyone"))
        assert not bus.send(uuid.uuid4(), b"{}")
        await asyncio.sleep(0)
        assert (heard.changes, heard.messages) == ([], [])
        assert (bus.connected, bus.peers) == (True, 0)


@pytest.mark.parametrize("size", [2, 7_900, 8_000, 70_000, 3 * 1024 * 1024, MAX_MESSAGE_BYTES])
async def test_a_message_of_any_size_reaches_whom_it_is_for(shared: Broker, size: int) -> None:
    here, there, elsewhere = [await shared.join() for _ in range(3)]
    await until(lambda: here.peers == 2)
    heard, not_meant = Listener(there), Listener(elsewhere)
    payload = b'"' + ("€\\n".encode() * size)[: size - 2].decode(errors="ignore").encode() + b'"'
    assert here.send(there.replica_id, payload)
    assert here.send(there.replica_id, b'"after"')
    await until(lambda: len(heard.messages) == 2)
    assert heard.messages == [(here.replica_id, payload), (here.replica_id, b'"after"')]
    assert not_meant.messages == []


async def test_messages_keep_their_order(shared: Broker) -> None:
    here, there = await shared.join(), await shared.join()
    await until(lambda: here.peers == 1)
    heard = Listener(there)
    payloads = [b'"%d%b"' % (number, b"x" * (37 * number % 20_000)) for number in range(300)]
    for payload in payloads:
        assert here.send(there.replica_id, payload)
    await until(lambda: len(heard.messages) == len(payloads))
    assert [payload for _, payload in heard.messages] == payloads


async def test_a_message_to_nobody_is_dropped_at_once(shared: Broker) -> None:
    here, _ = await shared.pair()
    await asyncio.sleep(QUICK.newcomer)
    assert not here.send(uuid.uuid4(), b"{}")
    assert not here.send(here.replica_id, b"{}")


@pytest.mark.parametrize("payload", [b"a\0b", b"\xff", b"x" * (MAX_MESSAGE_BYTES + 1)], ids=["nul", "bytes", "long"])
async def test_what_cannot_be_a_message_is_refused(broker: Meeting, payload: bytes) -> None:
    here, there = await broker.pair()
    with pytest.raises(ValueError):  # noqa: PT011 - UnicodeDecodeError among them
        here.send(there.replica_id, payload)


# ---- too much ----


async def test_an_outbox_that_overflows_drops_and_the_others_look_for_themselves(shared: Broker) -> None:
    here, there = await shared.join(), await shared.join()
    await until(lambda: here.peers == 1)
    owner_id, chat_id = uuid.uuid4(), uuid.uuid4()
    heard = Listener(there)
    with there.subscribe_watch(owner_id) as watch, there.subscribe_chat(chat_id) as chat:
        # All in one turn of the loop: nothing can be sent meanwhile.
        for _ in range(30):
            here.publish(WatchNotice(owner_id, uuid.uuid4(), "deleted", b'"%b"' % (b"x" * 1_000_000)))
        assert here.counters.dropped > 0
        here.publish(notice(chat_id))
        await until(chat.take_resync, 30)
        assert (await chat.wait()).chat_id == chat_id
        await until(lambda: None in heard.changes)
        assert watch.take().dropped
    assert here.connected
    assert there.connected


async def test_more_messages_than_fit_are_refused_without_harm(shared: Broker) -> None:
    here, there = await shared.join(), await shared.join()
    await until(lambda: here.peers == 1)
    heard = Listener(there)
    payload = b'"%b"' % (b"y" * (MAX_MESSAGE_BYTES - 2))
    taken = [here.send(there.replica_id, payload) for _ in range(5)]
    assert taken == [True, True, False, False, False]
    await until(lambda: len(heard.messages) == 2, 60)
    assert here.send(there.replica_id, b"{}")
    await until(lambda: len(heard.messages) == 3)


# ---- the end ----


async def test_closing_ends_every_wait_and_still_tells_what_comes(broker: Meeting) -> None:
    here, there = await broker.pair()
    chat_id = uuid.uuid4()
    with here.subscribe_chat(uuid.uuid4()) as chat, here.subscribe_ownership() as ownership:
        waits = [asyncio.create_task(chat.wait()), asyncio.create_task(ownership.wait())]
        await asyncio.sleep(0)
        here.close()
        ended = await asyncio.gather(*waits, return_exceptions=True)
        assert [type(error) for error in ended] == [BusClosed, BusClosed]
        assert chat.closed
    if broker.is_shared:
        # A draining server lets its chats go, and whoever takes them over has to hear it.
        with there.subscribe_ownership() as wanted:
            here.publish(OwnershipNotice(chat_id, 7))
            await here.stop()
            assert (await wanted.wait()).chat_ids == {chat_id}
    with there.subscribe_chat(chat_id) as late:
        there.publish(notice(chat_id))
        assert late.take() is not None


async def test_whoever_stops_is_gone_at_once_and_twice_is_no_fault(shared: Broker) -> None:
    here, there = await shared.join(Timing()), await shared.join(Timing())
    await until(lambda: here.peers == 1 and there.peers == 1)
    await here.stop()
    await here.stop()
    await until(lambda: there.peers == 0, 2.0)
    assert not here.connected
    here.publish(notice(uuid.uuid4()))


async def test_what_was_to_be_sent_is_sent_before_the_end(shared: Broker) -> None:
    here, there = await shared.join(Timing()), await shared.join(Timing())
    await until(lambda: here.peers == 1 and there.peers == 1)
    heard = Listener(there)
    payload = b'"%b"' % (b"z" * 1_000_000)
    assert here.send(there.replica_id, payload)
    await here.stop()
    await until(lambda: heard.messages == [(here.replica_id, payload)] and there.peers == 0)


async def test_whoever_is_silent_is_forgotten_and_found_again(shared: Broker) -> None:
    here, there = await shared.join(), await shared.join()
    await until(lambda: here.peers == 1)
    began = time.monotonic()
    shared.proxies[there].hold()
    await until(lambda: here.peers == 0)
    assert time.monotonic() - began > 2 * QUICK.probe
    shared.proxies[there].heal()
    await until(lambda: here.peers == 1 and there.peers == 1)


# ---- what breaks ----


async def test_after_a_cut_everybody_looks_at_the_database(shared: Broker) -> None:
    here, there = await shared.join(), await shared.join()
    await until(lambda: here.peers == 1 and there.peers == 1)
    heard, chat_id, owner_id = Listener(there), uuid.uuid4(), uuid.uuid4()
    with (
        there.subscribe_chat(chat_id) as chat,
        there.subscribe_chats() as tap,
        there.subscribe_ownership() as ownership,
        there.subscribe_watch(owner_id) as watch,
    ):
        await shared.cut()
        await until(chat.take_resync)
        assert (await tap.wait()).overflowed
        assert (await ownership.wait()).overflowed
        assert (await watch.wait()).dropped
        assert None in heard.changes
        await until(lambda: here.connected and there.connected and here.peers and there.peers)
        assert there.counters.reconnects >= 1
        here.publish(notice(chat_id, 9))
        assert (await chat.wait()).snapshot_version == 9


async def test_a_silent_cut_is_noticed_and_mended(shared: Broker) -> None:
    here = await shared.join(Timing())
    with here.subscribe_chat(uuid.uuid4()) as chat:
        await until(chat.take_resync) if chat.signal.is_set() else None
        began = time.monotonic()
        shared.proxies[here].hold()
        await until(lambda: not here.connected, 20)
        assert time.monotonic() - began < NOTICED_SECONDS
        await asyncio.sleep(0.3)
        assert not here.connected
        assert not here.hears_all
        shared.proxies[here].heal()
        await until(lambda: here.connected)
        assert here.hears_all
        await until(chat.take_resync)


async def test_what_one_says_while_it_is_cut_off_is_looked_for_by_those_who_were_not(shared: Broker) -> None:
    here, there = await shared.join(), await shared.join()
    await until(lambda: here.peers == 1 and there.peers == 1)
    with there.subscribe_chat(uuid.uuid4()) as chat:
        resyncs = there.counters.resyncs
        shared.proxies[here].refuse()
        await until(lambda: not here.connected)
        here.publish(notice(chat.chat_id))
        assert not here.send(there.replica_id, b"{}")
        shared.proxies[here].heal()
        await until(chat.take_resync)
        assert there.counters.resyncs == resyncs + 1
        assert there.connected


async def test_a_bus_starts_without_its_broker_and_finds_it_later(shared: Broker) -> None:
    here = await shared.join()
    timing = Timing(start=0.2, backoff_least=0.02, backoff_most=0.1, probe=0.3)
    there = await shared.join(timing, start=False)
    shared.proxies[there].refuse()
    await there.start()
    assert (there.connected, there.peers) == (False, 0)
    with there.subscribe_chat(uuid.uuid4()) as chat:
        mine = notice(chat.chat_id)
        there.publish(mine)
        assert await chat.wait() == mine
        shared.proxies[there].heal()
        await until(lambda: there.connected and there.peers == 1 and here.peers == 1)
        await until(chat.take_resync)
        here.publish(notice(chat.chat_id, 2))
        assert (await chat.wait()).snapshot_version == 2


@pytest.mark.parametrize("fault", ["refuse", "hold"])
async def test_a_bus_stops_while_it_tries_to_connect(shared: Broker, fault: str) -> None:
    here = await shared.join()
    getattr(shared.proxies[here], fault)()
    if fault == "refuse":
        await until(lambda: not here.connected)
    async with asyncio.timeout(QUICK.farewell + 3):
        await here.stop()


async def test_a_cancelled_start_leaves_nothing_behind(shared: Broker) -> None:
    before = asyncio.all_tasks()
    here = await shared.join(start=False)
    shared.proxies[here].hold()
    starting = asyncio.create_task(here.start())
    await asyncio.sleep(0.05)
    starting.cancel()
    await asyncio.wait((starting,))
    assert starting.cancelled()
    await here.stop()
    await shared.proxies[here].stop()
    await until(lambda: asyncio.all_tasks() <= before)


async def test_noise_on_the_channel_is_counted_and_left_alone(shared: Broker) -> None:
    here, there = await shared.join(), await shared.join()
    await until(lambda: here.peers == 1)
    noise = [
        "",
        "hello",
        "P1 x b 1\n",
        "P1",
        f"P1 {uuid.uuid4().hex} b 1\n[1]",
        f"P1 {uuid.uuid4().hex} b 2\n" + "[" * 900,
    ]
    for text in noise:
        await shared.shout(text)
    await until(lambda: there.counters.malformed == len(noise))
    with there.subscribe_chat(uuid.uuid4()) as chat:
        here.publish(notice(chat.chat_id))
        await chat.wait()
    assert there.peers == 1


async def test_reconnecting_again_and_again_leaks_nothing(shared: Broker) -> None:
    here = await shared.join()
    assert isinstance(here, SharedBus)
    before = len(asyncio.all_tasks())
    for times in range(1, 4):
        shared.proxies[here].cut()
        await until(lambda times=times: here.counters.reconnects == times)  # type: ignore[misc]
    await asyncio.sleep(0.1)
    assert len(asyncio.all_tasks()) <= before + 2
