"""One acquired chat, followed until it rests, is lost or the worker stops: one task tree per chat.

What the chat's row says decides what runs: a turn, an interruption, or the wait for the client's tool results. A
change made by somebody else (a send that interrupts, an edit, an archive, a take-over) cancels what runs and starts
what the new row asks for. The runner's own commits do not.
"""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from palaver import telemetry
from palaver.chat.notices import ChatNotice
from palaver.errors.chat import ChatNotFound, StaleRunner
from palaver.worker import interruption
from palaver.worker.held import HeldChat
from palaver.worker.preparation import ReadAhead
from palaver.worker.turn import Turn

log = structlog.get_logger(__name__)

FIRST_RETRY_SECONDS = 0.1
LONGEST_RETRY_SECONDS = 5.0
"""Bounds of the wait before an activity that failed unexpectedly is tried again; there is no limit to the tries."""
CANCEL_PATIENCE_SECONDS = 5.0
"""How long a cancelled activity is waited for, so that what it had is known."""


class Runner:
    """Works on one held chat. `run` ends when there is nothing left to do; `release` gives the chat back before."""

    def __init__(self, held: HeldChat, *, attempt_recorded: bool, ahead: ReadAhead | None = None) -> None:
        self.held = held
        self._turn = Turn(held, attempt_recorded=attempt_recorded, ahead=ahead)
        self._news = asyncio.Event()
        self._latest: ChatNotice | None = None

    def offer(self, notice: ChatNotice) -> bool:
        """Tell the runner what its chat's row says; old news and its own are dropped. Whether it will act on it."""
        known = self._latest.snapshot_version if self._latest else self.held.chat.snapshot_version
        if notice.snapshot_version <= known:
            return False
        self._latest = notice
        self._news.set()
        return self.held.is_changed_by(notice)

    async def run(self) -> None:
        """Follow the chat. Never raises but for cancellation."""
        held = self.held
        with telemetry.bind(chat_id=str(held.chat.id), runner_id=str(held.runner_id)):
            while not held.lost:
                activity = asyncio.create_task(self._persist(self._activity()), name=f"chat-{held.chat.id}")
                try:
                    changed = await self._until_done_or_changed(activity)
                finally:
                    await _cancelled(activity)
                if changed:
                    await self._persist(held.look_again)

    def close(self) -> None:
        """Drop what was prepared; to be called once `run` has ended, or was cancelled before it began."""
        self._turn.end()

    async def release(self) -> None:
        """Let go of the chat, so that another worker takes it at once; to be called after `run` was cancelled."""
        try:
            # The cancellation may have come while a commit was on its way: what is known may be old.
            await self.held.look_again()
            if not self.held.lost:
                await self.held.abandon()
        except (StaleRunner, ChatNotFound):
            return

    def _activity(self) -> Callable[[], Awaitable[None]]:
        chat = self.held.chat
        if chat.archived:
            return self.held.abandon
        match chat.status:
            case "running":
                return self._turn.run
            case "interrupting":
                return self._interrupt
            case "requires_action":
                return self._await_client
            case _:
                return self.held.abandon

    async def _interrupt(self) -> None:
        await interruption.finish(self.held, *self._turn.take_partial(), self._turn.take_answers())

    async def _await_client(self) -> None:
        await interruption.await_client(self.held)

    async def _persist(self, activity: Callable[[], Awaitable[None]]) -> None:
        """Run an activity to its end: unexpected faults are tried again, a lost chat ends it silently."""
        delay = FIRST_RETRY_SECONDS
        while True:
            try:
                return await activity()
            except ChatNotFound:
                self.held.lost = True
                return None
            except StaleRunner:
                activity = self.held.look_again
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
            if notice is not None and self.held.is_changed_by(notice):
                return True
            if activity.done():
                return False


async def _cancelled(task: asyncio.Task[None]) -> None:
    """Cancel `task` and wait a while for its end; a cancellation of the waiter is passed on afterwards."""
    task.cancel()
    done, stuck = await asyncio.wait((task,), timeout=CANCEL_PATIENCE_SECONDS)
    if stuck:
        log.warning("a cancelled chat activity does not end; its writes are fenced", action="activity_stuck")
    for ended in done:
        if not ended.cancelled() and (error := ended.exception()) is not None:
            log.error("chat activity ended with an error", action="activity_failed", exc_info=error)
