"""The stream of one chat for one viewer: first a snapshot, then what changes, in the order of states.yaml `stream`.

Subscribes before it reads, so nothing falls between. Notices and wake-ups are hints: what is sent follows from the
viewer's position alone, and a periodic look at the database repairs what a lost notice would have left out.
"""

import asyncio
import uuid
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import aclosing
from typing import Final, Protocol, TypeVar

import structlog

from palaver import metrics
from palaver.chat.notices import ChatNotice
from palaver.database import Database
from palaver.stream import events
from palaver.stream.batches import Batch, Collected, part_cursors
from palaver.stream.bus import Bus, ChatSubscription
from palaver.stream.cursor import InvalidCursor, Position, parse_cursor
from palaver.stream.ending import BEHIND_SECONDS, RECHECK_SECONDS, Ending, ReadFailed, read_patiently
from palaver.stream.parts import Episode, EpisodeKey
from palaver.stream.relay import PartsRelay
from palaver.stream.signals import Signal
from palaver.stream.snapshot import Snapshot, Wanted, read_snapshot, read_snapshot_version

_PRODUCING: Final = ("running", "interrupting")
"""Statuses with live parts."""
log = structlog.get_logger(__name__)
_T = TypeVar("_T")


class StreamSettings(Protocol):
    """The settings that a stream reads."""

    @property
    def stream_poll_seconds(self) -> float:
        """Time between looks at the database."""

    @property
    def stream_buffer_events(self) -> int:
        """Events of one batch."""


class ChatStream:
    """One viewer's stream. Iterate `batches()` once; `ending` then tells why it ended.

    `after_id` drops message events up to that id from the first snapshot, unless messages were deleted meanwhile.
    `cursor` goes on where an earlier stream stopped; one that cannot be served is answered with history_reset, the
    whole snapshot and preview_reset.
    """

    def __init__(
        self,
        *,
        settings: StreamSettings,
        database: Database,
        bus: Bus,
        relay: PartsRelay,
        is_permitted: Callable[[], Awaitable[bool]],
        chat_id: uuid.UUID,
        after_id: int = 0,
        cursor: str | None = None,
    ) -> None:
        self.chat_id = chat_id
        self.ending = Ending.LEFT
        self._is_permitted = is_permitted
        self._poll_seconds = settings.stream_poll_seconds
        self._recheck_seconds = min(settings.stream_poll_seconds, RECHECK_SECONDS)
        self._batch_events = settings.stream_buffer_events
        self._database = database
        self._bus = bus
        self._relay = relay
        self._signal = Signal()
        self._stopped = False
        self._position = Position()
        self._after_id = after_id
        self._resumed = False
        self._reset = False
        self._fresh = True
        self._episode: Episode | None = None
        self._owner: uuid.UUID | None = None
        self._prefix = ""
        self._deadline: asyncio.Handle | None = None
        self._deadline_at = 0.0
        if cursor is not None:
            try:
                self._position = parse_cursor(cursor, chat_id)
                self._resumed = True
            except InvalidCursor:
                self._reset, self._after_id = True, 0

    def stop(self) -> None:
        """End the iteration at the next chance: the viewer has left. Idempotent."""
        self._stopped = True
        self._signal.set()

    async def batches(self, heartbeat_seconds: float | None = None) -> AsyncGenerator[Batch, None]:
        """All batches until the chat is deleted, the process drains, the database fails or `stop` is called.

        With `heartbeat_seconds` an empty batch comes after that time without events. Close the iterator (aclosing).
        """
        if self._bus.closed:
            self.ending = Ending.NOT_STARTED
            yield self._start_error("failed to subscribe to chat updates")
            return
        with self._bus.subscribe_chat(self.chat_id, self._signal) as notices:
            try:
                async with aclosing(self._sync(None)) as snapshot:
                    async for batch in snapshot:
                        yield batch
                async with aclosing(self._follow(notices, heartbeat_seconds)) as changes:
                    async for batch in changes:
                        yield batch
            except ReadFailed as failure:
                log.warning(
                    "chat stream ends: no read in all tries", chat_id=str(self.chat_id), error=str(failure.__cause__)
                )
                if self._fresh:
                    self.ending = Ending.NOT_STARTED
                    yield self._start_error("failed to load initial snapshot")
                else:
                    self.ending = Ending.READ_FAILED
            finally:
                self._watch(None, None)
                if self._deadline is not None:
                    self._deadline.cancel()

    async def _follow(self, notices: ChatSubscription, heartbeat_seconds: float | None) -> AsyncGenerator[Batch, None]:
        loop = asyncio.get_running_loop()
        sent_at = polled_at = checked_at = loop.time()
        while not self._stopped:
            self._signal.clear()
            if notices.take_resync():
                polled_at = loop.time() - self._poll_seconds
            if loop.time() >= checked_at + self._recheck_seconds:
                checked_at = loop.time()
                if not await self._reading(self._is_permitted):
                    self.ending = Ending.REVOKED
                    return
            batch = self._take_parts()
            if batch is not None:
                yield batch
                sent_at = loop.time()
            notice = notices.take()
            if notice is not None and notice.snapshot_version > self._position.snapshot_version:
                polled_at = loop.time()
                async with aclosing(self._sync(notice)) as changes:
                    async for batch in changes:
                        yield batch
                        sent_at = loop.time()
                continue
            if batch is not None:
                continue
            if self._bus.closed:
                self.ending = Ending.DRAINING
                return
            now = loop.time()
            if now >= polled_at + self._poll_seconds:
                polled_at = now
                version = await self._reading(lambda: read_snapshot_version(self._database, self.chat_id))
                if version != self._position.snapshot_version:
                    metrics.SYNC_REPAIRS.labels("stream").inc()
                    async with aclosing(self._sync(None)) as changes:
                        async for batch in changes:
                            yield batch
                            sent_at = loop.time()
                continue
            deadline = min(polled_at + self._poll_seconds, checked_at + self._recheck_seconds)
            if heartbeat_seconds is not None:
                if now >= sent_at + heartbeat_seconds:
                    sent_at = now
                    yield Batch((), iter(()))
                    continue
                deadline = min(deadline, sent_at + heartbeat_seconds)
            # One timer serves many waits: it is only set anew when it has fired or must fire sooner.
            if self._deadline is None or self._deadline.cancelled() or not now < self._deadline_at <= deadline:
                if self._deadline is not None:
                    self._deadline.cancel()
                # Kept beside it: what uvloop gives for a time that has come meanwhile does not know its time.
                self._deadline_at = deadline
                self._deadline = loop.call_at(deadline, self._signal.set)
            await self._signal.wait()

    # ---- committed changes ----

    async def _sync(self, notice: ChatNotice | None) -> AsyncGenerator[Batch, None]:
        """Send what was committed since the position; `notice` may tell enough to do without the database."""
        if notice is not None and self._tells_all(notice):
            view = Snapshot(
                notice.snapshot_version,
                notice.history_version,
                notice.queue_version,
                notice.retry_state_version,
                notice.generation_attempt,
                notice.status,
                notice.worker_id,
            )
            for batch in self._parts_so_far():
                yield batch
            collected = Collected(self.chat_id)
            self._collect_state(view, collected)
            for batch in collected.batches(self._batch_events):
                yield batch
            return
        if notice is not None:
            # Whoever made the change goes on first: a message's turn asks its model before viewers ask the database.
            await asyncio.sleep(BEHIND_SECONDS)
        while not self._stopped:
            read = await self._read_next()
            if read is None:
                self.ending = Ending.CHAT_DELETED
                self._stopped = True
                return
            for batch in self._parts_so_far():
                yield batch
            collected = Collected(self.chat_id)
            caught_up = self._collect_messages(read, collected)
            if caught_up:
                self._collect_state(read, collected)
            for batch in collected.batches(self._batch_events):
                yield batch
            if caught_up:
                return

    def _tells_all(self, notice: ChatNotice) -> bool:
        position = self._position
        return (
            not position.partial
            and notice.history_version == position.history_version
            and notice.queue_version == position.queue_version
            and notice.retry_state_version == position.retry_state_version
            and notice.status not in ("error", "requires_action")
        )

    async def _read_next(self) -> Snapshot | None:
        position = self._position
        first = self._fresh and not self._resumed
        wanted = Wanted(
            history_version=position.history_version,
            target_version=position.target_version if position.partial else None,
            after_id=self._after_id if first else position.upto_id,
            check_deleted=not position.partial and not self._reset,
            queue_version=position.queue_version,
        )
        return await self._reading(lambda: read_snapshot(self._database, self.chat_id, wanted))

    def _collect_messages(self, read: Snapshot, collected: Collected) -> bool:
        """Advance the history; True once it is complete up to what was read."""
        position = self._position
        if self._fresh:
            if self._resumed and not _may_lead_to(position, read):
                # Written before the database was set back, or made up: start over.
                self._position, self._resumed, self._reset, self._after_id = Position(), False, True, 0
                return False
            self._fresh = False
        target = position.target_version if position.partial else read.history_version
        if self._reset or read.has_deleted:
            from_the_start = position.history_version == 0 and self._after_id == 0
            self._reset = False
            position.restart_history(target)
            collected.add(events.history_reset_event(self.chat_id), position)
            if not from_the_start:
                # What was read are the changes only, or begins behind after_id.
                return False
        elif read.messages:
            position.target_version = target
        last = len(read.messages) - 1
        for index, message in enumerate(read.messages):
            position.upto_id = message.id
            if index == last and not read.more_messages:
                position.complete_history(target)
            collected.add(events.message_event(self.chat_id, message), position)
        if read.more_messages:
            return False
        position.complete_history(target)
        return target == read.history_version

    def _collect_state(self, view: Snapshot, collected: Collected) -> None:
        """Everything that follows the messages, in the order of the contract."""
        position, chat_id = self._position, self.chat_id
        if view.queue_version != position.queue_version:
            position.queue_version = view.queue_version
            collected.add(events.queue_update_event(chat_id, view.queue), position)
        if view.status != position.status:
            position.status = view.status
            collected.add(events.status_event(chat_id, view.status), position)
        if view.status == "error" and view.last_error is not None and not position.error_sent:
            position.error_sent = True
            collected.add(events.error_event(chat_id, view.last_error), position)
        if view.status == "requires_action" and view.required_calls and not position.action_sent:
            position.action_sent = True
            collected.add(events.action_required_event(chat_id, view.required_calls, view.deadline), position)
        if view.retry_state_version != position.retry_state_version:
            position.retry_state_version = view.retry_state_version
            if view.retry_state is not None:
                collected.add(events.retry_event(chat_id, view.retry_state), position)
        if view.sign_ins is not None and view.sign_ins["version"] != position.sign_ins_version:
            known, position.sign_ins_version = position.sign_ins_version, view.sign_ins["version"]
            if known or view.sign_ins["servers"]:
                collected.add(events.sign_in_required_event(chat_id, view.sign_ins["servers"]), position)
        self._collect_preview(view, collected)
        position.snapshot_version = view.snapshot_version
        self._prefix = position.prefix(chat_id)

    def _collect_preview(self, view: Snapshot, collected: Collected) -> None:
        position = self._position
        owner = view.worker_id if view.status in _PRODUCING else None
        self._watch(EpisodeKey(self.chat_id, view.history_version, view.generation_attempt), owner)
        changed = view.history_version != position.preview_version or (
            view.generation_attempt not in (0, position.preview_attempt)
        )
        position.preview_version, position.preview_attempt = view.history_version, view.generation_attempt
        if changed or not self._can_go_on():
            position.tag, position.seq = "", 0
            collected.add(events.preview_reset_event(self.chat_id), position)

    # ---- live parts ----

    def _watch(self, key: EpisodeKey | None, owner: uuid.UUID | None) -> None:
        """Follow the parts that `owner` produces; without an owner, those of the last one are all there is."""
        episode = self._episode
        if episode is not None:
            if episode.key == key and owner in (None, self._owner):
                return
            self._relay.unwatch(episode, self._signal)
        self._owner = owner
        self._episode = None if key is None else self._relay.watch(key, owner, self._signal)

    def _can_go_on(self) -> bool:
        """Whether the parts after the last one sent are those of the same producer, or may be, as far as is known."""
        position, episode = self._position, self._episode
        if position.seq == 0:
            return True
        if episode is None:
            return False
        return not episode.known or (
            # A mirror may be behind the place that its viewer has come to elsewhere.
            episode.tag == position.tag and (episode.is_behind or position.seq <= len(episode.events))
        )

    def _take_parts(self) -> Batch | None:
        position, episode = self._position, self._episode
        if episode is None or not episode.known:
            return None
        if position.tag != episode.tag and position.seq > 0:
            # Only now it is known that what was shown came from another producer.
            return self._reset_preview()
        if len(episode.events) <= position.seq:
            return None
        if position.tag != episode.tag:
            position.tag = episode.tag
            self._prefix = position.prefix(self.chat_id)
        first = position.seq
        taken = episode.events[first : first + self._batch_events]
        position.seq = first + len(taken)
        return Batch(taken, part_cursors(self._prefix, first + 1, position.seq))

    def _parts_so_far(self) -> Iterator[Batch]:
        """The live parts that are here now; they were said before what is about to be sent replaces them."""
        position, episode = self._position, self._episode
        said = len(episode.events) if episode is not None and not position.partial else 0
        while position.seq < said and (batch := self._take_parts()) is not None:
            yield batch

    def _reset_preview(self) -> Batch:
        position = self._position
        position.tag, position.seq = "", 0
        self._prefix = position.prefix(self.chat_id)
        return Batch([events.preview_reset_event(self.chat_id)], iter([position.cursor(self.chat_id)]))

    # ---- reads ----

    async def _reading(self, read: Callable[[], Awaitable[_T]]) -> _T:
        return await read_patiently(read, lambda: not self._stopped)

    def _start_error(self, message: str) -> Batch:
        error = {"message": message, "kind": "generic", "retryable": True}
        return Batch([events.error_event(self.chat_id, error)], iter([self._position.cursor(self.chat_id)]))


def _may_lead_to(position: Position, read: Snapshot) -> bool:
    """Whether a viewer at `position` can be brought to `read` by what changed since."""
    return (
        position.snapshot_version <= read.snapshot_version
        and max(position.history_version, position.target_version, position.preview_version) <= read.history_version
        and position.queue_version <= read.queue_version
        and position.retry_state_version <= read.retry_state_version
    )
