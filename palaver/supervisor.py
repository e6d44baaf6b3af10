"""A server of several processes: starts them on one listener, replaces those that die, ends them in order.

The parent serves nothing itself. What must happen once (the listener, the embedded database, migrations) it has done
before; what only it can know, that a process is certainly dead, it uses to hand that one's chats over at once.
"""

import asyncio
import signal
import socket
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final

import asyncpg
import structlog
from prometheus_client.multiprocess import mark_process_dead
from sqlalchemy.exc import SQLAlchemyError

from palaver.accepting import Board
from palaver.control import LOOK, READY, REFUSED, Job, board_path, line, message, plain
from palaver.settings import Settings
from palaver.worker.leases import let_lapse

log = structlog.get_logger(__name__)

_STEADY_SECONDS: Final = 60.0
"""A process that has served this long before it died is replaced at once."""
_FIRST_DELAY_SECONDS: Final = 0.5
_LONGEST_DELAY_SECONDS: Final = 30.0
_KILL_SECONDS: Final = 10.0
"""What a process has beside the grace time before it is killed."""
_HAND_OVER_SECONDS: Final = 5.0
_HEARD: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class StartFailed(Exception):
    """A process ended before it served."""


class Supervisor:
    """Keeps `settings.workers` processes serving on `listener`; `directory` is private and theirs to share.

    `settings.database_url` must name a migrated database.
    """

    def __init__(self, settings: Settings, listener: socket.socket, directory: Path) -> None:
        self._settings = settings
        self._listener = listener
        self._directory = directory
        # One more than there are processes: a new one starts before the old one ends.
        self._places = settings.workers + 1
        self._free = set(range(self._places))
        self._board = Board.make(board_path(str(directory)), self._places)
        self._children: set[_Child] = set()
        self._stop = asyncio.Event()
        self._replace = asyncio.Event()

    async def run(self, on_ready: Callable[[], None]) -> None:
        """Serve until SIGTERM or SIGINT, and call `on_ready` once all processes do; SIGHUP replaces them one by one.

        Returns when the last process has ended. A second SIGINT kills them. Raises StartFailed when one of the first
        processes does not start.
        """
        with self._signals():
            work = asyncio.create_task(self._work(on_ready), name="supervise")
            stop = asyncio.create_task(self._stop.wait(), name="stop")
            try:
                await asyncio.wait((work, stop), return_when=asyncio.FIRST_COMPLETED)
            finally:
                work.cancel()
                stop.cancel()
                await asyncio.wait((work, stop))
                # Nobody is going to accept: whoever connects now is to be refused, not to wait.
                self._listener.close()
                await self._end(list(self._children))
                self._board.close()
        if not work.cancelled():
            work.result()

    async def _work(self, on_ready: Callable[[], None]) -> None:
        slots = [_Slot(await self._launch(migrate=False)) for _ in range(self._settings.workers)]
        for slot in slots:
            await slot.child.until_ready()
        on_ready()
        async with asyncio.TaskGroup() as group:
            for slot in slots:
                group.create_task(self._keep(slot), name="keep-process")
            group.create_task(self._replace_when_asked(slots), name="replace-processes")

    async def _keep(self, slot: "_Slot") -> None:
        """Put another process where one has died, after a wait that grows while they die young."""
        deaths = 0
        while True:
            child = slot.child
            status = await asyncio.shield(child.ended)
            if slot.child is not child:
                continue  # it was replaced
            deaths = 1 if child.served_seconds >= _STEADY_SECONDS else deaths + 1
            delay = 0.0 if deaths == 1 else min(_LONGEST_DELAY_SECONDS, _FIRST_DELAY_SECONDS * 2.0 ** (deaths - 2))
            log.error(
                "a server process has ended, another will take its place",
                action="process_ended",
                ended=child.pid,
                status=status,
                reason=child.refusal,
                delay_seconds=delay,
            )
            await self._hand_over(child)
            await asyncio.sleep(delay)
            async with slot.lock:
                if slot.child is child:
                    try:
                        # By now the installed version may be newer than the schema.
                        slot.child = await self._launch(migrate=True)
                    except OSError:
                        log.exception("a server process could not be started", action="process_failed")

    async def _replace_when_asked(self, slots: "list[_Slot]") -> None:
        while True:
            await self._replace.wait()
            self._replace.clear()
            log.info("replacing the server processes", action="replace_started")
            try:
                for slot in slots:
                    await self._replace_one(slot)
            except (StartFailed, OSError) as failure:
                log.error(
                    "a new process did not start, the old ones go on", action="replace_failed", reason=str(failure)
                )
            else:
                log.info("the server processes have been replaced", action="replace_done")

    async def _replace_one(self, slot: "_Slot") -> None:
        """Start a new process and, once it serves, end the old one. Raises StartFailed and leaves the old one."""
        async with slot.lock:
            new = await self._launch(migrate=True)
            await new.until_ready()
            old, slot.child = slot.child, new
        await self._end([old])

    async def _hand_over(self, child: "_Child") -> None:
        """Let the chats of a dead process go, and make the others look for them."""
        assert self._settings.database_url is not None
        try:
            async with asyncio.timeout(_HAND_OVER_SECONDS):
                chats = await let_lapse(self._settings.database_url, child.replica_id)
        except (TimeoutError, OSError, SQLAlchemyError, asyncpg.PostgresError) as failure:
            # Their leases lapse by themselves a little later.
            log.warning(
                "the chats of a dead process could not be let go", action="hand_over_failed", reason=str(failure)
            )
            return
        if chats:
            log.info("the chats of a dead process go to others", action="handed_over", chats=chats)
            for other in self._children:
                other.look()

    # ---- beginning and end of a process ----

    async def _launch(self, *, migrate: bool) -> "_Child":
        place, replica_id = min(self._free), uuid.uuid4()
        ours, theirs = socket.socketpair()
        with theirs:
            reader, writer = await asyncio.open_connection(sock=ours)
            try:
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "palaver.replica", str(theirs.fileno())),
                    stdin=asyncio.subprocess.DEVNULL,
                    pass_fds=(theirs.fileno(), self._listener.fileno()),
                    # A Ctrl-C in the terminal is for us: they are told, and end in order.
                    start_new_session=True,
                )
            except BaseException:
                writer.close()
                raise
        job = Job(
            settings=plain(self._settings),
            replica_id=str(replica_id),
            place=place,
            places=self._places,
            directory=str(self._directory),
            listener=self._listener.fileno(),
            migrate=migrate,
        )
        writer.write(job.line())
        self._free.discard(place)
        child = _Child(process, reader, writer, replica_id)
        self._children.add(child)
        child.ended.add_done_callback(lambda _: self._forget(child, place))
        return child

    def _forget(self, child: "_Child", place: int) -> None:
        self._children.discard(child)
        self._board.leave(place)
        # What it was just doing is not to be added to what its successor does.
        mark_process_dead(place, str(self._directory))  # type: ignore[no-untyped-call]
        self._free.add(place)

    async def _end(self, children: "list[_Child]") -> None:
        """Let processes drain, and kill those that take too long."""
        tasks = [child.ended for child in children]
        if not tasks:
            return
        for child in children:
            child.send_signal(signal.SIGTERM)
        await asyncio.wait(tasks, timeout=self._settings.shutdown_grace_seconds + _KILL_SECONDS)
        for child in children:
            if not child.ended.done():
                log.error("a server process did not end, it is killed", action="process_killed", ended=child.pid)
                child.send_signal(signal.SIGKILL)
        await asyncio.wait(tasks)
        for child in children:
            if child.ended.result() != 0:
                await self._hand_over(child)

    # ---- signals ----

    @contextmanager
    def _signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        # The hang-up of a terminal is its end, and ours; without a terminal it is somebody's wish.
        on_terminal = sys.stdin is not None and sys.stdin.isatty()
        hang_up = self._on_stop if on_terminal else self._replace.set
        reactions: dict[int, Callable[[], None]] = {
            signal.SIGTERM: self._on_stop,
            signal.SIGINT: self._on_interrupt,
            signal.SIGHUP: hang_up,
        }

        def handle(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(reactions[number])

        before = {number: signal.signal(number, handle) for number in _HEARD}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _on_stop(self) -> None:
        self._stop.set()

    def _on_interrupt(self) -> None:
        if self._stop.is_set():
            for child in self._children:
                child.send_signal(signal.SIGKILL)
        self._stop.set()


class _Slot:
    """Where one of the processes is kept; the lock is held while it is being exchanged."""

    def __init__(self, child: "_Child") -> None:
        self.child = child
        self.lock = asyncio.Lock()


class _Child:
    """One process, from its start to its end: `ended` is a task that ends with it and gives its exit status."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        replica_id: uuid.UUID,
    ) -> None:
        self.pid = process.pid
        self.replica_id = replica_id
        self.refusal: str | None = None
        self._process = process
        self._reader = reader
        self._writer = writer
        self._ready_at: float | None = None
        self._ready = asyncio.Event()
        self.ended = asyncio.create_task(self._follow(), name=f"process-{process.pid}")

    @property
    def served_seconds(self) -> float:
        """For how long it has served."""
        return 0.0 if self._ready_at is None else time.monotonic() - self._ready_at

    async def until_ready(self) -> None:
        """Wait until it serves. Raises StartFailed when it ends instead."""
        ready = asyncio.create_task(self._ready.wait())
        try:
            await asyncio.wait((ready, self.ended), return_when=asyncio.FIRST_COMPLETED)
        finally:
            ready.cancel()
        if self.ended.done():
            raise StartFailed(self.refusal or f"a server process ended with status {self.ended.result()}.")

    def look(self) -> None:
        """Make it search for chats that nobody works on."""
        if self._ready.is_set() and not self.ended.done():
            self._writer.write(line(**{LOOK: True}))

    def send_signal(self, number: signal.Signals) -> None:
        """Send a signal, unless it has ended."""
        if not self.ended.done():
            with suppress(ProcessLookupError):
                self._process.send_signal(number)

    async def _follow(self) -> int:
        try:
            while said := await self._reader.readline():
                self._hear(message(said))
        except OSError:
            pass  # it was killed with something unread
        status = await self._process.wait()
        self._writer.close()
        return status

    def _hear(self, said: dict[str, object]) -> None:
        if READY in said:
            self._ready_at = time.monotonic()
            self._ready.set()
        elif REFUSED in said:
            self.refusal = str(said[REFUSED])
