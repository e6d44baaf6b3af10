"""Mirrored episodes: what another process follows equals what is produced, whatever happens on the way."""

import asyncio
import uuid
from collections.abc import AsyncIterator

import orjson
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from palaver import metrics
from palaver.settings import Settings
from palaver.stream import relay as relay_module
from palaver.stream import relay_serving
from palaver.stream.parts import EpisodeExists, EpisodeKey
from palaver.stream.relay_frames import Ask, Leave, MalformedFrame, Parts, decode, encode
from tests.stream.wire import Crossing, Replica, Wire, settle

TEXT = {"type": "text", "text": "x"}


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def key() -> EpisodeKey:
    return EpisodeKey(uuid.uuid4(), 12, 1)


@pytest_asyncio.fixture
async def producer(wire: Wire, settings: Settings) -> AsyncIterator[Replica]:
    replica = Replica(wire, settings)
    yield replica
    replica.relay.stop()


@pytest_asyncio.fixture
async def viewer(wire: Wire, settings: Settings) -> AsyncIterator[Replica]:
    replica = Replica(wire, settings)
    yield replica
    replica.relay.stop()


def renew(*replicas: Replica) -> None:
    """The next renewal comes now."""
    for replica in replicas:
        if replica.relay._timer is not None:
            replica.relay._timer.cancel()
        replica.relay._renew()


def frames(messages: list[Crossing], kind: type[Ask | Leave | Parts]) -> list[Ask | Leave | Parts]:
    return [frame for message in messages for frame in decode(message.payload) if isinstance(frame, kind)]


# ---- frames ----


def test_frames_are_json_and_read_back(key: EpisodeKey) -> None:
    said = [
        Ask(key, "", 0, True),
        Parts(key, "0a1b2c3d", 3, [b'{"role":"assistant","part":{"type":"text","text":"a,\\n[\\u0000"}'] * 2, False),
        Leave(key),
        Parts(key, "", 1, [], True),
    ]
    payload = encode([line for frame in said for line in frame.lines()])
    assert list(decode(payload)) == said
    assert len(orjson.loads(payload)) == 6
    assert b"\0" not in payload


def test_unknown_items_are_skipped(key: EpisodeKey) -> None:
    lines = [b'["later",1,2]', b'{"its":"body"}', *Leave(key).lines()]
    assert list(decode(encode(lines))) == [Leave(key)]


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"[]",
        b"nonsense",
        b"[[]]",
        b'[["ask"]]',
        b'[["leave","no-uuid",1,1]]',
        b'[["leave","00000000-0000-0000-0000-000000000000",-1,1]]',
        b'[["parts","00000000-0000-0000-0000-000000000000",1,1,"",1,1,false]]',
    ],
)
def test_malformed_text_is_refused(payload: bytes) -> None:
    with pytest.raises(MalformedFrame):
        list(decode(payload))


def test_malformed_messages_are_counted_and_do_no_harm(viewer: Replica) -> None:
    counter = metrics.NOTICES_DROPPED.labels("malformed")
    before = counter._value.get()
    viewer.bus.heard[0](uuid.uuid4(), b"[nonsense]")
    assert counter._value.get() == before + 1


# ---- following ----


async def test_a_mirror_has_the_same_events_and_the_same_tag(
    producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    producer.parts.create(key)
    producer.say(key, "Hel", "lo")
    mirror, signal = viewer.follow(key, producer.id)
    assert not mirror.known
    await settle()
    producer.say(key, "\0 ,\n", "\ud83d", "ü")
    await settle()
    assert mirror.events == producer.events(key)
    assert len(mirror.events) == 5
    assert mirror.tag == producer.parts._episodes[key].tag
    assert signal.is_set()
    producer.parts.close(key)
    await settle()
    assert mirror.closed


async def test_the_first_part_crosses_at_once_and_more_share_a_message(
    wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    mirror, _ = viewer.follow(key, producer.id)
    await settle()
    producer.parts.create(key)
    wire.carried.clear()
    producer.parts.add(key, "assistant", TEXT)
    await settle()
    assert len(mirror.events) == 1
    for _ in range(50):
        producer.parts.add(key, "assistant", TEXT)
    producer.parts._flush()
    await settle()
    assert len(mirror.events) == 51
    assert len(wire.carried) == 2


async def test_parts_of_many_episodes_share_a_message(wire: Wire, producer: Replica, viewer: Replica) -> None:
    keys = [EpisodeKey(uuid.uuid4(), 1, 1) for _ in range(20)]
    mirrors = [viewer.follow(key, producer.id)[0] for key in keys]
    for key in keys:
        producer.parts.create(key)
        producer.parts.add(key, "assistant", TEXT)
    await settle()
    wire.carried.clear()
    for key in keys:
        producer.parts.add(key, "assistant", TEXT)
    producer.parts._flush()
    await settle()
    assert [len(mirror.events) for mirror in mirrors] == [2] * 20
    assert len(wire.carried) == 1


async def test_many_viewers_ask_once(wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey) -> None:
    followed = [viewer.follow(key, producer.id) for _ in range(20)]
    assert len({id(mirror) for mirror, _ in followed}) == 1
    producer.parts.create(key)
    producer.say(key, "a")
    await settle()
    assert all(signal.is_set() for _, signal in followed)
    assert len(frames(wire.carried, Ask)) == 1


async def test_an_episode_may_be_asked_for_before_it_begins(
    producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    mirror, _ = viewer.follow(key, producer.id)
    await settle()
    assert mirror.known
    assert not mirror.created
    producer.parts.create(key)
    producer.say(key, "a")
    await settle()
    assert mirror.events == producer.events(key)


async def test_a_closed_episode_is_served_while_it_is_kept(
    producer: Replica, viewer: Replica, settings: Settings, key: EpisodeKey
) -> None:
    producer.parts.create(key)
    producer.say(key, "a", "b")
    producer.parts.close(key)
    mirror, _ = viewer.follow(key, producer.id)
    await settle()
    assert mirror.closed
    assert len(mirror.events) == 2
    await asyncio.sleep(settings.parts_retention_seconds * 1.5)
    assert len(producer.events(key)) == 2
    producer.relay._serving.leave(viewer.id, key)
    assert key not in producer.parts._episodes


async def test_an_episode_that_was_closed_before_it_began_is_known_as_ended(
    producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    mirror, _ = viewer.follow(key, producer.id)
    await settle()
    producer.parts.close(key)
    await settle()
    assert (mirror.closed, mirror.events) == (True, [])
    with pytest.raises(EpisodeExists):
        producer.parts.create(key)


async def test_own_and_ownerless_episodes_cost_nothing(wire: Wire, viewer: Replica, key: EpisodeKey) -> None:
    for owner in (viewer.id, None):
        episode, signal = viewer.follow(key, owner)
        assert episode.known
        viewer.relay.unwatch(episode, signal)
    assert not wire.carried
    assert viewer.relay._timer is None
    assert not viewer.parts._episodes


async def test_a_mirror_does_not_stand_in_the_way_of_a_turn_here(
    producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    producer.parts.create(key)
    producer.say(key, "there")
    mirror, _ = viewer.follow(key, producer.id)
    await settle()
    viewer.parts.create(key)
    viewer.say(key, "here", "too")
    here, _ = viewer.follow(key, viewer.id)
    assert (len(mirror.events), len(here.events)) == (1, 2)
    assert mirror.tag != here.tag


# ---- the end of following ----


async def test_a_mirror_outlives_its_viewer_until_the_next_renewal(
    wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    mirror, signal = viewer.follow(key, producer.id)
    await settle()
    viewer.relay.unwatch(mirror, signal)
    again, signal = viewer.follow(key, producer.id)
    assert again is mirror
    viewer.relay.unwatch(mirror, signal)
    renew(viewer)
    await settle()
    assert not viewer.relay._mirrors
    assert not len(producer.relay._serving)
    assert not producer.parts._episodes
    renew(producer)
    assert viewer.relay._timer is None
    assert producer.relay._timer is None


async def test_followers_that_do_not_renew_are_forgotten(
    wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer.follow(key, producer.id)
    await settle()
    renew(producer)
    assert len(producer.relay._serving) == 1
    monkeypatch.setattr(relay_serving, "FORGET_SECONDS", 0.0)
    await asyncio.sleep(0.001)
    renew(producer)
    assert not len(producer.relay._serving)
    assert not producer.parts._episodes


async def test_a_follower_that_was_forgotten_goes_on_where_it_was(
    wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    producer.parts.create(key)
    producer.say(key, "a", "b")
    mirror, _ = viewer.follow(key, producer.id)
    await settle()
    producer.relay._serving.leave(viewer.id, key)
    producer.say(key, "c")
    wire.carried.clear()
    renew(viewer)
    await settle()
    assert mirror.events == producer.events(key)
    assert sum(len(frame.bodies) for frame in frames(wire.carried, Parts) if isinstance(frame, Parts)) == 1


async def test_a_stopped_relay_says_so_and_hears_nothing_more(
    wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    viewer.follow(key, producer.id)
    await settle()
    viewer.relay.stop()
    viewer.relay.stop()
    await settle()
    assert not len(producer.relay._serving)
    producer.relay.stop()
    viewer.bus.send(producer.id, encode(Ask(key, "", 0, True).lines()))
    await settle()
    assert not producer.parts._episodes


async def test_no_more_followers_than_the_limit_are_served(
    producer: Replica, viewer: Replica, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_serving, "MAX_FOLLOWERS", 3)
    for _ in range(5):
        viewer.follow(EpisodeKey(uuid.uuid4(), 1, 1), producer.id)
    await settle()
    assert len(producer.relay._serving) == 3
    assert len(producer.parts._episodes) == 3


# ---- losses ----


async def test_a_gap_is_asked_for_again_and_not_too_often(
    wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    producer.parts.create(key)
    mirror, _ = viewer.follow(key, producer.id)
    await settle()
    wire.held = True
    producer.say(key, "a")
    await settle()
    wire.crossing.clear()
    for word in ("b", "c", "d"):
        producer.say(key, word)
        await settle()
    wire.held = False
    wire.carried.clear()
    wire.deliver_all()
    assert len(frames(wire.carried, Ask)) == 1
    await settle()
    assert mirror.events == producer.events(key)


async def test_lost_last_parts_are_repaired_by_the_renewal(
    wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    producer.parts.create(key)
    mirror, _ = viewer.follow(key, producer.id)
    await settle()
    wire.held = True
    producer.say(key, "a", "b")
    producer.parts.close(key)
    await settle()
    wire.crossing.clear()
    wire.held = False
    renew(viewer)
    await settle()
    assert mirror.events == producer.events(key)
    assert mirror.closed


async def test_a_renewal_in_sync_sends_no_parts_again(
    wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    producer.parts.create(key)
    producer.say(key, "a", "b")
    viewer.follow(key, producer.id)
    await settle()
    wire.carried.clear()
    for _ in range(3):
        renew(viewer)
        await settle()
    assert all(not frame.bodies for frame in frames(wire.carried, Parts) if isinstance(frame, Parts))


async def test_a_cut_bus_is_caught_up_with_when_it_is_back(
    wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    producer.parts.create(key)
    producer.say(key, "a")
    mirror, _ = viewer.follow(key, producer.id)
    early, _ = viewer.follow(EpisodeKey(key.chat_id, 13, 1), producer.id)
    await settle()
    wire.cut = True
    producer.say(key, "b", "c")
    late, _ = viewer.follow(EpisodeKey(key.chat_id, 14, 1), producer.id)
    await settle()
    assert len(mirror.events) == 1
    assert not late.known
    wire.restore()
    await settle()
    assert mirror.events == producer.events(key)
    assert late.known
    assert early.known


async def test_what_a_full_bus_drops_is_sent_later_and_not_kept_twice(
    wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    producer.parts.create(key)
    mirror, _ = viewer.follow(key, producer.id)
    await settle()
    wire.room = 0
    for _ in range(20):
        producer.say(key, "word " * 100)
        await settle()
    [follower] = producer.relay._serving._followers.values()
    assert (follower.sent, follower.unconfirmed) == (0, 0)
    wire.room = None
    producer.say(key, "end")
    await settle()
    assert mirror.events == producer.events(key)


async def test_a_large_episode_crosses_in_a_window_that_the_follower_opens(
    wire: Wire, producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    producer.parts.create(key)
    for _ in range(100):
        producer.say(key, "x" * 9_000)
    mirror, _ = viewer.follow(key, producer.id)
    wire.held = True
    await settle()
    sizes = [len(message.payload) for message in wire.crossing]
    assert sum(sizes) < relay_serving.WINDOW_BYTES + 2 * relay_serving.PAYLOAD_BYTES
    assert max(sizes) < 2 * relay_serving.PAYLOAD_BYTES
    wire.held = False
    wire.deliver_all()
    await settle(100)
    assert mirror.events == producer.events(key)
    assert len(frames(wire.carried, Parts)) < 60


async def test_a_mirror_keeps_no_more_than_its_own_cap(
    wire: Wire, producer: Replica, settings: Settings, key: EpisodeKey
) -> None:
    viewer = Replica(wire, Settings(parts_episode_bytes=1024))
    producer.parts.create(key)
    mirror, _ = viewer.follow(key, producer.id)
    for _ in range(10):
        producer.say(key, "x" * 300)
        await settle()
    assert (len(mirror.events), mirror.full) == (3, True)
    wire.carried.clear()
    producer.say(key, "more")
    renew(viewer)
    await settle()
    assert not frames(wire.carried, Ask)
    viewer.relay.stop()


async def test_a_mirror_is_capped_exactly_as_its_original(wire: Wire, key: EpisodeKey) -> None:
    small = Settings(parts_episode_bytes=1024)
    producer, viewer = Replica(wire, small), Replica(wire, small)
    producer.parts.create(key)
    part_bytes = len(orjson.dumps({"type": "text", "text": ""}))
    producer.say(key, "x" * (1000 - 2 * part_bytes), "y" * 24)
    mirror, _ = viewer.follow(key, producer.id)
    await settle()
    assert producer.parts._episodes[key].size == 1024
    assert mirror.events == producer.events(key)
    assert not mirror.full
    for replica in (producer, viewer):
        replica.relay.stop()


async def test_another_run_of_the_same_key_replaces_the_mirror(
    producer: Replica, viewer: Replica, key: EpisodeKey
) -> None:
    producer.parts.create(key)
    producer.say(key, "old", "text")
    mirror, signal = viewer.follow(key, producer.id)
    await settle()
    old = mirror.tag
    _forget(producer, key)
    renew(viewer)
    await settle()
    assert (mirror.tag, len(mirror.events)) == (old, 2), "what was heard stays while nothing replaces it"
    producer.parts.create(key)
    signal.clear()
    producer.say(key, "new")
    await settle()
    assert mirror.tag not in ("", old)
    assert mirror.events == producer.events(key)
    assert signal.is_set()


def _forget(producer: Replica, key: EpisodeKey) -> None:
    """The episode and its followers are gone, as after their times."""
    producer.relay._serving.close()
    producer.relay._serving._flush = None
    producer.parts._episodes.pop(key, None)


ACTIONS = st.one_of(
    st.tuples(st.just("say"), st.integers(1, 6)),
    st.tuples(st.sampled_from(["deliver", "drop", "double"]), st.integers(0, 20)),
    st.sampled_from([("flush", 0), ("flush", 0), ("renew", 0), ("close", 0), ("full", 2), ("another run", 0)]),
)


@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(ACTIONS, max_size=60))
async def test_whatever_is_lost_doubled_or_turned_around_the_mirror_becomes_the_original(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int]]
) -> None:
    monkeypatch.setattr(relay_serving, "PAYLOAD_BYTES", 200)
    for module in (relay_serving, relay_module):
        monkeypatch.setattr(module, "WINDOW_BYTES", 1500)
    monkeypatch.setattr(relay_module, "FIRST_REPAIR_SECONDS", 0.0)
    wire, key = Wire(), EpisodeKey(uuid.uuid4(), 3, 1)
    producer, viewer = Replica(wire, settings), Replica(wire, settings)
    wire.held = True
    producer.parts.create(key)
    mirror, _ = viewer.follow(key, producer.id)
    runs = {producer.parts._episodes[key].tag: producer.events(key)}
    for name, number in steps:
        waiting = wire.crossing
        match name:
            case "say" if not producer.parts._episodes[key].closed:
                producer.say(key, *(f"{number}{'x' * number * 10}" for _ in range(number)))
            case "deliver" if waiting:
                wire.deliver(waiting.pop(number % len(waiting)))
            case "double" if waiting:
                wire.deliver(waiting[number % len(waiting)])
            case "drop" if waiting:
                waiting.pop(number % len(waiting))
            case "flush":
                wire.room = None
                await settle(1)
            case "full":
                wire.room = number
            case "renew":
                renew(viewer)
            case "close":
                producer.parts.close(key)
            case "another run":
                _forget(producer, key)
                producer.parts.create(key)
                runs[producer.parts._episodes[key].tag] = producer.events(key)
        assert mirror.events == runs.get(mirror.tag, [])[: len(mirror.events)]
    wire.room = None
    for _ in range(40):
        renew(viewer)
        await settle(2)
        wire.deliver_all()
    # A run that ended is followed no longer, so that another one of the same key is not heard of.
    assert mirror.events == runs[mirror.tag]
    assert mirror.closed or mirror.tag == producer.parts._episodes[key].tag
    for replica in (viewer, producer):
        replica.relay.stop()
