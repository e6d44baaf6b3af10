"""Programs that samples and journeys need: a demo server, and others that say when they are ready."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from palaver.postgres import _binaries as postgres_programs
from tests.samples.pages import ROOT

STOP_SECONDS: Final = 30
DEMO_READY: Final = "Stop with Ctrl-C"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it has started, politely first."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            process.poll()
            os.killpg(process.pid, 0)
            time.sleep(0.1)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def process(command: list[str], ready: str, log: Path, directory: Path, environment: dict[str, str]) -> Iterator[None]:
    """A program that has said that it is ready. Raises RuntimeError when it does not within two minutes."""
    with log.open("wb") as output:
        started = subprocess.Popen(
            command, cwd=directory, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        deadline = time.monotonic() + 120
        while ready not in log.read_text(errors="replace"):
            if started.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[-1]} did not start:\n{log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.1)
        yield
    finally:
        stop(started)


def base_environment(directory: Path) -> dict[str, str]:
    """What a reader's shell has: our command on the path, and no settings of Palaver."""
    binaries = directory / "bin"
    binaries.mkdir()
    command = binaries / "palaver"
    command.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m palaver "$@"\n')
    command.chmod(0o755)
    path = [str(binaries), str(Path(sys.executable).parent), str(postgres_programs()), os.environ["PATH"]]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PALAVER_", "PYTHON"))}
    return kept | {"PATH": ":".join(path), "NO_PROXY": "127.0.0.1", "PALAVER_RATE_LIMITS": "off"}


@dataclass(frozen=True)
class Demo:
    """A server of `palaver demo`, and how one gets in."""

    url: str
    token: str
    password: str
    email: str = "demo@example.com"


@contextlib.contextmanager
def demo(directory: Path, environment: dict[str, str]) -> Iterator[Demo]:
    """A demo server whose data and log are in `directory`."""
    port, data = free_port(), directory / "data"
    environment = environment | {
        "PYTHONPATH": str(ROOT),
        "PALAVER_PORT": str(port),
        "PALAVER_DATA_DIR": str(data),
        "PALAVER_RATE_LIMITS": "off",
    }
    command = [sys.executable, "-m", "palaver", "demo"]
    with process(command, DEMO_READY, directory / "demo.log", ROOT, environment):
        token, password = ((data / f"demo.{name}").read_text().strip() for name in ("token", "password"))
        yield Demo(f"http://127.0.0.1:{port}", token, password)
