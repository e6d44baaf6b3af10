"""One acquired chat, followed until it rests, is lost or the worker stops: one task tree per chat.

What the chat's row says decides what runs: a turn, an interruption, or the wait for the client's tool results. A
change made by somebody else (a send that interrupts, an edit, an archive, a take-over) cancels what runs and starts
what the new row asks for. The runner's own commits do not.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import structlog

from palaver import telemetry
from palaver.chat import history, transitions
from palaver.chat.bundle import ChatTx
from palaver.chat.machine import ChatMachine
from palaver.chat.notices import ChatNotice
from palaver.chat.records import ChatRecord, Fence
from palaver.database import Database
from palaver.errors.chat import ChatNotFound, StaleRunner
from palaver.llm.catalog import ModelCatalog
from palaver.llm.generation import ModelCaller
from palaver.settings import Settings
from palaver.stream.parts import PartsBuffer
from palaver.worker import interruption
from palaver.worker.turn import Turn

log = structlog.get_logger(__name__)

FIRST_RETRY_SECONDS = 0.1
LONGEST_RETRY_SECONDS = 5.0
"""Bounds of the wait before an activity that failed unexpectedly is tried again; there is no limit to the tries."""
CANCEL_PATIENCE_SECONDS = 5.0
"""How long a cancelled activity is waited for, so that what it had is known."""


@dataclass(frozen=True, slots=True)
class Engine:
    """What runners work with; shared by all of a worker."""

    settings: Settings
    database: Database
    machine: ChatMachine
    parts: PartsBuffer
    catalog: ModelCatalog
    caller: ModelCaller


class Runner:
    """Works on one chat under the lease (worker_id, runner_id). `run` ends when there is nothing left to do."""

    def __init__(self, engine: Engine, chat: ChatRecord, worker_id: uuid.UUID, *, attempt_recorded: bool) -> None:
        assert chat.runner_id is not None
        self.engine = engine
        self.chat = chat
        """The row as of this runner's last look or commit."""
        self.runner_id = chat.runner_id
        self._worker_id = worker_id
        self._turn = Turn(self, attempt_recorded=attempt_recorded)
        self._news = asyncio.Event()
        self._latest: ChatNotice | None = None
        self._released = False

    # ---- called by the worker ----

    def offer(self, notice: ChatNotice) -> None:
        """Tell the runner what its chat's row says; old news and its own are dropped."""
        known = self._latest.snapshot_version if self._latest else self.chat.snapshot_version
        if notice.snapshot_version > known:
            self._latest = notice
            self._news.set()

    async def run(self) -> None:
        """Follow the chat. Never raises but for cancellation."""
        with telemetry.bind(chat_id=str(self.chat.id), runner_id=str(self.runner_id)):
            while not self._released:
                activity = asyncio.create_task(self._persist(self._activity()), name=f"chat-{self.chat.id}")
                try:
                    changed = await self._until_done_or_changed(activity)
                finally:
                    await _cancelled(activity)
                if changed:
                    await self._persist(self._look_again)

    async def release(self) -> None:
        """Let go of the chat, so that another worker takes it at once; to be called after `run` was cancelled."""
        try:
            # The cancellation may have come while a commit was on its way: what is known may be old.
            await self._look_again()
            if not self._released:
                await self._abandon()
        except (StaleRunner, ChatNotFound):
            return

    # ---- called by what runs ----

    @asynccontextmanager
    async def bundle(self, *, attempt: int | None = None, durable: bool = True) -> AsyncIterator[ChatTx]:
        """A bundle fenced by all that this runner knows of the chat; `attempt` fences the generation attempt too.

        Raises StaleRunner when the chat went on without this runner, ChatNotFound when it is gone.
        """
        fence = Fence(self._worker_id, self.runner_id, self.chat.status, self.chat.history_version, attempt)
        before = self.chat
        try:
            async with self.engine.machine.update(before.id, fence=fence, durable=durable) as tx:
                yield tx
                # Before the commit, for the notice about it may arrive first and must not look like news.
                self.chat = tx.chat
        except BaseException:
            self.chat = before
            raise
        self._released = self.chat.runner_id != self.runner_id

    # ---- inside ----

    def _activity(self) -> Callable[[], Awaitable[None]]:
        if self.chat.archived:
            return self._abandon
        match self.chat.status:
            case "running":
                return self._turn.run
            case "interrupting":
                return self._interrupt
            case "requires_action":
                return self._await_client
            case _:
                return self._abandon

    async def _persist(self, activity: Callable[[], Awaitable[None]]) -> None:
        """Run an activity to its end: unexpected faults are tried again, a lost chat ends it silently."""
        delay = FIRST_RETRY_SECONDS
        while True:
            try:
                return await activity()
            except ChatNotFound:
                self._released = True
                return None
            except StaleRunner:
                activity = self._look_again
            except Exception:
                log.exception("chat activity failed, trying again", action="activity_retry", delay_seconds=delay)
                await asyncio.sleep(delay)
                delay = min(delay * 2, LONGEST_RETRY_SECONDS)

    async def _until_done_or_changed(self, activity: asyncio.Task[None]) -> bool:
        """Wait until the activity ends (False) or somebody else changed what it works on (True)."""
        activity.add_done_callback(lambda _: self._news.set())
        while True:
            await self._news.wait()
            self._news.clear()
            notice, self._latest = self._latest, None
            if notice is not None and self._concerns(notice):
                return True
            if activity.done():
                return False

    def _concerns(self, notice: ChatNotice) -> bool:
        if notice.snapshot_version <= self.chat.snapshot_version:
            return False
        return (notice.runner_id, notice.history_version, notice.status, notice.archived) != (
            self.runner_id,
            self.chat.history_version,
            self.chat.status,
            self.chat.archived,
        )

    async def _look_again(self) -> None:
        async with self.engine.database.connect() as conn:
            chat = await history.load_chat(conn, self.chat.id)
        if chat is None or (chat.worker_id, chat.runner_id) != (self._worker_id, self.runner_id):
            self._released = True
        else:
            self.chat = chat

    async def _interrupt(self) -> None:
        await interruption.finish(self, self._turn)

    async def _await_client(self) -> None:
        await interruption.await_client(self)

    async def _abandon(self) -> None:
        async with self.bundle() as tx:
            await transitions.abandon(tx)


async def _cancelled(task: asyncio.Task[Any]) -> None:
    """Cancel `task` and wait a while for its end; a cancellation of the waiter is passed on afterwards."""
    task.cancel()
    done, _ = await asyncio.wait((task,), timeout=CANCEL_PATIENCE_SECONDS)
    for ended in done:
        if not ended.cancelled() and (error := ended.exception()) is not None:
            log.error("chat activity ended with an error", action="activity_failed", exc_info=error)
