"""The producer's side of the relay: what other processes follow of the episodes here, and how far each has been sent.

Holds positions, no parts: what could not be sent stays in the episode until it is asked for again.
"""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from palaver import metrics
from palaver.stream.parts import Episode, EpisodeKey, PartsBuffer
from palaver.stream.relay_frames import Ask, Parts, encode

FORGET_SECONDS: Final = 10.0
"""A follower that does not renew in this time has left, or died."""
WINDOW_BYTES: Final = 128 * 1024
"""Unconfirmed bytes of events of one episode on their way to one process: what many send at once fits into the bus."""
PAYLOAD_BYTES: Final = 32 * 1024
"""A message is sent when it passes this size: what is lost with one is little, and others get their turn."""
MAX_FOLLOWERS: Final = 20_000
"""Followed episodes, counted once per process that follows; further ones are not served."""

_SERVED = metrics.RELAY_EPISODES.labels("served")
_SENT = metrics.RELAY_PARTS.labels("sent")
_REFUSED = metrics.NOTICES_DROPPED.labels("relay")

Post = Callable[[uuid.UUID, bytes], bool]


@dataclass(slots=True, eq=False)
class Follower:
    """One process that follows one episode."""

    process: uuid.UUID
    episode: Episode
    wake: Callable[["Follower"], None]
    sent: int = 0
    """Seq of the last part sent."""
    unconfirmed: int = 0
    """Bytes of the events sent and not confirmed."""
    owed: bool = True
    """Has asked and was not answered."""
    told_end: bool = False
    renewed_at: float = 0.0
    waiting: bool = False

    def set(self) -> None:
        """The episode has news."""
        self.wake(self)

    @property
    def has_news(self) -> bool:
        """Whether there is something to send that the follower has room for."""
        more = self.sent < len(self.episode.events)
        return (
            self.owed
            or (more and self.unconfirmed < WINDOW_BYTES)
            or (self.episode.closed and not more and not self.told_end)
        )

    def next_parts(self, room: int) -> Parts:
        """What follows what was sent, of about `room` bytes, as sent."""
        episode, first, size = self.episode, self.sent + 1, 0
        bodies = []
        while self.sent < len(episode.events) and size < room and self.unconfirmed < WINDOW_BYTES:
            self.sent += 1
            bodies.append(episode.body(self.sent))
            size += len(bodies[-1])
            self.unconfirmed += len(episode.events[self.sent - 1])
        self.owed = False
        self.told_end = episode.closed and self.sent == len(episode.events)
        return Parts(episode.key, episode.tag, first, bodies, self.told_end)

    def confirm(self, have: int) -> None:
        """The follower has the parts 1 to `have`."""
        self.unconfirmed = sum(map(len, self.episode.events[have : self.sent]))

    def rewind(self, sent: int) -> None:
        """What was taken after the part `sent` was not sent; whether it was owed is not known any more, so it is."""
        self.unconfirmed -= sum(map(len, self.episode.events[sent : self.sent]))
        self.sent, self.owed, self.told_end = sent, True, False


class Serving:
    """All followers of this process's episodes. `post` sends to another process, False when it did not."""

    def __init__(self, parts: PartsBuffer, post: Post) -> None:
        self._parts = parts
        self._post = post
        self._followers: dict[tuple[uuid.UUID, EpisodeKey], Follower] = {}
        self._waiting: dict[uuid.UUID, list[Follower]] = {}
        self._flush: asyncio.Handle | None = None

    def __len__(self) -> int:
        return len(self._followers)

    def ask(self, process: uuid.UUID, ask: Ask) -> None:
        """Another process follows an episode, which need not exist yet, or goes on to."""
        follower = self._followers.get((process, ask.key))
        if follower is None:
            if len(self._followers) >= MAX_FOLLOWERS:
                _REFUSED.inc()
                return
            follower = Follower(process, Episode(ask.key), self._wake)
            follower.episode = self._parts.watch(ask.key, follower)
            self._followers[process, ask.key] = follower
            _SERVED.set(len(self._followers))
            ask = ask._replace(again=True)
        follower.renewed_at = asyncio.get_running_loop().time()
        episode = follower.episode
        have = min(ask.have, len(episode.events)) if ask.tag == episode.tag else 0
        if ask.again:
            follower.sent, follower.owed, follower.told_end = have, True, False
        if ask.again or ask.tag == episode.tag:
            follower.sent = max(follower.sent, have)
            follower.confirm(have)
        self._wake(follower)

    def leave(self, process: uuid.UUID, key: EpisodeKey) -> None:
        """Another process follows an episode no longer."""
        follower = self._followers.pop((process, key), None)
        if follower is not None:
            self._parts.unwatch(follower.episode, follower)
            _SERVED.set(len(self._followers))

    def forget_silent(self) -> None:
        """Drop followers that have not renewed in time."""
        limit = asyncio.get_running_loop().time() - FORGET_SECONDS
        for (process, key), follower in list(self._followers.items()):
            if follower.renewed_at < limit:
                self.leave(process, key)

    def go_on(self) -> None:
        """Other processes can be reached again: send what could not be sent."""
        for follower in self._followers.values():
            self._wake(follower)

    def close(self) -> None:
        """Drop all followers."""
        for process, key in list(self._followers):
            self.leave(process, key)
        if self._flush is not None:
            self._flush.cancel()

    # ---- sending ----

    def _wake(self, follower: Follower) -> None:
        """Send soon. The buffer has gathered already, and wakes many at once: they share a message."""
        if follower.waiting:
            return
        follower.waiting = True
        self._waiting.setdefault(follower.process, []).append(follower)
        if self._flush is None:
            self._flush = asyncio.get_running_loop().call_soon(self._send_all)

    def _send_all(self) -> None:
        self._flush = None
        waiting, self._waiting = self._waiting, {}
        for process, followers in waiting.items():
            for follower in followers:
                follower.waiting = False
            self._send(process, followers)

    def _send(self, process: uuid.UUID, followers: list[Follower]) -> None:
        """Send what is new to the followers, until the bus takes no more: the rest is sent when they ask again."""
        message = _Message()
        for follower in followers:
            while follower.has_news:
                message.add(follower)
                if message.size >= PAYLOAD_BYTES:
                    if not message.post(process, self._post):
                        return
                    message = _Message()
        if message.size:
            message.post(process, self._post)


class _Message:
    """Frames that go out together."""

    def __init__(self) -> None:
        self.size = 0
        self._parts = 0
        self._lines: list[bytes] = []
        self._before: list[tuple[Follower, int]] = []

    def add(self, follower: Follower) -> None:
        """Append the follower's next parts."""
        self._before.append((follower, follower.sent))
        parts = follower.next_parts(PAYLOAD_BYTES - self.size)
        lines = parts.lines()
        self.size += sum(map(len, lines))
        self._parts += len(parts.bodies)
        self._lines += lines

    def post(self, process: uuid.UUID, post: Post) -> bool:
        """Send all; False when it was dropped, and the followers are where they were."""
        if post(process, encode(self._lines)):
            _SENT.inc(self._parts)
            return True
        for follower, sent in reversed(self._before):
            follower.rewind(sent)
        return False
