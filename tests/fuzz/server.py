"""A server of its own for a fuzz run: `palaver serve` as a process, its embedded PostgreSQL in a temporary place."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

START_SECONDS = 120
STOP_SECONDS = 30
NOWHERE = "http://127.0.0.1:9"
"""Where a generated provider address leads: fuzzing sends nothing to other machines."""


@dataclass(frozen=True)
class Server:
    """A server at `url` whose output goes to `log`."""

    url: str
    data_dir: Path
    log: Path
    process: subprocess.Popen[bytes]

    def faults(self) -> list[str]:
        """What is wrong with it while it should serve: it has ended, or its log has tracebacks."""
        lines = self.log.read_text(errors="replace").splitlines()
        found = [f"the server's log has a traceback: {line[:2000]}" for line in lines if "Traceback" in line][:10]
        if self.process.poll() is not None:
            last = "\n".join(lines[-20:])
            found.append(f"the server ended with status {self.process.returncode}:\n{last}")
        return found


@contextmanager
def serving(log: Path) -> Iterator[Server]:
    """A fresh, empty server. Raises RuntimeError when it does not start."""
    directory = Path(tempfile.mkdtemp(prefix="palaver-fuzz-"))
    directory.chmod(0o711)  # the database may run as another user
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PALAVER_")} | {
        "PALAVER_DATA_DIR": str(directory / "data"),
        "PALAVER_PORT": str(port),
        "PALAVER_RATE_LIMITS": "off",
        "PALAVER_MODEL_ATTEMPTS": "2",
        "PALAVER_RETRY_INITIAL_SECONDS": "0.05",
        "PALAVER_SHUTDOWN_GRACE_SECONDS": "1",
        "PALAVER_LOG_FORMAT": "json",
        "PALAVER_EXPERIMENTS": "chat-advisor",
        "HTTP_PROXY": NOWHERE,
        "HTTPS_PROXY": NOWHERE,
        "NO_PROXY": "",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "palaver", "serve"], stdout=output, stderr=subprocess.STDOUT, env=environment
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(process, url, log)
            yield Server(url, directory / "data", log, process)
        finally:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            shutil.rmtree(directory, ignore_errors=True)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    give_up_at = time.monotonic() + START_SECONDS
    while time.monotonic() < give_up_at:
        if process.poll() is not None:
            break
        try:
            if httpx.get(f"{url}/readyz", trust_env=False).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-4000:]}")
