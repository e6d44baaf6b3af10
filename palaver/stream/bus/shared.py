"""The bus of several processes: delivers here at once, and elsewhere through a broker while somebody is there.

Everything that may be lost is repaired: whoever was cut off, and whoever sees a gap in another's frames, tells all its
subscriptions to look at the database, and those who remember things to forget them.
"""

import asyncio
import uuid
from collections.abc import Callable
from typing import Final, ParamSpec

import structlog

from palaver.chat.notices import ChatNotice, Notice, OwnershipNotice, WatchNotice
from palaver.stream.bus.counters import BusCounters
from palaver.stream.bus.frames import (
    HEADER_BYTES,
    Farewell,
    Frame,
    Joiner,
    Malformed,
    Message,
    News,
    Piece,
    Presence,
    encode,
    frame,
    read_entries,
    read_frame,
    read_joined,
    split,
)
from palaver.stream.bus.interface import Change, OnChange, OnMessage
from palaver.stream.bus.keeper import Keeper, Timing
from palaver.stream.bus.link import Destination, Link, LinkDown
from palaver.stream.bus.local import LocalBus, check_message
from palaver.stream.bus.outbox import Outbox
from palaver.stream.bus.peers import Heard, Peers
from palaver.stream.bus.subscriptions import ChatSubscription
from palaver.stream.signals import Signal

FRAMES_PER_SEND: Final = 64
"""Frames that share a round trip: few enough for what comes meanwhile not to wait long."""
RESYNC_AT_ONCE: Final = 200
"""Streams that look at the database at the same time after a resync; the next ones follow in steps."""
RESYNC_STEP_SECONDS: Final = 0.05
log = structlog.get_logger(__name__)
_Arguments = ParamSpec("_Arguments")


class SharedBus(LocalBus):
    """One process's end of the bus that `link` makes; see Bus. `counters` tell what it did."""

    def __init__(self, replica_id: uuid.UUID, link: Link, timing: Timing | None = None) -> None:
        super().__init__(replica_id)
        self.counters = BusCounters()
        self._timing = timing or Timing()
        self._keeper: Keeper | None = None
        self._link = link
        self._room = link.frame_bytes - HEADER_BYTES
        self._outbox = Outbox()
        self._peers = Peers(self._timing.probe)
        self._joiner = Joiner()
        self._on_change: list[OnChange] = []
        self._on_message: list[OnMessage] = []
        self._confirmed = asyncio.Event()
        self._flushed = asyncio.Event()
        self._open = self._is_sending = False
        self._newcomer_until = 0.0
        self._was_connected = False
        self._missed_some = False
        self._broadcasts = self._directs = self._split = 0
        self._present_at = 0.0
        self._echo_since: float | None = None
        self._resynced_at = float("-inf")
        self._resync_planned: asyncio.TimerHandle | None = None

    # ---- life ----

    @property
    def connected(self) -> bool:
        """Whether the broker was reached, and what we send comes back."""
        return self._confirmed.is_set()

    @property
    def hears_all(self) -> bool:
        """Whether the broker was reached; whoever else was cut off makes itself known when it is back."""
        return self.connected

    @property
    def peers(self) -> int:
        """Other replicas heard of lately."""
        return len(self._peers)

    async def start(self) -> None:
        """See Bus.start."""
        if self._keeper is not None:
            return
        self._keeper = Keeper(self._link, self._timing, self)
        self._keeper.start()
        try:
            async with asyncio.timeout(self._timing.start):
                await self._confirmed.wait()
        except TimeoutError:
            log.warning("the bus is not connected yet, going on without it", action="bus_degraded")

    async def stop(self) -> None:
        """See Bus.stop."""
        keeper, self._keeper = self._keeper, None
        if keeper is None:
            return
        try:
            async with asyncio.timeout(self._timing.farewell):
                await self._flush()
                # By itself, as the very last: whoever is heard of later is taken to be there.
                if self.connected and self._outbox.put(None, [encode(Farewell())]):
                    await self._flush()
        except TimeoutError:
            log.warning("the bus could not send everything", action="bus_not_flushed")
        await keeper.stop()
        if self._resync_planned is not None:
            self._resync_planned.cancel()

    async def _flush(self) -> None:
        """Wait until everything is sent, or can no longer be."""
        while self.connected and (self._outbox or self._is_sending):
            self._flushed.clear()
            await self._flushed.wait()

    # ---- telling others ----

    def publish(self, notice: Notice) -> None:
        """See Bus.publish."""
        super().publish(notice)
        if not self._somebody_listens():
            return
        if not isinstance(notice, ChatNotice):
            self._tell_all(notice)
        elif not self._outbox.put_notice(notice):
            self._drop()

    def announce(self, change: Change) -> None:
        """See Bus.announce."""
        if self._somebody_listens():
            self._tell_all(change)

    def send(self, replica_id: uuid.UUID, payload: bytes) -> bool:
        """See Bus.send. A replica that was not heard of is not there, unless not everybody could be heard yet."""
        check_message(payload)
        may_be_there = replica_id in self._peers or self._peers.is_crowd or self._is_newcomer()
        if not self._open or not may_be_there or replica_id == self.replica_id:
            return False
        kept = self._outbox.put(replica_id, self._in_pieces(Message(payload)))
        if not kept:
            self.counters.count_dropped()
        return kept

    def on_change(self, callback: OnChange) -> None:
        """See Bus.on_change."""
        self._on_change.append(callback)

    def on_message(self, callback: OnMessage) -> None:
        """See Bus.on_message."""
        self._on_message.append(callback)

    def _somebody_listens(self) -> bool:
        if self._open and (self._peers or self._is_newcomer()):
            return True
        self._missed_some = True
        return False

    def _is_newcomer(self) -> bool:
        """Whether others may be there who have not answered yet."""
        return asyncio.get_running_loop().time() < self._newcomer_until

    def _tell_all(self, news: News) -> None:
        if not self._outbox.put(None, self._in_pieces(news)):
            self._drop()

    def _in_pieces(self, news: News) -> list[bytes]:
        self._split += 1
        return split(encode(news), self._room, self._split)

    def _drop(self) -> None:
        self.counters.count_dropped()
        self._skip_number()

    def _skip_number(self) -> None:
        """Make the others see a gap, so that they look for themselves."""
        self._broadcasts += 1

    # ---- the link's end: called by the keeper ----

    @property
    def waiting(self) -> Signal:
        """Set while there is something to send."""
        return self._outbox.signal

    @property
    def hurried(self) -> Signal:
        """Set while something waits for one replica alone."""
        return self._outbox.hurried

    def link_opened(self) -> None:
        """Tell the others; whether the link works is known once we hear that ourselves."""
        self._open = True
        self._newcomer_until = asyncio.get_running_loop().time() + self._timing.newcomer
        if self._broadcasts or self._missed_some:
            self._skip_number()
        self._missed_some = False
        self._say_present(is_new=True)

    def link_closed(self) -> None:
        """Forget who was there and what was to be sent: it would be old."""
        self._open = self._is_sending = False
        self._confirmed.clear()
        self._newcomer_until = 0.0
        self._echo_since = None
        self._peers.clear()
        self._joiner.clear()
        self.counters.count_dropped(self._outbox.clear())
        self._flushed.set()

    def take_frames(self) -> list[tuple[Destination, bytes]]:
        """The next frames to send."""
        frames: list[tuple[Destination, bytes]] = []
        for destination, entries in self._outbox.take(self._room, FRAMES_PER_SEND):
            is_direct = destination is not None
            if is_direct:
                self._directs += 1
            else:
                self._broadcasts += 1
            number = self._directs if is_direct else self._broadcasts
            frames.append((destination, frame(self.replica_id, is_direct=is_direct, number=number, entries=entries)))
        self._is_sending = bool(frames)
        return frames

    def frames_sent(self, frames: int, size: int) -> None:
        """Note that the broker has taken frames of `size` bytes together."""
        self.counters.count_sent(frames, size)
        self._is_sending = False
        self._flushed.set()

    def tick(self) -> None:
        """Show that we are here, and see who is not. Raises LinkDown when we do not hear ourselves."""
        now = asyncio.get_running_loop().time()
        if self._echo_since is not None and now - self._echo_since > self._timing.echo:
            raise LinkDown("what is sent does not come back")
        for replica_id in self._peers.forget_silent(now):
            self._joiner.forget_sender(replica_id)
            log.info("a replica has gone silent", action="bus_peer_silent", peer=str(replica_id))
        self._joiner.forget_older(now)
        # Half a tick early rather than half a tick late.
        if self.connected and now >= self._present_at + self._peers.interval - self._timing.probe / 2:
            self._say_present(is_new=False)

    def _say_present(self, *, is_new: bool) -> None:
        now = asyncio.get_running_loop().time()
        self._present_at = now
        presence = Presence(self._peers.interval, is_new, self._broadcasts)
        # With a full outbox there is nothing to wait for.
        if self._outbox.put(None, [encode(presence)]) and self._echo_since is None:
            self._echo_since = now

    # ---- hearing others ----

    def receive(self, data: bytes) -> None:
        """Take a frame from the broker; never raises."""
        self.counters.count_received(len(data))
        try:
            heard = read_frame(data)
            if heard.sender == self.replica_id:
                self._hear_self(heard)
            else:
                self._hear(heard)
        except Malformed as error:
            self.counters.count_malformed()
            log.debug("a frame on the bus could not be read", action="bus_malformed", reason=str(error))

    def _hear_self(self, heard: Frame) -> None:
        if self._echo_since is None or heard.is_direct:
            return
        if not any(isinstance(news, Presence) for news in read_entries(heard.entries)):
            return
        self.counters.count_echo(asyncio.get_running_loop().time() - self._echo_since)
        self._echo_since = None
        if not self._open or self.connected:
            return
        self._confirmed.set()
        if self._was_connected:
            self.counters.count_reconnect()
        log.info("the bus is connected", action="bus_connected", broker=self._link.name, again=self._was_connected)
        self._was_connected = True
        self._resync()

    def _hear(self, heard: Frame) -> None:
        entries = read_entries(heard.entries)
        is_stranger = heard.sender not in self._peers
        verdict = self._peers.hear(heard, asyncio.get_running_loop().time())
        if verdict is Heard.OLD:
            return
        if is_stranger and self._missed_some and not _is_greeting(entries):
            # It was here all the time, and we have kept silent because we did not know.
            self._missed_some = False
            self._skip_number()
        for news in entries:
            self._take(heard, news)
        if verdict is Heard.GAP:
            self._resync_soon()

    def _take(self, heard: Frame, news: News | Piece) -> None:
        match news:
            case ChatNotice() | OwnershipNotice() | WatchNotice():
                super().publish(news)
            case Change():
                self._tell_of(news)
            case Message():
                if heard.is_direct:
                    for on_message in self._on_message:
                        _call(on_message, heard.sender, news.payload)
            case Presence():
                self._peers.note_presence(heard.sender, news.interval, news.number)
                if news.is_new and self._peers.shall_answer():
                    answer = Presence(self._peers.interval, False, self._broadcasts)
                    self._outbox.put(heard.sender, [encode(answer)])
            case Farewell():
                self._peers.forget(heard.sender)
                self._joiner.forget_sender(heard.sender)
            case Piece():
                joined = self._joiner.add(heard.sender, news, asyncio.get_running_loop().time())
                if joined is not None:
                    self._take(heard, read_joined(joined))

    def _tell_of(self, change: Change | None) -> None:
        for on_change in self._on_change:
            _call(on_change, change)

    # ---- repairs ----

    def _resync_soon(self) -> None:
        """Resync now, or a little later when there was one just now; never twice for the same gap."""
        loop = asyncio.get_running_loop()
        if self._resync_planned is not None:
            return
        wait = self._resynced_at + self._timing.resync - loop.time()
        if wait <= 0:
            self._resync()
        else:
            self._resync_planned = loop.call_later(wait, self._resync)

    def _resync(self) -> None:
        """Have everybody look at the database: at once the few that serve many, one after the other the many."""
        loop = asyncio.get_running_loop()
        if self._resync_planned is not None:
            self._resync_planned.cancel()
            self._resync_planned = None
        self._resynced_at = loop.time()
        self.counters.resyncs += 1
        self._tell_of(None)
        streams: list[ChatSubscription] = []
        for subscription in self.subscriptions():
            if isinstance(subscription, ChatSubscription):
                streams.append(subscription)
            else:
                subscription.resync()
        for first in range(0, len(streams), RESYNC_AT_ONCE):
            some = streams[first : first + RESYNC_AT_ONCE]
            loop.call_later(first / RESYNC_AT_ONCE * RESYNC_STEP_SECONDS, _resync_all, some)


def _resync_all(streams: list[ChatSubscription]) -> None:
    for stream in streams:
        stream.resync()


def _is_greeting(entries: list[News | Piece]) -> bool:
    return any(isinstance(news, Presence) and news.is_new for news in entries)


def _call(callback: Callable[_Arguments, None], *arguments: _Arguments.args, **named: _Arguments.kwargs) -> None:
    """A fault of one listener is its own."""
    try:
        callback(*arguments, **named)
    except Exception:
        log.exception("a listener of the bus failed", action="bus_listener_failed")
