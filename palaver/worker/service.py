"""The worker of one process: finds chats that want an owner, keeps their leases, ends with the process.

A chat that was just made runnable is announced by an ownership notice and taken at once; the periodic search is the
safety net for lost notices and dead workers, and comes sooner while the bus does not tell what others do.
"""

import asyncio
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Literal, TypeAlias

import structlog

from palaver import metrics
from palaver.auth.owners import owner_of
from palaver.auth.policy import Authorizer
from palaver.chat import transitions
from palaver.chat.machine import ChatMachine, ChatTx
from palaver.chat.notices import ChatNotice
from palaver.chat.statements import chats
from palaver.configuration.deployment_settings import DeploymentConfig
from palaver.database import Database
from palaver.errors.chat import ChatNotFound
from palaver.files.storage import FileStorage
from palaver.leftovers import Leftovers
from palaver.llm.catalog import ModelCatalog
from palaver.llm.files import PromptFiles
from palaver.llm.generation import ModelCaller
from palaver.recording.recorder import Recorder
from palaver.settings import Settings
from palaver.spending.limits import SpendLimits
from palaver.stream.bus import Bus, BusClosed
from palaver.stream.bus.looks import pause
from palaver.stream.parts import PartsBuffer
from palaver.texts.background import BackgroundTexts
from palaver.tools.service import ToolServers
from palaver.worker.held import Engine, HeldChat
from palaver.worker.histories import RecentHistories
from palaver.worker.leases import Leases
from palaver.worker.preparation import ReadAhead
from palaver.worker.runner import Runner

log = structlog.get_logger(__name__)

CONCURRENT_ACQUISITIONS = 4
"""Chats being acquired at the same time; each takes a connection of the pool."""
LAPSE_JITTER_SECONDS = 1.0
"""Within this time of a lapse all workers look: not all in the same moment."""
ACQUISITION_RETRY_SECONDS = 1.0
"""Wait before the search is repeated after it failed."""


Finder: TypeAlias = Literal["request", "notice", "search", "patrol"]
"""What leads to a chat that wants an owner: the request that made it want one, a notice, a search for whose time there
was a reason (the start, room again, more than a batch), or the periodic one, which should find nothing."""


class _NotWanted(Exception):
    """The chat is not runnable any more, or has an owner."""


class Worker:
    """Runs the turns of this process. `start`, then `stop`; both once."""

    def __init__(
        self,
        worker_id: uuid.UUID,
        settings: Settings,
        database: Database,
        machine: ChatMachine,
        bus: Bus,
        parts: PartsBuffer,
        catalog: ModelCatalog,
        config: DeploymentConfig,
        authorizer: Authorizer,
        files: FileStorage,
        limits: SpendLimits,
        texts: BackgroundTexts,
        recorder: Recorder,
        tools: ToolServers,
    ) -> None:
        self.id = worker_id
        self._settings = settings
        self._machine = machine
        self._bus = bus
        self._caller = ModelCaller(settings)
        self._engine = Engine(
            settings,
            database,
            machine,
            parts,
            catalog,
            config,
            self._caller,
            authorizer,
            PromptFiles(files),
            limits,
            texts,
            recorder,
            RecentHistories(),
            tools,
            Leftovers(),
        )
        self._leases = Leases(database, settings.heartbeat_stale_seconds)
        self._runners: dict[uuid.UUID, Runner] = {}
        self._tasks: dict[uuid.UUID, asyncio.Task[None]] = {}
        self._acquiring: set[uuid.UUID] = set()
        self._wanted_again: set[uuid.UUID] = set()
        self._slots = asyncio.Semaphore(CONCURRENT_ACQUISITIONS)
        self._search_now = asyncio.Event()
        self._search_now.set()
        self._loops: asyncio.TaskGroup | None = None
        self._main: asyncio.Task[None] | None = None
        self._stopping_since: float | None = None
        self._hurry = asyncio.Event()

    @property
    def _stopping(self) -> bool:
        return self._stopping_since is not None

    @property
    def running(self) -> int:
        """Chats that this worker holds now."""
        return len(self._runners)

    @property
    def has_died(self) -> bool:
        """Whether the loops ended without having been told to."""
        return self._main is not None and self._main.done() and not (self._stopping or self._bus.closed)

    async def start(self) -> None:
        """Begin to look for chats; returns once notices are heard."""
        listening = asyncio.Event()
        self._main = asyncio.create_task(self._run(listening), name="worker")
        await listening.wait()
        self._machine.lend_to(self._lease, owner_of(chats.c.owner_id, chats.c.organization_id))
        self._caller.preload()
        self._engine.tools.preload()
        log.info("worker started", action="worker_started", worker_id=str(self.id))

    def take_no_more(self) -> None:
        """Take no chat any more: the process is about to end, and its grace time begins."""
        if self._stopping_since is None:
            self._stopping_since = time.monotonic()
            self._machine.lend_to(None)

    async def stop(self, grace_seconds: float) -> None:
        """Give running turns the rest of `grace_seconds`, or until `hurry`; then let them go for others to continue."""
        if self._main is None:
            return
        self.take_no_more()
        assert self._stopping_since is not None
        rest = self._stopping_since + grace_seconds - time.monotonic()
        if self._tasks and rest > 0:
            await self._give_time(rest)
        runners: dict[uuid.UUID, Runner] = {}
        while self._tasks:
            runners |= self._runners
            tasks = list(self._tasks.values())
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)
            await asyncio.sleep(0)  # for the callbacks that take ended runners off the list
        released = await asyncio.gather(*(runner.release() for runner in runners.values()), return_exceptions=True)
        for failure in released:
            if isinstance(failure, BaseException):
                log.warning("a chat could not be let go", action="release_failed", exc_info=failure)
        self._main.cancel()
        await asyncio.wait((self._main,))
        await self._engine.leftovers.gone()
        await self._engine.texts.stop()
        await self._caller.close()
        log.info("worker stopped", action="worker_stopped", worker_id=str(self.id), released=len(runners))

    def hurry(self) -> None:
        """End the grace time of `stop`."""
        self._hurry.set()

    async def _give_time(self, seconds: float) -> None:
        ended = asyncio.create_task(asyncio.wait(list(self._tasks.values())), name="worker-turns-end")
        hurried = asyncio.create_task(self._hurry.wait(), name="worker-hurry")
        try:
            await asyncio.wait((ended, hurried), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        finally:
            ended.cancel()
            hurried.cancel()
            await asyncio.wait((ended, hurried))

    def look_now(self) -> None:
        """Search at once for chats that nobody works on: somebody knows that a worker has died."""
        self._search_now.set()

    # ---- the loops ----

    async def _run(self, listening: asyncio.Event) -> None:
        with self._bus.subscribe_ownership() as wanted, self._bus.subscribe_chats() as changes:
            listening.set()

            async def hear_ownership() -> None:
                batch = await wanted.wait()
                if batch.overflowed:
                    self._search_now.set()
                for chat_id in batch.chat_ids:
                    self._acquire_soon(chat_id, "notice")

            async def hear_changes() -> None:
                batch = await changes.wait()
                for notice in batch.notices:
                    self._offer(notice)
                if batch.overflowed:
                    await self._sync()

            settings = self._settings
            async with asyncio.TaskGroup() as self._loops:
                self._loops.create_task(_forever(hear_ownership), name="worker-ownership")
                self._loops.create_task(_forever(hear_changes), name="worker-changes")
                self._loops.create_task(_forever(self._search), name="worker-search")
                self._loops.create_task(_every(settings.heartbeat_seconds, self._beat), name="worker-heartbeat")
                self._loops.create_task(_forever(self._repair), name="worker-sync")

    async def _search(self) -> None:
        """Take over chats that nobody works on, as many as there is room for; then wait for the next reason to look."""
        by: Finder = "search" if self._search_now.is_set() else "patrol"
        self._search_now.clear()
        batch = min(self._settings.acquisition_batch, self._room())
        found = await self._leases.candidates(batch) if batch > 0 else []
        await asyncio.gather(*(self._acquire(chat_id, by) for chat_id in found))
        if len(found) == batch and self._room() > 0 and batch > 0:
            self._search_now.set()
            return
        lapse = await self._leases.next_lapse()
        # Living workers renew long before; a dead one's chats are looked for as soon as they may be taken.
        patience = self._settings.acquisition_seconds
        if lapse is not None:
            patience = min(patience, max(lapse, 0) + random.uniform(0.1, LAPSE_JITTER_SECONDS))  # noqa: S311
        await pause(self._bus, patience, self._search_now)

    async def _beat(self) -> None:
        held = {chat_id: runner.held.runner_id for chat_id, runner in self._runners.items()}
        if not held:
            return
        kept = await self._leases.renew(held)
        if len(kept) < len(held):
            await self._sync()

    async def _repair(self) -> None:
        await pause(self._bus, self._settings.runner_sync_seconds)
        metrics.SYNC_REPAIRS.labels("runner").inc(await self._sync())

    async def _sync(self) -> int:
        """Tell every runner what its row says, in case a notice was lost; to how many that was news."""
        notices = await self._leases.look(list(self._runners))
        return sum(self._offer(notice) for notice in notices.values())

    def _offer(self, notice: ChatNotice) -> bool:
        runner = self._runners.get(notice.chat_id)
        return runner is not None and runner.offer(notice)

    # ---- acquisition ----

    def _room(self) -> int:
        if self._stopping:
            return 0
        return self._settings.max_running_chats - len(self._runners) - len(self._acquiring)

    def _acquire_soon(self, chat_id: uuid.UUID, by: Finder) -> None:
        if self._loops is not None and self._room() > 0:
            self._loops.create_task(self._acquire(chat_id, by), name=f"acquire-{chat_id}")

    async def _acquire(self, chat_id: uuid.UUID, by: Finder) -> None:
        """Take the chat if it still wants an owner; never raises."""
        if chat_id in self._runners or chat_id in self._acquiring:
            # Somebody is at it, but may have looked before the change that this call is about.
            self._wanted_again.add(chat_id)
            return
        if self._room() <= 0:
            return
        self._acquiring.add(chat_id)
        try:
            async with self._slots:
                runner = await self._claim(chat_id, by)
            if self._stopping:
                await runner.release()
            else:
                self._follow(runner)
        except (_NotWanted, ChatNotFound):
            return
        except Exception:
            log.exception("a chat could not be acquired", action="acquire_failed", chat_id=str(chat_id))
        finally:
            self._acquiring.discard(chat_id)
            if chat_id not in self._runners:
                self._acquire_again(chat_id)

    def _acquire_again(self, chat_id: uuid.UUID) -> None:
        if chat_id in self._wanted_again:
            self._wanted_again.discard(chat_id)
            self._acquire_soon(chat_id, "notice")

    async def _claim(self, chat_id: uuid.UUID, by: Finder) -> Runner:
        """Acquire under the lock, and record the first attempt in the same bundle when a model call comes next.

        Raises _NotWanted, which rolls everything back, when the chat wants no owner any more.

        A lease that is lost in a crash of the database lapses by itself, so this commit need not reach the disk.
        """
        async with self._machine.update(chat_id, durable=False) as tx:
            found_late = tx.is_left_parked and by in ("search", "patrol")
            if not (tx.wants_owner or found_late) or self._stopping:
                raise _NotWanted
            if by == "patrol" and tx.chat.status == "requires_action":
                by = "search"  # its deadline has passed, which is no repair
            lapsed = tx.chat.worker_id
            calls_model = await self._take(tx)
        _count_lease(chat_id, by, lapsed)
        return Runner(HeldChat(self._engine, tx.chat), attempt_recorded=calls_model)

    async def _lease(self, tx: ChatTx) -> None:
        """Take a chat in the very bundle that makes it runnable: no second transaction before its model is called."""
        chat_id = tx.chat.id
        if chat_id in self._runners or chat_id in self._acquiring or self._room() <= 0:
            return
        lapsed = tx.chat.worker_id
        calls_model = await self._take(tx)
        self._acquiring.add(chat_id)
        ahead = ReadAhead(self._engine, tx) if calls_model and tx.only_appends else None

        def follow(committed: bool) -> None:
            self._acquiring.discard(chat_id)
            if committed:
                _count_lease(chat_id, "request", lapsed)
                self._follow(Runner(HeldChat(self._engine, tx.chat), attempt_recorded=calls_model, ahead=ahead))
            else:
                if ahead is not None:
                    ahead.discard()
                self._acquire_again(chat_id)

        tx.when_done(follow)

    async def _take(self, tx: ChatTx) -> bool:
        """Acquire; whether a model call comes next, whose attempt is then recorded in the same bundle."""
        await transitions.acquire(tx, self.id, uuid.uuid4())
        calls_model = tx.chat.status == "running" and not tx.chat.pending_tool_calls
        if calls_model:
            await transitions.record_generation_attempt(tx)
        return calls_model

    def _follow(self, runner: Runner) -> None:
        chat_id = runner.held.chat.id
        task = asyncio.create_task(runner.run(), name=f"runner-{chat_id}")
        self._runners[chat_id], self._tasks[chat_id] = runner, task
        task.add_done_callback(lambda _: self._ended(chat_id))

    def _ended(self, chat_id: uuid.UUID) -> None:
        was_full = len(self._runners) >= self._settings.max_running_chats
        self._runners.pop(chat_id).close()
        del self._tasks[chat_id]
        self._acquire_again(chat_id)
        if was_full:
            self._search_now.set()


def _count_lease(chat_id: uuid.UUID, by: Finder, lapsed: uuid.UUID | None) -> None:
    """Count a lease that was acquired; `lapsed` is the worker that the chat was taken from."""
    metrics.LEASES_ACQUIRED.labels("search" if by == "patrol" else by).inc()
    if lapsed is not None:
        metrics.TAKEOVERS.inc()
        log.info("lease taken over", action="lease_taken_over", chat_id=str(chat_id), from_worker_id=str(lapsed))
    elif by == "patrol":
        metrics.SYNC_REPAIRS.labels("search").inc()


async def _forever(work: Callable[[], Awaitable[None]]) -> None:
    """Repeat `work` until cancelled or the bus closes; a fault is logged and waited out."""
    while True:
        try:
            await work()
        except BusClosed:
            return
        except Exception:
            log.exception("a loop of the worker failed, trying again", action="worker_loop_failed")
            await asyncio.sleep(ACQUISITION_RETRY_SECONDS)


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    """Do `work` once per period."""

    async def wait_and_work() -> None:
        await asyncio.sleep(seconds)
        await work()

    await _forever(wait_and_work)
