"""The PostgreSQL that Palaver brings along: who may use a data directory, and the server's life in it.

Layout of a data directory: `lock` (held while in use), `postgres/` (the cluster), `postgres.password`,
`postgres.log`, `run/` (the socket, if its path is short enough); other parts of Palaver keep key files beside them.
"""

import fcntl
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from palaver.postgres import PostgresFailed, PostgresServer, Report, socket_directory

_LOG_BYTES: Final = 10_000_000
"""A server log larger than this is put aside at start; one older log is kept."""


class DataDirectoryInUse(Exception):
    """Another process holds the data directory."""


class EmbeddedPostgres:
    """A context manager that owns `data_dir` and runs a PostgreSQL in it; inside the block, `url` leads to it.

    Raises DataDirectoryInUse when another process owns the directory, PostgresFailed when PostgreSQL cannot start.
    A server that a killed owner left running is stopped and started anew; a crash is recovered from, however long
    that takes, and `report` gets a line about every wait. On exit the server is stopped; nothing committed is lost.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        max_connections: int = 60,
        options: Mapping[str, str] | None = None,
        report: Report = lambda line: None,
    ) -> None:
        self._data_dir = data_dir.expanduser().resolve()
        self._options = {"max_connections": str(max_connections), **(options or {})}
        self._report = report
        self._exit = ExitStack()
        self.url = ""

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            private_directory(self._data_dir)
            lock_data_directory(self._data_dir, stack)
            server = PostgresServer(
                self._data_dir / "postgres",
                _socket_directory(self._data_dir, stack),
                self._data_dir / "postgres.log",
                self._options,
                self._report,
            )
            server.stop_leftover()
            password = self._password(server)
            _put_aside(server.log)
            server.create(password)
            stack.callback(server.stop)
            server.start()
            self.url = server.url(password)
            self._exit = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exit.close()

    def _password(self, server: PostgresServer) -> str:
        path = self._data_dir / "postgres.password"
        if not path.exists():
            if (server.data / "PG_VERSION").exists():
                raise PostgresFailed(f"{path} is missing: without it the data in {server.data} cannot be opened.")
            write_secret(path, secrets.token_urlsafe(32))
        return path.read_text().strip()


def url_of_running(data_dir: Path) -> str | None:
    """The URL of the PostgreSQL that another process runs in `data_dir`; None when there is none."""
    data_dir = data_dir.expanduser().resolve()
    try:
        _, _, _, _, sockets, *_ = (data_dir / "postgres" / "postmaster.pid").read_text().splitlines()
        password = (data_dir / "postgres.password").read_text().strip()
    except (FileNotFoundError, ValueError):
        return None
    return PostgresServer(data_dir / "postgres", Path(sockets), data_dir / "postgres.log").url(password)


def private_directory(path: Path) -> None:
    """Make a directory that only its owner can list; one that exists keeps its mode."""
    # As root the server is another user and has to pass through, though not to look around.
    path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)


def write_secret(path: Path, value: str) -> None:
    """Write a file that only its owner can read: complete or not at all."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(value + "\n")
        file.flush()
        os.fsync(file.fileno())
    draft.rename(path)


def lock_data_directory(data_dir: Path, stack: ExitStack) -> None:
    """Take the directory for this process until `stack` is closed. Raises DataDirectoryInUse."""
    descriptor = os.open(data_dir / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    stack.callback(os.close, descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        owner = os.read(descriptor, 20).decode(errors="replace").strip()
        who = f"process {owner}" if owner else "another process"
        raise DataDirectoryInUse(
            f"The data directory {data_dir} is in use by {who}. "
            "Stop it first, or choose another directory with PALAVER_DATA_DIR."
        ) from None
    # The number is for people only; the lock is the kernel's and ends with the process.
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())


def is_in_use(data_dir: Path) -> bool:
    """Whether a process owns the directory at this moment."""
    try:
        descriptor = os.open(data_dir / "lock", os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _socket_directory(data_dir: Path, stack: ExitStack) -> Path:
    path = socket_directory(data_dir / "run")
    stack.callback(shutil.rmtree, path, ignore_errors=True)
    return path


def _put_aside(log: Path) -> None:
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_name(log.name + ".1"))
