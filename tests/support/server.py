"""A real server for tests: uvicorn as the command line runs it, in the test's own loop, on a free port."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvicorn

from palaver.app import application, build_services
from palaver.server import configuration, listen
from palaver.services import Services
from palaver.settings import Settings
from tests.support.canaries import CANARIES


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answers at `url`, with the services it runs on."""

    url: str
    services: Services


@asynccontextmanager
async def run_server(settings: Settings) -> AsyncIterator[RunningServer]:
    """Serve until the block ends; then drain as on SIGTERM."""
    CANARIES.learn_settings(settings)
    services = build_services(settings)
    listener = listen("127.0.0.1", 0)
    server = uvicorn.Server(configuration(application(services), settings))
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
