"""The shared bus over a broker that fails as told: what is said when, and who looks at the database after what."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from palaver.chat.notices import ChatNotice, WatchNotice
from palaver.stream.bus import Change, SharedBus, Timing, keeper, shared
from palaver.stream.bus.frames import Frame, Message, Presence, encode, frame, read_entries, read_frame
from palaver.stream.bus.outbox import Outbox
from palaver.stream.bus.peers import Heard, Peers
from tests.bus.brokers import until
from tests.bus.memory_link import MemoryBroker

TIMING = Timing(
    probe=0.05, answer=1, echo=0.3, backoff_least=0.01, backoff_most=0.02, start=1, newcomer=0.02, resync=0.2
)


def notice(chat_id: uuid.UUID, version: int = 1) -> ChatNotice:
    return ChatNotice(chat_id, version, None, None, version, 0, 0, 0, "running", False)


class Room:
    """Buses on one broker in memory."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self.broker = MemoryBroker()

    def bus(self, timing: Timing = TIMING) -> SharedBus:
        """One more, at rest."""
        bus = SharedBus(uuid.uuid4(), self.broker.link(), timing)
        self._stack.push_async_callback(bus.stop)
        return bus

    async def pair(self, timing: Timing = TIMING) -> tuple[SharedBus, SharedBus]:
        """Two that know each other and are newcomers no more."""
        here, there = self.bus(timing), self.bus(timing)
        await here.start()
        await there.start()
        await until(lambda: here.peers == 1 and there.peers == 1)
        await asyncio.sleep(timing.newcomer)
        return here, there

    def said(self, sender: SharedBus) -> list[Frame]:
        """The frames of a bus so far."""
        frames = [read_frame(data) for _, data in self.broker.frames]
        return [heard for heard in frames if heard.sender == sender.replica_id]


@pytest_asyncio.fixture
async def room() -> AsyncIterator[Room]:
    async with AsyncExitStack() as stack:
        yield Room(stack)


# ---- presence ----


async def test_whoever_is_alone_says_only_that_it_is_there(room: Room) -> None:
    bus = room.bus()
    await bus.start()
    await asyncio.sleep(TIMING.newcomer)
    for version in range(1, 20):
        bus.publish(notice(uuid.uuid4(), version))
        bus.publish(WatchNotice(uuid.uuid4(), uuid.uuid4(), "created"))
        bus.announce(Change("everyone"))
    await asyncio.sleep(3 * TIMING.probe)
    said = [news for heard in room.said(bus) for news in read_entries(heard.entries)]
    assert len(said) > 1
    assert all(isinstance(news, Presence) for news in said)
    assert bus.counters.dropped == 0


async def test_a_newcomer_is_answered_at_once_and_need_not_look_at_the_database_again(room: Room) -> None:
    slow = Timing(probe=30, newcomer=0.01)
    here, there = room.bus(slow), room.bus(slow)
    await here.start()
    await there.start()
    await until(lambda: here.peers == 1 and there.peers == 1)
    here.publish(notice(uuid.uuid4()))
    await asyncio.sleep(0.02)
    assert (here.counters.resyncs, there.counters.resyncs) == (1, 1)


async def test_what_is_said_right_after_connecting_is_not_lost(room: Room) -> None:
    here = room.bus(Timing(probe=30))
    await here.start()
    there = room.bus(Timing(probe=30))
    await there.start()
    # The answer to the greeting is still on its way.
    with here.subscribe_chat(uuid.uuid4()) as chat:
        there.publish(notice(chat.chat_id))
        assert there.send(here.replica_id, b"{}")
        async with asyncio.timeout(5):
            await chat.wait()


async def test_whoever_took_itself_for_alone_makes_the_found_one_look(room: Room) -> None:
    here, there = await room.pair()
    room.broker.keeps = lambda data: read_frame(data).sender != there.replica_id
    await until(lambda: here.peers == 0 and not there.connected)
    with there.subscribe_chat(uuid.uuid4()) as chat:
        here.publish(notice(chat.chat_id))
        room.broker.keeps = lambda data: True
        await until(lambda: here.peers == 1 and there.connected)
        await until(chat.take_resync)


async def test_signs_of_life_are_rarer_in_a_large_fleet() -> None:
    peers = Peers(2.5)
    assert peers.interval == 2.5
    for number in range(1000):
        peers.hear(Frame(uuid.UUID(int=number), False, 1, b""), 0.0)
    assert 1000 / peers.interval == pytest.approx(50)
    assert len(peers.forget_silent(59.0)) > 0


async def test_in_a_crowd_some_answer_a_newcomer_who_may_talk_to_all(room: Room) -> None:
    here, _ = await room.pair(Timing(probe=30, newcomer=0.01))
    assert here._peers.shall_answer()
    for number in range(1, 1000):
        here._peers.hear(Frame(uuid.UUID(int=number), False, 1, b""), asyncio.get_running_loop().time())
    assert 10 < sum(here._peers.shall_answer() for _ in range(1000)) < 150
    assert here.send(uuid.uuid4(), b"{}")
    assert not here.send(here.replica_id, b"{}")


async def test_frames_are_told_apart_by_their_numbers() -> None:
    peers, sender = Peers(2.5), uuid.uuid4()

    def hear(number: int, *, direct: bool = False) -> Heard:
        return peers.hear(Frame(sender, direct, number, b""), 0.0)

    assert [hear(1), hear(2), hear(2), hear(1)] == [Heard.NEXT, Heard.NEXT, Heard.OLD, Heard.OLD]
    assert [hear(4), hear(3), hear(5)] == [Heard.GAP, Heard.OLD, Heard.NEXT]
    assert [hear(7, direct=True), hear(9, direct=True), hear(8, direct=True)] == [Heard.NEXT, Heard.NEXT, Heard.OLD]
    peers.forget(sender)
    assert hear(6) is Heard.GAP


# ---- loss ----


async def test_a_lost_frame_makes_the_hearer_look_once(room: Room) -> None:
    here, there = await room.pair()
    with there.subscribe_chat(uuid.uuid4()) as chat:
        told: list[Change | None] = []
        there.on_change(told.append)
        room.broker.keeps = lambda data: read_frame(data).sender != here.replica_id
        here.publish(notice(chat.chat_id))
        await asyncio.sleep(0.01)
        room.broker.keeps = lambda data: True
        await until(chat.take_resync)
        assert told == [None]
        assert chat.take() is None
        await asyncio.sleep(2 * TIMING.resync)
        assert not chat.take_resync()


async def test_many_gaps_are_repaired_together(room: Room) -> None:
    here, there = await room.pair(Timing(probe=5, newcomer=0.01, resync=0.2))
    before = there.counters.resyncs
    for number in range(50):
        room.broker.keeps = lambda data: False
        here.publish(notice(uuid.uuid4(), number + 1))
        await asyncio.sleep(0.003)
        room.broker.keeps = lambda data: True
        here.publish(notice(uuid.uuid4(), number + 1))
        await asyncio.sleep(0.003)
    await asyncio.sleep(0.3)
    assert 1 <= there.counters.resyncs - before <= 6


async def test_a_doubled_frame_is_heard_once(room: Room) -> None:
    here, there = await room.pair()
    heard: list[bytes] = []
    there.on_message(lambda sender, payload: heard.append(payload))
    entries = encode(Message(b"{}"))
    for number in (900, 900, 899, 901):
        there.receive(frame(here.replica_id, is_direct=True, number=number, entries=entries))
    assert heard == [b"{}", b"{}"]
    there.receive(frame(here.replica_id, is_direct=False, number=900, entries=entries))
    assert len(heard) == 2, "a message to everyone is none"


async def test_a_broker_that_swallows_everything_is_given_up(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    bus = room.bus()
    room.broker.deaf = True
    await bus.start()
    assert not bus.connected
    await until(lambda: "does not come back" in capsys.readouterr().out, 5)
    room.broker.deaf = False
    await until(lambda: bus.connected)
    room.broker.deaf = True
    await until(lambda: not bus.connected, 5)


async def test_a_fault_of_the_bus_itself_ends_in_a_new_connection(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = await room.pair()
    with monkeypatch.context() as patched:
        patched.setattr(Outbox, "take", lambda *_: 1 / 0)
        here.publish(notice(uuid.uuid4()))
        await until(lambda: not here.connected)
    await until(lambda: here.connected and here.peers == 1)
    with there.subscribe_chat(uuid.uuid4()) as chat:
        here.publish(notice(chat.chat_id))
        await chat.wait()


async def test_a_listener_that_fails_does_not_keep_others_from_hearing(room: Room) -> None:
    here, there = await room.pair()
    heard: list[object] = []

    def fail(*_: object) -> None:
        raise ZeroDivisionError

    there.on_change(fail)
    there.on_change(heard.append)
    there.on_message(fail)
    there.on_message(lambda _, payload: heard.append(payload))
    here.announce(Change("models"))
    here.send(there.replica_id, b"{}")
    await until(lambda: heard == [Change("models"), b"{}"])
    assert there.connected


async def test_many_streams_look_one_after_the_other(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared, "RESYNC_AT_ONCE", 10)
    bus = room.bus()
    await bus.start()
    async with AsyncExitStack() as stack:
        chats = [stack.enter_context(bus.subscribe_chat(uuid.uuid4())) for _ in range(25)]
        room.broker.cut()
        room.broker.up = True
        await until(lambda: sum(chat.signal.is_set() for chat in chats) == 10)
        await until(lambda: all(chat.signal.is_set() for chat in chats))


# ---- what is gathered ----


async def test_news_that_come_together_share_a_frame(room: Room) -> None:
    here, there = await room.pair()
    before = len(room.said(here))
    chats = [uuid.uuid4() for _ in range(4)]
    with there.subscribe_chats() as tap:
        for chat_id in chats:
            for version in range(1, 100):
                here.publish(notice(chat_id, version))
        batch = await tap.wait()
        assert {(said.chat_id, said.snapshot_version) for said in batch.notices} == {(chat, 99) for chat in chats}
    sent = [heard for heard in room.said(here)[before:] if b'"c"' in heard.entries]
    assert len(sent) == 1


async def test_the_first_news_after_silence_wait_for_nothing(room: Room) -> None:
    here, there = await room.pair(Timing(gather=0.5, probe=30, newcomer=0.01))
    loop = asyncio.get_running_loop()
    with there.subscribe_chat(uuid.uuid4()) as chat:
        await asyncio.sleep(0.6)
        began = loop.time()
        here.publish(notice(chat.chat_id))
        await chat.wait()
        assert loop.time() - began < 0.3
        here.publish(notice(chat.chat_id, 2))
        await chat.wait()
        assert loop.time() - began > 0.4


async def test_the_longer_a_sending_takes_the_more_news_share_a_frame(room: Room) -> None:
    here, _ = await room.pair(Timing(gather=0.0, gather_most=0.1, probe=30, newcomer=0.01))
    chat_id, loop = uuid.uuid4(), asyncio.get_running_loop()

    async def frames_in_half_a_second() -> int:
        before, ends, version = len(room.said(here)), loop.time() + 0.5, 0
        while loop.time() < ends:
            here.publish(notice(chat_id, version := version + 1))
            await asyncio.sleep(0.001)
        return len(room.said(here)) - before

    at_once = await frames_in_half_a_second()
    room.broker.seconds_to_send = 0.01
    assert 1 <= await frames_in_half_a_second() < at_once / 3


async def test_a_message_to_one_waits_for_no_more_than_the_least(room: Room) -> None:
    here, there = await room.pair(Timing(gather=0.0, gather_most=30, probe=30, newcomer=0.01))
    heard: list[bytes] = []
    there.on_message(lambda sender, payload: heard.append(payload))
    with there.subscribe_chat(uuid.uuid4()) as chat:
        room.broker.seconds_to_send = 0.05
        here.publish(notice(chat.chat_id))
        await chat.wait()
        here.publish(notice(chat.chat_id, 2))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await chat.wait()
        here.send(there.replica_id, b"{}")
        await until(lambda: heard == [b"{}"])
        assert (await chat.wait()).snapshot_version == 2, "what has gathered goes along"


async def test_messages_go_on_however_much_there_is_for_everyone() -> None:
    outbox, replica = Outbox(), uuid.uuid4()
    outbox.put(None, [b"x" * 100] * 100)
    outbox.put(replica, [b"y" * 100] * 100)
    taken = outbox.take(100, 8)
    assert [packed.destination for packed in taken] == [None] * 6 + [replica] * 2
    other = uuid.uuid4()
    outbox.put(other, [b"z" * 100])
    assert [packed.destination for packed in outbox.take(100, 8)][6:] == [replica, replica]
    assert other in [packed.destination for packed in outbox.take(100, 100) + outbox.take(100, 100)]


async def test_an_outbox_takes_all_pieces_or_none_and_knows_its_size() -> None:
    outbox, replica = Outbox(most_bytes=1000), uuid.uuid4()
    assert outbox.put(replica, [b"x" * 400, b"x" * 400])
    assert not outbox.put(replica, [b"x" * 100, b"x" * 200])
    while outbox:
        outbox.take(500, 1)
    assert outbox.put(replica, [b"x" * 1000])
    assert outbox.clear() == 1
    assert not outbox
    assert not outbox.signal.is_set()


async def test_an_unreachable_broker_is_complained_of_once_in_a_while(
    room: Room, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    room.broker.up = False
    bus = room.bus(Timing(start=0.2, backoff_least=0.01, backoff_most=0.01))
    await bus.start()
    assert capsys.readouterr().out.count("bus_lost") == 1
    monkeypatch.setattr(keeper, "_REPEATED_WARNING_SECONDS", 0.0)
    await asyncio.sleep(0.1)
    assert capsys.readouterr().out.count("bus_lost") > 1
