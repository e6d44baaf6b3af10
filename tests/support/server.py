"""A real server for tests: uvicorn in the test's own loop, on a free port, over a real database."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn

from palaver.app import build_services, running
from palaver.contract.edge import build_edge
from palaver.services import Services
from palaver.settings import Settings
from palaver.stream.protocols import UVICORN_OPTIONS


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answers at `url`, with the services it runs on."""

    url: str
    services: Services


@asynccontextmanager
async def run_server(settings: Settings) -> AsyncIterator[RunningServer]:
    """Serve until the block ends; then drain as on SIGTERM."""
    services = build_services(settings)

    @asynccontextmanager
    async def lifespan(_: object) -> AsyncIterator[None]:
        async with running(services):
            yield

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        build_edge(services, lifespan=lifespan),
        lifespan="on",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=5,
        **UVICORN_OPTIONS,
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]), name="test-server")
    try:
        while not server.started:
            if serving.done():
                await serving
                raise RuntimeError("the server did not start")
            await asyncio.sleep(0.005)
        yield RunningServer(f"http://127.0.0.1:{listener.getsockname()[1]}", services)
    finally:
        services.bus.close()
        server.should_exit = True
        await serving
