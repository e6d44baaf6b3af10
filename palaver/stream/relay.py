"""Live parts across processes: who watches a chat here whose turn runs elsewhere, follows a mirror of its episode.

One asking per episode and process, however many viewers; renewed every few seconds with what was received, so that
whatever was lost is sent again, and forgotten by the producer's process when it is not. Mirrors carry the producer's
tag: a cursor that one process wrote is good on every other.
"""

import asyncio
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final, Protocol

import structlog

from palaver import metrics
from palaver.stream.parts import Episode, EpisodeKey, PartsBuffer, PartsSettings, Watcher
from palaver.stream.relay_frames import Ask, Leave, Parts, decode, encode
from palaver.stream.relay_serving import WINDOW_BYTES, Serving

RENEW_SECONDS: Final = 3.0
FIRST_REPAIR_SECONDS: Final = 0.1
LONGEST_REPAIR_SECONDS: Final = 5.0
"""Bounds of the time between two askings for the same gap; doubles from the first (states.yaml `stream.relay`)."""
ASKS_PER_MESSAGE: Final = 256

_FOLLOWED = metrics.RELAY_EPISODES.labels("followed")
_RECEIVED = metrics.RELAY_PARTS.labels("received")
_MALFORMED = metrics.NOTICES_DROPPED.labels("malformed")

log = structlog.get_logger(__name__)


class RelayBus(Protocol):
    """What the relay needs of the bus; see `palaver.stream.bus.Bus`."""

    @property
    def replica_id(self) -> uuid.UUID:
        """Names this process."""

    def send(self, replica_id: uuid.UUID, payload: bytes) -> bool:
        """Tell one other process, best effort; False when it is dropped at once."""

    def on_message(self, callback: Callable[[uuid.UUID, bytes], None]) -> None:
        """Have `callback` called with the sender and the payload of each message to this process."""

    def on_change(self, callback: Callable[[object], None]) -> None:
        """Have `callback` called with None after a reconnect, among others."""


@dataclass(slots=True, eq=False)
class Mirror(Episode):
    """What was received of an episode that another process produces."""

    owner: uuid.UUID = field(kw_only=True)
    cap: int = field(kw_only=True)
    """Bytes of parts that are kept, as in the producer's buffer."""
    known: bool = False
    grew: bool = False
    """Parts came since the last renewal."""
    unconfirmed: int = 0
    """Bytes of events that came since the last asking."""
    repair_at: float = 0.0
    """Not before this time is a gap asked for again."""
    repair_delay: float = 0.0

    def take(self, parts: Parts) -> bool:
        """Add what is new; False when there is a gap before it."""
        self.known = True
        if parts.tag != self.tag:
            if not parts.tag:
                # The producer has not begun, or its process has forgotten it: what came before is good still.
                return True
            self.begin(parts.tag)
            self.events, self.size, self.closed, self.full = [], 0, False, False
        if self.full:
            return True
        held = len(self.events)
        if parts.first > held + 1:
            return False
        for body in parts.bodies[held + 1 - parts.first :]:
            size = len(body) - body.index(b',"part":') - 8
            if self.full or self.size + size > self.cap:
                self.full = True
                break
            self.size += size
            self.append(body)
            self.unconfirmed += len(self.events[-1])
        if len(self.events) > held:
            self.grew, self.repair_delay = True, 0.0
            _RECEIVED.inc(len(self.events) - held)
        if parts.closed and len(self.events) >= parts.first + len(parts.bodies) - 1:
            self.closed = True
        return True

    @property
    def is_behind(self) -> bool:
        """See Episode.is_behind."""
        return not self.closed

    @property
    def complete(self) -> bool:
        """Whether nothing more can come."""
        return self.closed or self.full

    def ask(self, *, again: bool) -> Ask:
        """What to say to the owner now."""
        self.unconfirmed = 0
        return Ask(self.key, self.tag, len(self.events), again)


class PartsRelay:
    """Watches episodes wherever they are produced, and serves those that are produced here.

    `start` before the first message can come, `stop` at the end. To be used on the event loop's thread only; nothing
    here waits.
    """

    def __init__(self, bus: RelayBus, parts: PartsBuffer, settings: PartsSettings) -> None:
        self._bus = bus
        self._parts = parts
        self._cap = settings.parts_episode_bytes
        self._serving = Serving(parts, bus.send)
        self._mirrors: dict[tuple[uuid.UUID, EpisodeKey], Mirror] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._stopped = False

    def start(self) -> None:
        """Begin to hear other processes."""
        self._bus.on_message(self._hear)
        self._bus.on_change(self._hear_change)

    def stop(self) -> None:
        """Follow and serve nothing more; idempotent."""
        self._stopped = True
        if self._timer is not None:
            self._timer.cancel()
        self._leave(list(self._mirrors.values()))
        self._serving.close()

    def watch(self, key: EpisodeKey, owner: uuid.UUID | None, watcher: Watcher) -> Episode:
        """Have `watcher` set whenever the episode gets parts or is closed, wherever it is produced.

        `owner` is the worker that holds the chat; None: nobody does, so what there is would be here. See
        `PartsBuffer.watch`; an episode of another process is not `known` before that process has answered.
        """
        if owner is None or owner == self._bus.replica_id:
            return self._parts.watch(key, watcher)
        mirror = self._mirrors.get((owner, key))
        if mirror is None:
            mirror = self._mirrors[owner, key] = Mirror(key, owner=owner, cap=self._cap)
            _FOLLOWED.set(len(self._mirrors))
            self._ask(mirror)
            self._plan_renewal()
        mirror.watchers.add(watcher)
        return mirror

    def unwatch(self, episode: Episode, watcher: Watcher) -> None:
        """Undo `watch`; idempotent. A mirror stays until the next renewal: its viewer may come back at once."""
        if isinstance(episode, Mirror):
            episode.watchers.discard(watcher)
        else:
            self._parts.unwatch(episode, watcher)

    # ---- hearing ----

    def _hear(self, sender: uuid.UUID, payload: bytes) -> None:
        if self._stopped:
            return
        try:
            for frame in decode(payload):
                match frame:
                    case Parts():
                        self._take(sender, frame)
                    case Ask():
                        self._serving.ask(sender, frame)
                        self._plan_renewal()
                    case Leave():
                        self._serving.leave(sender, frame.key)
        except ValueError as error:
            _MALFORMED.inc()
            log.warning("a relayed message could not be read", sender=str(sender), error=str(error))

    def _take(self, sender: uuid.UUID, parts: Parts) -> None:
        mirror = self._mirrors.get((sender, parts.key))
        if mirror is None:
            return
        if mirror.take(parts):
            mirror.wake()
            if mirror.unconfirmed >= WINDOW_BYTES // 2:
                self._ask(mirror, again=False)
            return
        mirror.wake()
        now = asyncio.get_running_loop().time()
        if now >= mirror.repair_at:
            mirror.repair_delay = min(max(2 * mirror.repair_delay, FIRST_REPAIR_SECONDS), LONGEST_REPAIR_SECONDS)
            mirror.repair_at = now + mirror.repair_delay
            metrics.RELAY_GAPS.inc()
            self._ask(mirror)

    def _hear_change(self, change: object) -> None:
        """After a reconnect (None) anything may have been lost, on both ways."""
        if change is None and not self._stopped:
            self._ask_all([mirror for mirror in self._mirrors.values() if not mirror.complete], again=True)
            self._serving.go_on()

    # ---- asking ----

    def _ask(self, mirror: Mirror, *, again: bool = True) -> None:
        self._bus.send(mirror.owner, encode(mirror.ask(again=again).lines()))

    def _plan_renewal(self) -> None:
        if self._timer is None and not self._stopped and (self._mirrors or self._serving):
            self._timer = asyncio.get_running_loop().call_later(RENEW_SECONDS, self._renew)

    def _renew(self) -> None:
        """Drop what nobody watches here, tell the owners of the rest that it is followed, forget who tells us nothing.

        An episode that did not grow may have lost its last parts on the way, or the asking itself: it is asked for
        again.
        """
        self._timer = None
        self._leave([mirror for mirror in self._mirrors.values() if not mirror.watchers])
        followed = [mirror for mirror in self._mirrors.values() if not mirror.complete]
        self._ask_all([mirror for mirror in followed if mirror.grew], again=False)
        self._ask_all([mirror for mirror in followed if not mirror.grew], again=True)
        for mirror in followed:
            mirror.grew = False
        self._serving.forget_silent()
        self._plan_renewal()

    def _ask_all(self, mirrors: Iterable[Mirror], *, again: bool) -> None:
        self._tell_owners((mirror.owner, mirror.ask(again=again).lines()) for mirror in mirrors)

    def _leave(self, mirrors: list[Mirror]) -> None:
        for mirror in mirrors:
            del self._mirrors[mirror.owner, mirror.key]
        _FOLLOWED.set(len(self._mirrors))
        self._tell_owners((mirror.owner, Leave(mirror.key).lines()) for mirror in mirrors)

    def _tell_owners(self, said: Iterable[tuple[uuid.UUID, list[bytes]]]) -> None:
        """Send each owner what is said to it, in few messages."""
        lines: dict[uuid.UUID, list[bytes]] = {}
        for owner, more in said:
            lines.setdefault(owner, []).extend(more)
        for owner, all_lines in lines.items():
            for start in range(0, len(all_lines), ASKS_PER_MESSAGE):
                self._bus.send(owner, encode(all_lines[start : start + ASKS_PER_MESSAGE]))
