"""`python clients/live.py COMMAND...`: run a client's journeys (see journeys.md) against a server of its own.

Ends with the command's status; with 1 when the journeys have not met what the unsteady network does.
"""

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
JOURNEYS: Final = re.findall(r"^\| `([a-z_]+)` \|", (ROOT / "clients/journeys.md").read_text(), re.MULTILINE)
START_SECONDS: Final = 120
STOP_SECONDS: Final = 30
STREAM_BYTES: Final = 3000
"""What a stream's connection lets through before it is reset: a few events, and a piece of one."""
HEAD_BYTES: Final = 65_536
REFUSAL: Final = (
    b"HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Type: application/json\r\n"
    b'Content-Length: 24\r\nConnection: close\r\n\r\n{"message":"Too early."}\n'[:-1]
)


@dataclass
class UnsteadyNetwork:
    """A proxy for HTTP/1.1 that harms what goes through it, one request per connection."""

    upstream_port: int
    harm: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("cut streams", "lost answers", "refusals"), 0))
    _keys: set[bytes] = field(default_factory=set)
    _listed: set[bytes] = field(default_factory=set)
    _open: set[asyncio.StreamWriter] = field(default_factory=set)

    @property
    def is_open(self) -> bool:
        """Whether a request is still being passed on."""
        return bool(self._open)

    def close(self) -> None:
        """Reset what is still open."""
        for writer in self._open:
            writer.transport.abort()

    async def serve(self, client: asyncio.StreamReader, answer: asyncio.StreamWriter) -> None:
        """Pass one request on."""
        self._open.add(answer)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await client.readuntil(b"\r\n\r\n")
            request_line, *lines = head.rstrip().split(b"\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
            body = await client.readexactly(int(headers.get(b"content-length", b"0")))
            method, target, _ = request_line.split(b" ")
            path = target.partition(b"?")[0]
            if method == b"GET" and path.endswith(b"/messages") and path not in self._listed:
                self._listed.add(path)
                self.harm["refusals"] += 1
                answer.write(REFUSAL)
                await answer.drain()
            else:
                kept = [line for line in lines if not line.lower().startswith((b"connection:", b"expect:"))]
                request = b"\r\n".join([request_line, *kept, b"Connection: close", b"", body])
                await self._pass(request, answer, headers.get(b"idempotency-key"), path.endswith(b"/stream"))
        # What was written may still be on its way when it ends well; harm resets the connection itself.
        with suppress(ConnectionError):
            answer.close()
            await answer.wait_closed()
        self._open.discard(answer)

    async def _pass(self, request: bytes, answer: asyncio.StreamWriter, key: bytes | None, is_stream: bool) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.upstream_port)
        self._open.add(writer)
        try:
            writer.write(request)
            if key is not None and key not in self._keys:
                self._keys.add(key)
                await reader.read()
                self.harm["lost answers"] += 1
                answer.transport.abort()
                return
            left = STREAM_BYTES if is_stream else sys.maxsize
            if is_stream:
                answer.write(await reader.readuntil(b"\r\n\r\n"))
            while left > 0 and not answer.is_closing() and (data := await reader.read(min(left, HEAD_BYTES))):
                answer.write(data)
                await answer.drain()
                left -= len(data)
            if left <= 0:
                self.harm["cut streams"] += 1
                # Let the client have what was sent: a reset at once may throw it away.
                await asyncio.sleep(0.05)
                answer.transport.abort()
        finally:
            self._open.discard(writer)
            writer.transport.abort()


@contextmanager
def demo_server(directory: Path) -> Iterator[int]:
    """`palaver demo` with its data in `directory`; its port on 127.0.0.1.

    Raises RuntimeError when it does not start.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PALAVER_")} | {
        "PALAVER_DATA_DIR": str(directory / "data"),
        "PALAVER_PORT": str(port),
        "PALAVER_SHUTDOWN_GRACE_SECONDS": "1",
        # Uploads of all languages' journeys are the same user's.
        "PALAVER_RATE_LIMIT_FILES": "120",
    }
    log = directory / "server.log"
    with log.open("wb") as output:
        command = [sys.executable, "-m", "palaver", "demo"]
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, env=environment)
    try:
        give_up_at = time.monotonic() + START_SECONDS
        while not _is_ready(port):
            if process.poll() is not None or time.monotonic() > give_up_at:
                raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-4000:]}")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _is_ready(port: int) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


async def journeys(command: list[str], port: int, data: Path) -> int:
    """Run the command beside the unsteady network; the status to end with."""
    network = UnsteadyNetwork(port)
    passed = data.parent / "passed"
    passed.touch()
    proxy = await asyncio.start_server(network.serve, "127.0.0.1", 0, limit=HEAD_BYTES)
    unsteady_port = proxy.sockets[0].getsockname()[1]
    environment = os.environ | {
        "PALAVER_URL": f"http://127.0.0.1:{port}",
        "PALAVER_UNSTEADY_URL": f"http://127.0.0.1:{unsteady_port}",
        "PALAVER_TOKEN": (data / "demo.token").read_text().strip(),
        "PALAVER_EMAIL": "demo@example.com",
        "PALAVER_PASSWORD": (data / "demo.password").read_text().strip(),
        "PALAVER_PASSED": str(passed),
        "NO_PROXY": "127.0.0.1",
    }
    async with proxy:
        process = await asyncio.create_subprocess_exec(*command, env=environment)
        status = await process.wait()
        network.close()
        while network.is_open:
            await asyncio.sleep(0.01)
    sys.stdout.write(f"met: {', '.join(f'{count} {name}' for name, count in network.harm.items())}\n")
    faults = [f"the journeys met no {name}" for name, count in network.harm.items() if count == 0]
    if names := passed.read_text().split():
        sys.stdout.write(f"passed: {len(names)} journeys, {', '.join(names)}\n")
        faults += [f"the journey {name} was not passed" for name in JOURNEYS if name not in names]
    sys.stdout.writelines(f"FAULT: {fault}\n" for fault in faults)
    return status or (1 if faults else 0)


def main(command: list[str]) -> int:
    """Run it; returns the exit status."""
    directory = Path(tempfile.mkdtemp(prefix="palaver-clients-"))
    directory.chmod(0o711)  # the database may run as another user
    try:
        with demo_server(directory) as port:
            return asyncio.run(journeys(command, port, directory / "data"))
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
