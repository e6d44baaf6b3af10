"""Who else is on the bus: replicas heard of lately, and which of their frames have been heard."""

import random
import uuid
from dataclasses import dataclass
from enum import Enum
from typing import Final

from palaver.stream.bus.frames import Frame

_PRESENCE_SECONDS_PER_PEER: Final = 0.02
"""In a large fleet signs of life are rarer, so that all of them together stay a trickle: 50 a second."""
_MISSES: Final = 3
_CROWD: Final = 50
"""In a larger fleet about so many answer a newcomer; it hears of the others when they say that they are there."""
MAX_PEERS: Final = 10_000


class Heard(Enum):
    """What a frame's number says."""

    NEXT = "next"
    GAP = "gap"
    """Frames to everyone were lost before this one."""
    OLD = "old"
    """Heard before, or overtaken: to be dropped."""


@dataclass(slots=True)
class _Peer:
    seen_at: float
    interval: float
    last_direct: int = -1
    last_broadcast: int | None = None
    """None until a number is known."""


class Peers:
    """Bounded by MAX_PEERS: frames of further replicas are dropped.

    `least_interval`: seconds between our own signs of life while the fleet is small.
    """

    def __init__(self, least_interval: float) -> None:
        self._least_interval = least_interval
        self._peers: dict[uuid.UUID, _Peer] = {}

    def __len__(self) -> int:
        return len(self._peers)

    def __contains__(self, replica_id: uuid.UUID) -> bool:
        return replica_id in self._peers

    @property
    def interval(self) -> float:
        """Seconds between our own signs of life."""
        return max(self._least_interval, len(self._peers) * _PRESENCE_SECONDS_PER_PEER)

    @property
    def is_crowd(self) -> bool:
        """Whether there are so many that a newcomer does not know them all."""
        return len(self._peers) >= _CROWD

    def shall_answer(self) -> bool:
        """Whether it is on us to answer a newcomer."""
        return random.random() * len(self._peers) <= _CROWD  # noqa: S311 - not a secret

    def hear(self, frame: Frame, now: float) -> Heard:
        """Note a frame of another replica."""
        peer = self._peers.get(frame.sender)
        if peer is None:
            if len(self._peers) >= MAX_PEERS:
                return Heard.OLD
            peer = self._peers[frame.sender] = _Peer(now, self.interval)
        peer.seen_at = now
        if frame.is_direct:
            if frame.number <= peer.last_direct:
                return Heard.OLD
            peer.last_direct = frame.number
            return Heard.NEXT
        if peer.last_broadcast is not None and frame.number <= peer.last_broadcast:
            return Heard.OLD
        # A replica's first number is 1: whoever is unknown and has a higher one has spoken unheard.
        expected = (peer.last_broadcast or 0) + 1
        peer.last_broadcast = frame.number
        return Heard.NEXT if frame.number == expected else Heard.GAP

    def note_presence(self, sender: uuid.UUID, interval: float, number: int) -> None:
        """Note a replica's own words: when it will be heard again, and the number of its last frame to everyone."""
        peer = self._peers.get(sender)
        if peer is not None:
            peer.interval = interval
            if peer.last_broadcast is None:
                peer.last_broadcast = number

    def forget(self, replica_id: uuid.UUID) -> None:
        """A replica has left."""
        self._peers.pop(replica_id, None)

    def forget_silent(self, now: float) -> list[uuid.UUID]:
        """Forget those who have missed several signs of life; returns them."""
        silent = [replica for replica, peer in self._peers.items() if now - peer.seen_at > _MISSES * peer.interval]
        for replica in silent:
            del self._peers[replica]
        return silent

    def clear(self) -> None:
        """Forget all: we were deaf."""
        self._peers.clear()
