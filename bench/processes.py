"""Child processes of a benchmark: the servers, and workers that take one JSON job a line and answer with one."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import psutil

Child = subprocess.Popen[bytes]

ROOT = Path(__file__).parent.parent
_START_SECONDS = 60.0
_STOP_SECONDS = 20.0
_SHOWN_CHARACTERS = 4000


class ProcessFailed(Exception):
    """A child process ended, or did not become ready."""


def free_port() -> int:
    """A TCP port that nobody listens on at this moment."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def server(arguments: list[str], port: int, health: str, env: Mapping[str, str] | None = None) -> Iterator[int]:
    """Run `python <arguments>` until the block ends; yields its process id once `health` answers 200.

    What it writes to standard error is shown only when something goes wrong.
    """
    with TemporaryFile() as said:
        process = _start(arguments, env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
        try:
            _wait_for(f"http://127.0.0.1:{port}{health}", process)
            yield process.pid
        except BaseException:
            said.seek(0)
            sys.stderr.write(said.read().decode(errors="replace")[-_SHOWN_CHARACTERS:])
            raise
        finally:
            _stop(process)


@contextmanager
def palaver(database_url: str, data_dir: Path, **settings: object) -> Iterator[tuple[int, int]]:
    """A Palaver server on the database; yields (port, process id). `settings` as in `palaver settings`."""
    port = free_port()
    chosen: dict[str, object] = {"rate_limits": "off", "automatic_texts": "off", "log_level": "warning"}
    chosen |= {"log_format": "json", "allow_private_networks": True, **settings}
    env = {f"PALAVER_{name.upper()}": str(value) for name, value in chosen.items()}
    env |= {"PALAVER_DATABASE_URL": database_url, "PALAVER_DATA_DIR": str(data_dir), "PALAVER_PORT": str(port)}
    with server(["-m", "palaver", "serve"], port, "/healthz", env) as pid:
        yield port, pid


@contextmanager
def worker(module: str) -> Iterator["Worker"]:
    """Run `python -m <module>` as a worker."""
    process = _start(["-m", module], None, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield Worker(process)
    finally:
        _stop(process)


class Worker:
    """A process that reads one JSON value a line and answers each with one."""

    def __init__(self, process: Child) -> None:
        self._process = process

    def tell(self, message: object) -> None:
        """Send a line."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(message).encode() + b"\n")
        self._process.stdin.flush()

    def hear(self) -> Any:
        """Wait for a line. Raises ProcessFailed when the worker has ended instead."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise ProcessFailed(f"{self._process.args!r} ended with status {self._process.wait()}")
        return json.loads(line)

    def ask(self, message: object) -> Any:
        """Send a line and wait for the answer."""
        self.tell(message)
        return self.hear()


class CpuMeter:
    """CPU time of process trees since `start`: what they used themselves, and their descendants, living or reaped."""

    def __init__(self, *pids: int) -> None:
        self._pids = pids
        self._began = [_cpu_seconds(pid) for pid in pids]

    def seconds(self) -> list[float]:
        """User and system time used since the meter was made, one figure per tree."""
        return [_cpu_seconds(pid) - began for pid, began in zip(self._pids, self._began, strict=True)]


def _cpu_seconds(pid: int) -> float:
    root = psutil.Process(pid)
    total = 0.0
    for process in (root, *root.children(recursive=True)):
        try:
            used = process.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += used.user + used.system + used.children_user + used.children_system
    return total


def _start(
    arguments: list[str], env: Mapping[str, str] | None, *, stdin: int, stdout: int, stderr: IO[bytes] | None = None
) -> Child:
    command = [sys.executable, *arguments]
    return subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **(env or {})}, stdin=stdin, stdout=stdout, stderr=stderr
    )


def _wait_for(url: str, process: Child) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ProcessFailed(f"{process.args!r} ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(url, timeout=1) as answer:
                if answer.status == 200:
                    return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise ProcessFailed(f"{url} did not answer within {_START_SECONDS:.0f} s")


def _stop(process: Child) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
