"""Decides what is recorded, and writes it: beside the turns, gathered for a moment, bounded, in a task of its own.

A chat is recorded while its owner has debug logging in effect: forced by the deployment, or chosen by the owner where
the deployment lets users choose. Whoever records hands in runs as often as they change; only the newest state counts.
"""

import asyncio
import time
import uuid
from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import structlog
from sqlalchemy.exc import SQLAlchemyError

from palaver import metrics
from palaver.chat.records import ChatRecord
from palaver.configuration.user_settings import UserSettings, load_user_settings
from palaver.database import Database, is_outage
from palaver.recording import rows
from palaver.recording.runs import Room, Run, RunKind

if TYPE_CHECKING:
    from palaver.configuration.deployment_settings import DeploymentConfig

log = structlog.get_logger(__name__)

GATHER_SECONDS: Final = 0.5
"""What changes within this time is written once."""
RETRY_SECONDS: Final = 5.0
"""Wait before writing is tried again that failed."""
TRIES: Final = 3
"""How often a run is tried to be written while the database can be reached."""
STOP_SECONDS: Final = 5.0
"""What the last writing of a process may take."""
MAX_BYTES: Final = 16_777_216
"""Bytes of requests and answers that wait to be written; beyond them figures alone are kept."""
MAX_RUNS: Final = 1000
"""Runs that wait to be written or go on; beyond them none is begun."""
MAX_OWNERS: Final = 10_000
"""Owners remembered for the texts beside their turns."""

_WRITTEN = metrics.DEBUG_WRITES.labels("written")
_FAILED = metrics.DEBUG_WRITES.labels("failed")
_DROPPED = metrics.DEBUG_WRITES.labels("dropped")


class Recorder:
    """Records the model calls of one process. `start`, then `stop`, once those who record have ended."""

    def __init__(self, database: Database, config: "DeploymentConfig", *, forced: bool) -> None:
        self._database = database
        self._config = config
        self._forced = forced
        self._room = Room(MAX_BYTES)
        self._owners: OrderedDict[uuid.UUID, None] = OrderedDict()
        """Owners whose last turn here was recorded."""
        self._changed: dict[uuid.UUID, Run] = {}
        self._open: dict[uuid.UUID, Run] = {}
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    # ---- deciding ----

    async def records_turn(self, chat: ChatRecord, settings: UserSettings) -> bool:
        """Whether a turn of the chat is recorded, whose owner has these settings; no statement for those who do not
        want it. Never raises."""
        records = self._forced or (settings.debug_logging and await self._users_choose())
        if records:
            self._owners[chat.owner_id] = None
            self._owners.move_to_end(chat.owner_id)
            if len(self._owners) > MAX_OWNERS:
                self._owners.popitem(last=False)
        else:
            self._owners.pop(chat.owner_id, None)
        return records

    def records_beside_turn(self, chat: ChatRecord) -> bool:
        """Whether a text that belongs to a turn of the chat is recorded: as the owner's last turn here was."""
        return self._forced or chat.owner_id in self._owners

    async def records_asked(self, chat: ChatRecord) -> bool:
        """Whether a text that somebody asked for is recorded. Never raises."""
        if self._forced:
            return True
        if not await self._users_choose():
            return False
        try:
            async with self._database.connect() as conn:
                return (await load_user_settings(conn, chat.owner_id)).debug_logging
        except (SQLAlchemyError, OSError):
            log.warning("nobody knows whether to record", action="recording_unknown", exc_info=True)
            return False

    async def _users_choose(self) -> bool:
        try:
            return (await self._config.current()).user_debug_logging
        except (SQLAlchemyError, OSError):
            log.warning("nobody knows whether to record", action="recording_unknown", exc_info=True)
            return False

    # ---- taking ----

    def new_run(self, chat_id: uuid.UUID, kind: RunKind, trigger: int | None, tip: int | None) -> Run | None:
        """A run that begins now; None when too many are recorded."""
        if len(self._open.keys() | self._changed.keys()) >= MAX_RUNS:
            _DROPPED.inc()
            return None
        return Run(self._room, chat_id, kind, trigger, tip)

    def changed(self, run: Run) -> None:
        """The run has come further, or ended; it will be written."""
        if run.is_lost:
            return
        self._changed[run.id] = run
        if run.finished_at is None:
            self._open[run.id] = run
        else:
            self._open.pop(run.id, None)
        self._news.set()

    # ---- writing ----

    def start(self) -> None:
        """Begin to write what is handed in, on the running loop."""
        self._task = asyncio.create_task(self._write(), name="debug-recorder")

    async def stop(self) -> None:
        """Write what is left, for a few seconds at most, and end."""
        if self._task is None:
            return
        self._task.cancel()
        await asyncio.wait((self._task,))
        for run in list(self._open.values()):
            run.end("interrupted")
            self.changed(run)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await self._flush()
        except Exception:
            log.warning("the last recorded calls are lost", action="recording_failed", exc_info=True)

    async def _write(self) -> None:
        touched = time.monotonic()
        while True:
            due = touched + rows.TOUCH_SECONDS - time.monotonic()
            try:
                async with asyncio.timeout(max(due, 0) if self._open else None):
                    await self._news.wait()
            except TimeoutError:
                pass
            await asyncio.sleep(GATHER_SECONDS)
            try:
                await self._flush()
                if self._open and time.monotonic() - touched >= rows.TOUCH_SECONDS:
                    touched = time.monotonic()
                    async with self._database.connect() as conn:
                        await rows.touch(conn, list(self._open.values()))
            except Exception:
                log.warning("recorded calls cannot be written now", action="recording_failed", exc_info=True)
                await asyncio.sleep(RETRY_SECONDS)

    async def _flush(self) -> None:
        """Write what has changed, each run by itself. Raises what tells that the database cannot be reached."""
        self._news.clear()
        waiting, self._changed = self._changed, {}
        try:
            while waiting:
                await self._flush_run(waiting.pop(next(iter(waiting))))
        finally:
            # What changed meanwhile is the same object: its newest state is written either way.
            self._changed = waiting | self._changed
            if self._changed:
                self._news.set()

    async def _flush_run(self, run: Run) -> None:
        writing = rows.Writing.of(run)
        dirty = [step for step in run.steps.values() if step.is_dirty]
        for step in dirty:
            step.is_dirty = False
        is_written = False
        try:
            async with self._database.begin() as conn:
                is_kept = await rows.write(conn, writing)
            is_written = True
        except Exception as error:
            if is_outage(error):
                raise
            run.tries += 1
            _FAILED.inc()
            is_kept = run.tries < TRIES
            log.warning("a recorded run cannot be written", action="recording_failed", exc_info=True)
        finally:
            if not is_written:
                for step in dirty:
                    step.is_dirty = True
                self._changed.setdefault(run.id, run)
        if is_written:
            _WRITTEN.inc()
            for step in dirty:
                if not step.is_written:
                    self._room.give(step.written())
            run.forget_written()
        if not is_kept:
            self._drop(run)

    def _drop(self, run: Run) -> None:
        """The chat is gone, or the database does not take it: nothing more of the run is written."""
        run.lose()
        self._changed.pop(run.id, None)
        self._open.pop(run.id, None)
        _DROPPED.inc()
