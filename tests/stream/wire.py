"""What lies between relays: a network that a test may let lose, double, delay and turn around what crosses it."""

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field

from palaver.settings import Settings
from palaver.stream.parts import Episode, EpisodeKey, PartsBuffer
from palaver.stream.relay import PartsRelay
from palaver.stream.relay_frames import Ask, Leave, Parts, decode
from palaver.stream.signals import Signal


@dataclass
class Crossing:
    """A message on its way."""

    sender: uuid.UUID
    receiver: uuid.UUID
    payload: bytes


class Wire:
    """Carries messages at once, unless `held`: then they wait in `crossing` for the test to deliver or drop them."""

    def __init__(self) -> None:
        self.held = False
        self.cut = False
        self.room: int | None = None
        """Messages that still find room; None: all."""
        self.crossing: list[Crossing] = []
        self.carried: list[Crossing] = []
        self._ends: dict[uuid.UUID, WireEnd] = {}

    def end(self) -> "WireEnd":
        """A new replica's connection."""
        end = WireEnd(self)
        self._ends[end.replica_id] = end
        return end

    def carry(self, message: Crossing) -> bool:
        if self.room is not None:
            if self.room <= 0:
                return False
            self.room -= 1
        if self.cut:
            return False
        self.carried.append(message)
        if self.held:
            self.crossing.append(message)
        else:
            asyncio.get_running_loop().call_soon(self.deliver, message)
        return True

    def deliver(self, message: Crossing) -> None:
        end = self._ends.get(message.receiver)
        if end is not None:
            for callback in end.heard:
                callback(message.sender, message.payload)

    def deliver_all(self) -> None:
        """Everything that waits, and what is said upon it at once."""
        while self.crossing:
            self.deliver(self.crossing.pop(0))

    def restore(self) -> None:
        """The connections are back; all are told."""
        self.cut = False
        for end in self._ends.values():
            for callback in end.changed:
                callback(None)


@dataclass
class WireEnd:
    """The bus of one replica, as far as a relay knows it."""

    wire: Wire
    replica_id: uuid.UUID = field(default_factory=uuid.uuid4)
    heard: list[Callable[[uuid.UUID, bytes], None]] = field(default_factory=list)
    changed: list[Callable[[object], None]] = field(default_factory=list)

    def send(self, replica_id: uuid.UUID, payload: bytes) -> bool:
        payload.decode()
        return self.wire.carry(Crossing(self.replica_id, replica_id, payload))

    def on_message(self, callback: Callable[[uuid.UUID, bytes], None]) -> None:
        self.heard.append(callback)

    def on_change(self, callback: Callable[[object], None]) -> None:
        self.changed.append(callback)


class Replica:
    """One process's buffer and relay."""

    def __init__(self, wire: Wire, settings: Settings) -> None:
        self.bus = wire.end()
        self.parts = PartsBuffer(settings)
        self.relay = PartsRelay(self.bus, self.parts, settings)
        self.relay.start()

    @property
    def id(self) -> uuid.UUID:
        return self.bus.replica_id

    def follow(self, key: EpisodeKey, owner: uuid.UUID | None) -> tuple[Episode, Signal]:
        signal = Signal()
        return self.relay.watch(key, owner, signal), signal

    def say(self, key: EpisodeKey, *texts: str) -> None:
        for text in texts:
            self.parts.add(key, "assistant", {"type": "text", "text": text})
        self.parts._flush()

    def events(self, key: EpisodeKey) -> list[bytes]:
        return self.parts._episodes[key].events


def renew(*replicas: Replica) -> None:
    """The next renewal comes now."""
    for replica in replicas:
        if replica.relay._timer is not None:
            replica.relay._timer.cancel()
        replica.relay._renew()


def frames(messages: list[Crossing], kind: type[Ask | Leave | Parts]) -> list[Ask | Leave | Parts]:
    return [frame for message in messages for frame in decode(message.payload) if isinstance(frame, kind)]


async def settle(turns: int = 12) -> None:
    """Let what was called soon happen, and what that calls soon."""
    for _ in range(turns):
        await asyncio.sleep(0)
