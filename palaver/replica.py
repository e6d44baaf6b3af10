"""One process of a server that has several: `python -m palaver.replica <file descriptor>`, run by the supervisor.

It takes its Job from the descriptor, serves on the parent's listener until SIGTERM, and ends by itself when the parent
is gone.
"""

import asyncio
import gc
import os
import shutil
import signal
import socket
import sys
import threading
import time
import uuid
from collections.abc import Callable
from typing import Final

from palaver.accepting import Board
from palaver.control import LOOK, READY, REFUSED, Job, board_path, line, message
from palaver.settings import Settings

_ORPHAN_SECONDS: Final = 10.0
"""What an orphan has beside the grace time before it is ended without ceremony."""


def main() -> None:
    """Serve; exit status 0 after an orderly end."""
    # Imports make many objects and hardly any garbage: the collector would cost a tenth of the start.
    gc.disable()
    with socket.socket(fileno=int(sys.argv[1])) as control:
        control.set_inheritable(False)
        first, rest = _first_line(control)
        if not first:
            return  # the parent has gone meanwhile
        job = Job(**message(first))
        settings = Settings(**job.settings)
        parent = _Parent(control, settings.shutdown_grace_seconds, rest)
        _count_together(job)
        _serve(job, settings, parent)


class _Parent:
    """The other end of the socket pair, heard by a thread of its own: it works also while the event loop does not."""

    def __init__(self, control: socket.socket, grace_seconds: float, received: bytes) -> None:
        self._control = control
        self._grace_seconds = grace_seconds
        self._received = received
        self.on_look: Callable[[], None] | None = None
        self.is_gone = False
        threading.Thread(target=self._follow, name="parent", daemon=True).start()

    def tell(self, **message: object) -> None:
        """Send a message; a parent that is gone hears nothing."""
        try:
            self._control.sendall(line(**message))
        except OSError:
            return

    def _follow(self) -> None:
        received = self._received
        while True:
            *lines, received = received.split(b"\n")
            for said in lines:
                if LOOK in message(said) and self.on_look is not None:
                    self.on_look()
            try:
                more = self._control.recv(4096)
            except OSError:
                more = b""
            if not more:
                break
            received += more
        self.is_gone = True
        # Nobody will restart or stop us any more, and the next server wants our address: end as if told to.
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(self._grace_seconds + _ORPHAN_SECONDS)
        os._exit(1)


def _first_line(control: socket.socket) -> tuple[bytes, bytes]:
    """The first line, empty when the other end was closed, and what came behind it."""
    received = b""
    while b"\n" not in received:
        more = control.recv(65_536)
        if not more:
            return b"", b""
        received += more
    first, _, rest = received.partition(b"\n")
    return first, rest


def _count_together(job: Job) -> None:
    """Keep this process's metrics where its siblings find them. To be called before any metric is defined."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = job.directory
    from prometheus_client import values

    # By place, not by process id: whoever follows a dead process goes on counting where that one stopped.
    values.ValueClass = values.MultiProcessValue(lambda: job.place)  # type: ignore[no-untyped-call]


def _serve(job: Job, settings: Settings, parent: _Parent) -> None:
    import asyncpg
    from sqlalchemy.exc import SQLAlchemyError

    from palaver.auth.secrets import SecretKeysInvalid
    from palaver.database import SchemaBusy, SchemaTooNew, upgrade
    from palaver.server import Life, Shared, Terminated, run, terminated_by_signal
    from palaver.stream.bus import BusUnavailable
    from palaver.telemetry import configure_logs

    configure_logs(settings.log_format, settings.log_level, process=os.getpid())
    unusable_database = OSError, asyncpg.PostgresError, asyncpg.InterfaceError, SQLAlchemyError
    is_ready = False
    try:
        with terminated_by_signal():
            if job.migrate:
                assert settings.database_url is not None
                asyncio.run(upgrade(settings.database_direct_url or settings.database_url))

            from palaver.app import application, build_services

            services = build_services(settings, replica_id=uuid.UUID(job.replica_id))

            def on_ready() -> None:
                nonlocal is_ready
                is_ready = True
                loop, worker = asyncio.get_running_loop(), services.worker
                if worker is not None:
                    parent.on_look = lambda: _soon(loop, worker.look_now)
                parent.tell(**{READY: True})

            board = Board(board_path(job.directory), job.places)
            with socket.socket(fileno=job.listener) as listener:
                listener.set_inheritable(False)
                run(
                    application(services),
                    settings,
                    listener,
                    life=Life(on_ready, services.drain),
                    shared=Shared(board, job.place),
                )
    except (SecretKeysInvalid, SchemaBusy, SchemaTooNew, BusUnavailable, *unusable_database) as refusal:
        if is_ready:
            raise
        parent.tell(**{REFUSED: str(refusal)})
        sys.exit(1)
    except (Terminated, KeyboardInterrupt):
        sys.exit(0 if is_ready else 1)
    finally:
        if parent.is_gone:
            # Nobody else removes it; siblings keep what they have open.
            shutil.rmtree(job.directory, ignore_errors=True)


def _soon(loop: asyncio.AbstractEventLoop, work: Callable[[], None]) -> None:
    try:
        loop.call_soon_threadsafe(work)
    except RuntimeError:
        return  # the loop has been closed: we are at our end


if __name__ == "__main__":
    main()
