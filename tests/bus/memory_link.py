"""A broker in memory: what the tests of the bus itself need, with faults on demand."""

import asyncio
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from palaver.stream.bus import Destination, LinkDown


@dataclass
class MemoryBroker:
    """Hands frames on in the order of sending, each one loop turn later.

    `up` False refuses and cuts; `keeps(frame)` decides what is not lost; `deaf` swallows everything without a word;
    `seconds_to_send` is how long it keeps a sender.
    """

    up: bool = True
    deaf: bool = False
    seconds_to_send: float = 0.0
    keeps: Callable[[bytes], bool] = lambda frame: True
    links: dict[uuid.UUID, "MemoryLink"] = field(default_factory=dict)
    frames: list[tuple[Destination, bytes]] = field(default_factory=list)

    def link(self, frame_bytes: int = 1024) -> "MemoryLink":
        """A link to this broker."""
        return MemoryLink(self, frame_bytes)

    def cut(self) -> None:
        """End all connections and take no new ones."""
        self.up = False
        for link in list(self.links.values()):
            link.lose("cut")

    def deliver(self, destination: Destination, frame: bytes) -> None:
        """Hand a frame to whom it is for."""
        self.frames.append((destination, frame))
        if self.deaf or not self.keeps(frame):
            return
        for replica_id, link in self.links.items():
            if destination is None or destination == replica_id:
                asyncio.get_running_loop().call_soon(link.receive, frame)


class MemoryLink:
    """See Link."""

    name = "memory"

    def __init__(self, broker: MemoryBroker, frame_bytes: int) -> None:
        self.frame_bytes = frame_bytes
        self.broker = broker
        self.receive: Callable[[bytes], None] = lambda frame: None
        self.lose: Callable[[str], None] = lambda reason: None
        self._replica_id: uuid.UUID | None = None

    async def open(self, replica_id: uuid.UUID, receive: Callable[[bytes], None], lost: Callable[[str], None]) -> None:
        await asyncio.sleep(0)
        if not self.broker.up:
            raise LinkDown("the broker is down")
        self._replica_id, self.receive, self.lose = replica_id, receive, lost
        self.broker.links[replica_id] = self

    async def send(self, frames: Sequence[tuple[Destination, bytes]]) -> None:
        self._check()
        for destination, frame in frames:
            assert len(frame) <= self.frame_bytes
            assert b"\0" not in frame
            frame.decode()
            self.broker.deliver(destination, frame)
        await asyncio.sleep(self.broker.seconds_to_send)

    async def probe(self) -> None:
        self._check()
        await asyncio.sleep(0)

    async def close(self) -> None:
        if self._replica_id is not None and self.broker.links.get(self._replica_id) is self:
            del self.broker.links[self._replica_id]

    def _check(self) -> None:
        if not self.broker.up:
            raise LinkDown("the broker is down")
