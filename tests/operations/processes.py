"""`palaver` as its users run it: a process of its own, in a directory of its own."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 120.0


def environment(**variables: str) -> dict[str, str]:
    """Ours without PALAVER_*, with the checkout importable from anywhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PALAVER_")}
    return kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1"} | variables


def palaver(
    *arguments: str, cwd: Path, timeout: float = START_SECONDS, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "palaver", *arguments],
        cwd=cwd,
        env=environment(**variables),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


@dataclass
class RunningServer:
    """A server process; `said` is what it has printed so far, both streams."""

    process: "subprocess.Popen[str]"
    lines: list[str] = field(default_factory=list)

    @property
    def said(self) -> str:
        return "".join(self.lines)

    @property
    def url(self) -> str:
        found = re.search(r"http://127\.0\.0\.1:\d+", self.said)
        assert found is not None
        return found.group()

    def wait_until_said(self, text: str) -> None:
        """Wait for a text; fails when the process ends without having said it."""
        deadline = time.monotonic() + START_SECONDS
        while text not in self.said:
            assert time.monotonic() < deadline, f"never said {text!r}: {self.said}"
            assert self.process.poll() is None or text in self.said, f"ended: {self.said}"
            time.sleep(0.02)


@contextmanager
def running(
    command: str, *arguments: str, cwd: Path, python: str = sys.executable, **variables: str
) -> Iterator[RunningServer]:
    """`palaver <command>` on a free port, ready; stopped at the end unless it has ended by then."""
    process = subprocess.Popen(
        [python, "-m", "palaver", command, "--port", "0", *arguments],
        cwd=cwd,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    server = RunningServer(process)
    assert process.stdout is not None
    reader = threading.Thread(target=lambda: server.lines.extend(process.stdout or ()), daemon=True)
    reader.start()
    try:
        server.wait_until_said("Stop with Ctrl-C.")
        yield server
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join(10)
        process.stdout.close()
