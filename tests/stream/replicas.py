"""One chat seen from several processes: each with a bus, a buffer and a relay of its own, all over one database."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from palaver.chat import transitions
from palaver.chat.machine import ChatMachine
from palaver.stream.bus import LocalBus, SharedBus, Timing
from palaver.stream.parts import PartsBuffer
from palaver.stream.relay import PartsRelay
from tests.bus.memory_link import MemoryBroker
from tests.stream.world import LiveChat, Viewer

QUICK = Timing(probe=0.05, echo=0.5, answer=0.5, backoff_least=0.01, backoff_most=0.05, resync=0.05)


@dataclass
class ReplicaChat(LiveChat):
    """The chat as one process has it; `bus.replica_id` is also the id of the worker that the test plays."""

    own_relay: PartsRelay = field(kw_only=True)

    @property
    def relay(self) -> PartsRelay:
        """The relay of this process."""
        return self.own_relay

    async def take_over(self) -> None:
        """Acquire the chat, whoever had it."""
        async with self.machine.update(self.id) as tx:
            await transitions.acquire(tx, self.bus.replica_id, uuid.uuid4())

    async def let_go(self) -> None:
        """Abandon the chat."""
        async with self.machine.update(self.id) as tx:
            await transitions.abandon(tx)


def replica_of(chat: LiveChat, bus: LocalBus) -> ReplicaChat:
    """Another process that has the chat's database and is on `bus`."""
    parts = PartsBuffer(chat.settings)
    relay = PartsRelay(bus, parts, chat.settings)
    relay.start()
    machine = ChatMachine(chat.database, bus)
    return ReplicaChat(chat.database, chat.settings, bus, parts, machine, chat.owner_id, chat.id, own_relay=relay)


@asynccontextmanager
async def replicas(chat: LiveChat, count: int, broker: MemoryBroker | None = None) -> AsyncIterator[list[ReplicaChat]]:
    """So many processes that know of each other."""
    broker = broker or MemoryBroker()
    async with AsyncExitStack() as stack:
        made = []
        for _ in range(count):
            bus = SharedBus(uuid.uuid4(), broker.link(8000), QUICK)
            await bus.start()
            stack.push_async_callback(bus.stop)
            made.append(replica_of(chat, bus))
            stack.callback(made[-1].relay.stop)
        await until(lambda: all(replica.bus.peers == count - 1 for replica in made))
        yield made


async def until(condition: Callable[[], bool]) -> None:
    """Wait, 5 s at most, for something that nobody announces."""
    async with asyncio.timeout(5):
        while not condition():
            await asyncio.sleep(0.002)


async def see(viewer: Viewer, condition: Callable[[], bool], seconds: float = 5.0) -> list[str]:
    """Read until the condition holds; returns the types of what came, one `preview_reset` for several in a row.

    What changes in several steps resets once or at each, as the steps are heard of.
    """
    seen: list[str] = []
    async with asyncio.timeout(seconds):
        while not condition():
            seen += await viewer.catch_up()
    return [kind for kind, before in zip(seen, ["", *seen], strict=False) if not kind == before == "preview_reset"]
