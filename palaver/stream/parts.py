"""The live parts of running turns, in memory: one episode per (chat, history version, generation attempt).

A part is encoded once, as the stream event that every viewer gets. Viewers do not own queues: each reads on from the
last sequence number it has, so memory is bounded by the episodes' cap and by their number (running turns, and those
that ended within the retention time).
"""

import asyncio
import secrets
import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import orjson

from palaver.json_text import dump_json
from palaver.stream.signals import Signal

GATHER_SECONDS = 0.005
GATHER_SECONDS_UNDER_LOAD = 0.025
BUSY_PARTS_PER_SECOND = 100.0
LOADED_PARTS_PER_SECOND = 1000.0
RATE_WINDOW_SECONDS = 0.25
SUBSCRIBER_BATCH = 128


class EpisodeKey(NamedTuple):
    """Names one attempt to produce one assistant message."""

    chat_id: uuid.UUID
    history_version: int
    generation_attempt: int


class EpisodeExists(Exception):
    """The episode was created or closed before."""


class EpisodeUnknown(Exception):
    """No episode has this key, or its retention is over."""


class EpisodeClosed(Exception):
    """The episode takes no further parts."""


class EpisodeFull(Exception):
    """The part would pass the episode's cap; later, smaller parts are refused as well, so that no gap arises."""


class SlowSubscriber(Exception):
    """A subscriber did not take its parts in time."""


class PartsSettings(Protocol):
    """The settings that the buffer reads."""

    @property
    def parts_episode_bytes(self) -> int:
        """Cap of one episode, bytes of its parts as JSON."""

    @property
    def parts_retention_seconds(self) -> float:
        """How long a closed episode stays at least."""

    @property
    def slow_viewer_seconds(self) -> float:
        """How long a subscriber may leave parts untaken."""


class Watcher(Protocol):
    """Who wants to hear of an episode; a `Signal`, mostly."""

    def set(self) -> None:
        """There are parts, or the end. Called on the event loop's thread; must neither block nor raise."""


class BufferedPart(NamedTuple):
    """One live part as the producer gave it; `seq` counts from 1."""

    seq: int
    role: str
    part: dict[str, Any]


@dataclass(slots=True, eq=False)
class Episode:
    """The parts of one attempt; written by PartsBuffer, or a mirror of another process's; read by viewers."""

    key: EpisodeKey
    tag: str = ""
    """Names this producer's run: a second run of the same key, after a crash, has another. Empty until created."""
    events: list[bytes] = field(default_factory=list)
    """Encoded message_part events; the one with seq n is at n - 1."""
    size: int = 0
    """Bytes of the parts as JSON."""
    closed: bool = False
    full: bool = False
    known: bool = True
    """Whether what is here is told by its producer's buffer; a mirror has to be answered first."""
    watchers: set[Watcher] = field(default_factory=set)
    expired: bool = False
    """The retention is over; removed once nobody watches."""
    dirty: bool = False
    """Has parts whose watchers were not woken yet."""
    head: bytes = b""
    tail: bytes = b""

    @property
    def created(self) -> bool:
        """Whether a producer has created it; watchers may wait before that."""
        return bool(self.tag)

    @property
    def is_behind(self) -> bool:
        """Whether the producer may have more than what is here; never so in the producer's own buffer."""
        return False

    def begin(self, tag: str) -> None:
        """Name the producer's run."""
        key = self.key
        self.tag = tag
        self.head = b'{"type":"message_part","chat_id":"%b","message_part":' % str(key.chat_id).encode()
        attempt = b',"generation_attempt":%d' % key.generation_attempt if key.generation_attempt else b""
        self.tail = b',"history_version":%d%b,"seq":' % (key.history_version, attempt)

    def append(self, body: bytes) -> int:
        """Add a part's event and return its seq; `body` is its object `{"role": ..., "part": ...` without the end."""
        seq = len(self.events) + 1
        self.events.append(b"%b%b%b%d}}" % (self.head, body, self.tail, seq))
        return seq

    def body(self, seq: int) -> bytes:
        """What `append` was given for the part `seq`."""
        return self.events[seq - 1][len(self.head) : -(len(self.tail) + len(str(seq)) + 2)]

    def wake(self) -> None:
        """Tell all watchers."""
        self.dirty = False
        for watcher in self.watchers:
            watcher.set()


class PartsBuffer:
    """All episodes of this process. To be used on the event loop's thread only; no method but `subscribe` waits."""

    def __init__(self, settings: PartsSettings) -> None:
        self._cap = settings.parts_episode_bytes
        self._retention = settings.parts_retention_seconds
        self._subscriber_patience = settings.slow_viewer_seconds
        self._episodes: dict[EpisodeKey, Episode] = {}
        self._dirty: list[Episode] = []
        self._flush_planned = False
        self._window_start = 0.0
        self._window_parts = 0
        self._rate = 0.0

    # ---- the producer's side ----

    def create(self, key: EpisodeKey) -> None:
        """Open an episode; once per key. Raises EpisodeExists, also when it was closed before it was created.

        Its producer must close it, whatever happens: an open episode is never removed.
        """
        episode = self._episodes.get(key)
        if episode is None:
            episode = self._episodes[key] = Episode(key)
        elif episode.created:
            raise EpisodeExists(key)
        episode.begin(secrets.token_hex(4))

    def add(self, key: EpisodeKey, role: str, part: Mapping[str, Any]) -> int:
        """Append a live part (a contract ChatMessagePart, JSON values only) and return its seq.

        Watchers are woken at once for the first part of an episode, else within 25 ms, sooner when little goes on.
        Raises EpisodeUnknown, EpisodeClosed or EpisodeFull; a producer ignores them: live parts are a preview.
        """
        episode = self._episodes.get(key)
        if episode is None or not episode.created:
            raise EpisodeUnknown(key)
        if episode.closed:
            raise EpisodeClosed(key)
        encoded = dump_json(part)
        if episode.full or episode.size + len(encoded) > self._cap:
            episode.full = True
            raise EpisodeFull(key)
        episode.size += len(encoded)
        seq = episode.append(b'{"role":%b,"part":%b' % (orjson.dumps(role), encoded))
        self._plan_wake(episode, seq)
        return seq

    def close(self, key: EpisodeKey) -> None:
        """End an episode; idempotent. An unknown one is created closed: the interrupt may come before the producer."""
        episode = self._episodes.get(key)
        if episode is None:
            episode = self._episodes[key] = Episode(key)
        if not episode.created:
            episode.begin(secrets.token_hex(4))
        if episode.closed:
            return
        episode.closed = True
        episode.wake()
        asyncio.get_running_loop().call_later(self._retention, self._expire, episode)

    def get(self, key: EpisodeKey) -> list[BufferedPart]:
        """The parts so far. Raises EpisodeUnknown."""
        episode = self._episodes.get(key)
        if episode is None or not episode.created:
            raise EpisodeUnknown(key)
        parts = []
        for event in episode.events:
            payload = orjson.loads(event)["message_part"]
            parts.append(BufferedPart(payload["seq"], payload["role"], payload["part"]))
        return parts

    # ---- the viewers' side ----

    def watch(self, key: EpisodeKey, watcher: Watcher) -> Episode:
        """Have `watcher` set whenever the episode gets parts or is closed; an unknown episode is waited for.

        Read `episode.events` from the last seq taken; a watched episode is not removed. Each watch needs an `unwatch`.
        """
        episode = self._episodes.get(key)
        if episode is None:
            episode = self._episodes[key] = Episode(key)
        episode.watchers.add(watcher)
        return episode

    def unwatch(self, episode: Episode, watcher: Watcher) -> None:
        """Undo `watch`; idempotent."""
        episode.watchers.discard(watcher)
        self._remove_if_unused(episode)

    async def subscribe(self, key: EpisodeKey, after_seq: int = 0) -> AsyncIterator[list[bytes]]:
        """Batches of encoded events from `after_seq` on, then live, until the last part of the closed episode.

        Raises SlowSubscriber when the consumer takes longer than the patience for a batch while more parts wait.
        """
        signal = Signal()
        loop = asyncio.get_running_loop()
        episode = self.watch(key, signal)
        try:
            while True:
                signal.clear()
                batch = episode.events[after_seq : after_seq + SUBSCRIBER_BATCH]
                if batch:
                    after_seq += len(batch)
                    given = loop.time()
                    yield batch
                    waiting = len(episode.events) > after_seq
                    if waiting and loop.time() - given > self._subscriber_patience:
                        raise SlowSubscriber(key)
                elif episode.closed:
                    return
                else:
                    await signal.wait()
        finally:
            self.unwatch(episode, signal)

    # ---- inside ----

    def _plan_wake(self, episode: Episode, seq: int) -> None:
        """Wake now or gather: under load, many parts share one wake-up of the loop and one frame."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._window_parts += 1
        elapsed = now - self._window_start
        if elapsed >= RATE_WINDOW_SECONDS:
            self._rate = self._window_parts / elapsed
            self._window_start, self._window_parts = now, 0
        if seq == 1:
            episode.wake()
            return
        if episode.dirty or not episode.watchers:
            return
        episode.dirty = True
        self._dirty.append(episode)
        if not self._flush_planned:
            self._flush_planned = True
            if self._rate >= LOADED_PARTS_PER_SECOND:
                loop.call_later(GATHER_SECONDS_UNDER_LOAD, self._flush)
            elif self._rate >= BUSY_PARTS_PER_SECOND:
                loop.call_later(GATHER_SECONDS, self._flush)
            else:
                loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._flush_planned = False
        dirty, self._dirty = self._dirty, []
        for episode in dirty:
            episode.wake()

    def _expire(self, episode: Episode) -> None:
        episode.expired = True
        self._remove_if_unused(episode)

    def _remove_if_unused(self, episode: Episode) -> None:
        unused = not episode.watchers and (episode.expired or not episode.created)
        if unused and self._episodes.get(episode.key) is episode:
            del self._episodes[episode.key]
