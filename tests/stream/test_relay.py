"""Mirrored episodes: what another process follows equals what is produced, and following ends."""

import asyncio
import uuid

import pytest

from palaver import metrics
from palaver.settings import Settings
from palaver.stream import relay_serving
from palaver.stream.parts import EpisodeExists, EpisodeKey
from palaver.stream.relay_frames import Ask, Leave, Parts, encode
from tests.stream.wire import Replica, Wire, frames, renew, settle

TEXT = {"type": "text", "text": "x"}


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


async def test_whoever_asks_for_more_episodes_than_are_served_is_refused_and_counted(
    producer: Replica, viewer: Replica, key: EpisodeKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay_serving, "MAX_FOLLOWERS", 1)
    refused = metrics.NOTICES_DROPPED.labels("relay")
    before = refused._value.get()
    other = key._replace(chat_id=uuid.uuid4())
    for asked in (key, other, key):
        producer.bus.heard[0](viewer.id, encode(Ask(asked, "", 0, True).lines()))
    assert refused._value.get() == before + 1
    producer.bus.heard[0](viewer.id, encode(Leave(key).lines()))
    producer.bus.heard[0](viewer.id, encode(Ask(other, "", 0, True).lines()))
    assert refused._value.get() == before + 1
