"""The buffer of live parts: episodes, caps, retention, wake-ups."""

import asyncio
import time
import uuid

import orjson
import pytest

from palaver.settings import Settings
from palaver.stream.parts import (
    EpisodeClosed,
    EpisodeExists,
    EpisodeFull,
    EpisodeKey,
    EpisodeUnknown,
    PartsBuffer,
    SlowSubscriber,
)
from palaver.stream.signals import Signal

TEXT = {"type": "text", "text": "x"}


@pytest.fixture
def parts(settings: Settings) -> PartsBuffer:
    return PartsBuffer(settings)


@pytest.fixture
def key() -> EpisodeKey:
    return EpisodeKey(uuid.uuid4(), 12, 1)


async def collect(parts: PartsBuffer, key: EpisodeKey, after_seq: int = 0) -> list[int]:
    return [
        orjson.loads(event)["message_part"]["seq"] async for batch in parts.subscribe(key, after_seq) for event in batch
    ]


async def test_parts_are_numbered_from_one_and_read_back(parts: PartsBuffer, key: EpisodeKey) -> None:
    parts.create(key)
    assert [parts.add(key, "assistant", TEXT), parts.add(key, "tool", TEXT)] == [1, 2]
    assert parts.get(key) == [(1, "assistant", TEXT), (2, "tool", TEXT)]


async def test_event_has_the_shape_of_the_wire(parts: PartsBuffer, key: EpisodeKey) -> None:
    parts.create(key)
    parts.add(key, "assistant", TEXT)
    parts.close(key)
    [[event]] = [batch async for batch in parts.subscribe(key)]
    assert orjson.loads(event) == {
        "type": "message_part",
        "chat_id": str(key.chat_id),
        "message_part": {"role": "assistant", "part": TEXT, "history_version": 12, "generation_attempt": 1, "seq": 1},
    }


async def test_second_create_fails(parts: PartsBuffer, key: EpisodeKey) -> None:
    parts.create(key)
    with pytest.raises(EpisodeExists):
        parts.create(key)


async def test_add_needs_an_open_episode(parts: PartsBuffer, key: EpisodeKey) -> None:
    with pytest.raises(EpisodeUnknown):
        parts.add(key, "assistant", TEXT)
    with pytest.raises(EpisodeUnknown):
        parts.get(key)
    parts.create(key)
    parts.close(key)
    parts.close(key)
    with pytest.raises(EpisodeClosed):
        parts.add(key, "assistant", TEXT)


async def test_closing_an_unknown_episode_creates_it_closed(parts: PartsBuffer, key: EpisodeKey) -> None:
    parts.close(key)
    with pytest.raises(EpisodeExists):
        parts.create(key)
    assert parts.get(key) == []
    assert await collect(parts, key) == []


async def test_full_episode_takes_nothing_more(key: EpisodeKey) -> None:
    parts = PartsBuffer(Settings(parts_episode_bytes=1024))
    parts.create(key)
    large = {"type": "text", "text": "x" * 600}
    assert parts.add(key, "assistant", large) == 1
    for part in (large, TEXT):
        with pytest.raises(EpisodeFull):
            parts.add(key, "assistant", part)
    assert len(parts.get(key)) == 1


async def test_subscribers_replay_then_follow_and_end_with_the_episode(parts: PartsBuffer, key: EpisodeKey) -> None:
    early = asyncio.create_task(collect(parts, key))
    await asyncio.sleep(0)
    parts.create(key)
    parts.add(key, "assistant", TEXT)
    late = asyncio.create_task(collect(parts, key))
    behind = asyncio.create_task(collect(parts, key, after_seq=2))
    for _ in range(300):
        parts.add(key, "assistant", TEXT)
        await asyncio.sleep(0)
    parts.close(key)
    everything = list(range(1, 302))
    assert await early == await late == everything
    assert await behind == everything[2:]


async def test_closed_episodes_go_after_the_retention_and_without_subscribers(
    parts: PartsBuffer, key: EpisodeKey
) -> None:
    parts.create(key)
    episode = parts.watch(key, signal := Signal())
    parts.close(key)
    await asyncio.sleep(0.08)
    assert parts.get(key) == []
    parts.unwatch(episode, signal)
    with pytest.raises(EpisodeUnknown):
        parts.get(key)


async def test_waiting_for_an_episode_that_never_comes_leaves_nothing_behind(
    parts: PartsBuffer, key: EpisodeKey
) -> None:
    episode = parts.watch(key, signal := Signal())
    parts.unwatch(episode, signal)
    parts.unwatch(episode, signal)
    assert not parts._episodes


async def test_slow_subscriber_is_closed(key: EpisodeKey) -> None:
    parts = PartsBuffer(Settings(slow_viewer_seconds=0.01))
    parts.create(key)
    parts.add(key, "assistant", TEXT)
    batches = parts.subscribe(key)
    await anext(batches)
    parts.add(key, "assistant", TEXT)
    time.sleep(0.02)
    with pytest.raises(SlowSubscriber):
        await anext(batches)


async def test_first_part_wakes_at_once_and_load_is_gathered(parts: PartsBuffer) -> None:
    signal = Signal()
    keys = [EpisodeKey(uuid.uuid4(), 1, 1) for _ in range(20)]
    for key in keys:
        parts.create(key)
        parts.watch(key, signal)
    parts.add(keys[0], "assistant", TEXT)
    assert signal.is_set()
    parts._rate = 10_000.0
    parts._window_start = asyncio.get_running_loop().time()
    signal.clear()
    started = time.perf_counter()
    for _ in range(10):
        parts.add(keys[0], "assistant", TEXT)
    assert not signal.is_set()
    async with asyncio.timeout(1):
        await signal.wait()
    assert 0.015 < time.perf_counter() - started < 0.2


async def test_lone_surrogates_become_replacement_characters(parts: PartsBuffer, key: EpisodeKey) -> None:
    parts.create(key)
    parts.add(key, "assistant", {"type": "text", "text": "a\ud83d", "list": ["\udc00", {"k\ud800": "\u0000"}]})
    assert parts.get(key)[0].part == {"type": "text", "text": "a\ufffd", "list": ["\ufffd", {"k\ufffd": "\u0000"}]}
