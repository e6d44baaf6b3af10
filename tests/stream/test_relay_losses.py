"""Mirrored episodes stay true whatever is lost, doubled or turned around on the way."""

import uuid

import orjson
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from palaver.settings import Settings
from palaver.stream import relay as relay_module
from palaver.stream import relay_serving
from palaver.stream.parts import EpisodeKey
from palaver.stream.relay_frames import Ask, Parts
from tests.stream.wire import Replica, Wire, frames, renew, settle

TEXT = {"type": "text", "text": "x"}


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
