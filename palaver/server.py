"""Serving an ASGI application with uvicorn: sockets, limits, an orderly end."""

import asyncio
import gc
import math
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from palaver.accepting import Acceptor, Board
from palaver.settings import Settings
from palaver.stream.protocols import protocol_options

_BACKLOG: Final = 2048
_KEEP_ALIVE_SECONDS: Final = 65
"""Longer than the 60 s after which common proxies give an idle connection up, so that the proxy does it first."""

_LEAVE_SECONDS: Final = 0.5
"""How long one of several processes that stops still answers requests before it closes idle connections."""


class Terminated(BaseException):
    """The process was asked to end by SIGTERM."""


@contextmanager
def terminated_by_signal() -> Iterator[None]:
    """Turn SIGTERM into Terminated inside the block, so that context managers end what they began."""

    def terminate(number: int, frame: FrameType | None) -> None:
        raise Terminated

    before = signal.signal(signal.SIGTERM, terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@dataclass(frozen=True, slots=True)
class Shared:
    """That a listener is served by other processes too: the board they write on, and our place on it."""

    board: Board
    place: int


@dataclass(frozen=True, slots=True)
class Life:
    """Called on the loop: when the server is ready, when it begins to stop, when whoever stops it will not wait."""

    on_ready: Callable[[], None] = lambda: None
    on_stopping: Callable[[], None] = lambda: None
    on_hurry: Callable[[], None] = lambda: None


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, life: Life) -> None:
        super().__init__(config)
        self._life = life
        self._serving_on: asyncio.AbstractEventLoop | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._serving_on = asyncio.get_running_loop()
        await self._start(sockets)
        if self.started:
            # What exists now stays to the end: the collector need not look at it again and again.
            gc.collect()
            gc.freeze()
            gc.enable()
            self._life.on_ready()

    async def _start(self, sockets: list[socket.socket] | None) -> None:
        await super().startup(sockets)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Before uvicorn waits for open responses: a stream ends only when it is told.
        self._life.on_stopping()
        await super().shutdown(sockets)
        if self.force_exit:
            # uvicorn leaves it undone then; cancelled, the application could not say what it lets go.
            await self.lifespan.shutdown()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self.force_exit and self._serving_on is not None:
            self._serving_on.call_soon_threadsafe(self._life.on_hurry)


class _SharingServer(_Server):
    """Accepts by itself, no faster than is fair to the other processes; uvicorn knows of no socket."""

    def __init__(
        self,
        config: uvicorn.Config,
        life: Life,
        shared: Shared,
        grace_seconds: float,
    ) -> None:
        super().__init__(config, life)
        self._shared = shared
        self._grace_seconds = grace_seconds
        self._acceptor: Acceptor | None = None

    async def _start(self, sockets: list[socket.socket] | None) -> None:
        await super()._start([])
        if self.started and sockets:
            self._acceptor = Acceptor(
                sockets[0],
                self._shared.board,
                self._shared.place,
                protocol=self._protocol,
                connections=lambda: len(self.server_state.connections),
            )
            self._acceptor.start()

    async def on_tick(self, counter: int) -> bool:
        if self._acceptor is not None:
            self._acceptor.tell()
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if self._acceptor is not None:
            await self._acceptor.close()
        for sock in sockets or ():
            sock.close()
        # Others serve on: who has just connected, or keeps a connection for its next request, is answered once more
        # and sent to them.
        self.server_state.default_headers = [*self.server_state.default_headers, (b"connection", b"close")]
        await asyncio.sleep(min(_LEAVE_SECONDS, self._grace_seconds))
        await super().shutdown([])

    def _protocol(self) -> asyncio.Protocol:
        make: Callable[..., asyncio.Protocol] = self.config.http_protocol_class
        return make(config=self.config, server_state=self.server_state, app_state=self.lifespan.state)


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address; port 0 takes a free one. Raises OSError, for example when it is in use."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    family, kind, protocol, _, address = found[0]
    sock = socket.socket(family, kind, protocol)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Its connections inherit that. Without it the end of an answer waits 40 ms for the client to confirm its head.
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.bind(address)
        # Listening at once makes a second server on the port fail now, and early clients wait instead of failing.
        sock.listen(_BACKLOG)
    except BaseException:
        sock.close()
        raise
    return sock


def configuration(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """How uvicorn serves `app`: one process, a failing start is a failure, no proxy is believed unasked."""
    return uvicorn.Config(
        app,
        loop="uvloop",
        lifespan="on",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies,
        backlog=_BACKLOG,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        # Closed connections take a moment to be gone; without any grace uvicorn calls each of them an error.
        timeout_graceful_shutdown=max(1, math.ceil(settings.shutdown_grace_seconds)),
        reset_contextvars=True,
        **protocol_options(settings.stream_heartbeat_seconds),
    )


def run(
    app: ASGIApp,
    settings: Settings,
    sock: socket.socket,
    *,
    life: Life = Life(),
    shared: Shared | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then let open requests end within the grace time; a second SIGINT ends that.

    With `shared`, other processes accept connections from `sock` too.
    Raises SystemExit with a status other than 0 when the application does not start. SIGTERM ends in Terminated,
    SIGINT in KeyboardInterrupt, both after everything has been stopped. Garbage collection is on from then on that
    the application has started: callers may switch it off before.
    """
    config = configuration(app, settings)
    if shared is None:
        server = _Server(config, life)
    else:
        server = _SharingServer(config, life, shared, settings.shutdown_grace_seconds)
    server.run([sock])
