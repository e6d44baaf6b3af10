"""HTTP/1.1 to model providers straight on asyncio: a parser in C, one wake-up per read, connections kept alive.

httpx2's own transport goes through four layers of Python for each read, a fifth of the processor time of a streamed
part when measured. This one does what model calls need: requests with a body in memory, streamed answers, TLS. It
knows no proxies; where the environment names one, `http_transport` leaves the field to httpx2's.
"""

import asyncio
import re
import ssl
import urllib.request
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Final, cast

import httptools
import httpx2

from palaver.outgoing import OutgoingPolicy

_BUFFER_BYTES: Final = 262_144
"""Unread bytes of an answer above which nothing more is read from its socket."""
_FORBIDDEN: Final = re.compile(rb"[\r\n\0]")
DEFAULT_PORTS: Final = {"http": 80, "https": 443}

Origin = tuple[str, str, int]
"""Scheme, host, port."""


def http_transport(outgoing: OutgoingPolicy, *, max_idle: int, idle_seconds: float) -> httpx2.AsyncBaseTransport | None:
    """A transport that keeps up to `max_idle` unused connections per origin for `idle_seconds` each.

    None, for httpx2's default, when the environment names a proxy: then it is the proxy that resolves names.
    """
    if urllib.request.getproxies():
        return None
    return DirectTransport(outgoing, max_idle=max_idle, idle_seconds=idle_seconds)


class DirectTransport(httpx2.AsyncBaseTransport):
    """Connections to any origin that `outgoing` allows, one answer at a time on each.

    How many may be open is for the callers to limit.
    """

    def __init__(self, outgoing: OutgoingPolicy, *, max_idle: int, idle_seconds: float) -> None:
        self._outgoing = outgoing
        self._max_idle = max_idle
        self._idle_seconds = idle_seconds
        self._idle: dict[Origin, list[_Connection]] = {}
        self._open: set[_Connection] = set()
        self._tls: ssl.SSLContext | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request and return the answer once its head is there; its body follows as a stream.

        Raises httpx2's UnsupportedProtocol, LocalProtocolError, ConnectError, ConnectTimeout, RemoteProtocolError,
        ReadError; ConnectionRefusedByPolicy.
        """
        encoded = _encode(request, await request.aread())
        connection = await self._connection(request)
        try:
            status, headers = await connection.exchange(encoded)
        except BaseException:
            connection.abort()
            raise
        return httpx2.Response(status, headers=headers, stream=_Body(connection))

    async def aclose(self) -> None:
        """Close every connection; answers in progress fail."""
        for connection in list(self._open):
            connection.abort()

    async def _connection(self, request: httpx2.Request) -> "_Connection":
        url = request.url
        if url.scheme not in DEFAULT_PORTS:
            raise httpx2.UnsupportedProtocol(f"Request URL has an unsupported protocol '{url.scheme}://'.")
        origin = (url.scheme, url.raw_host.decode("ascii"), url.port or DEFAULT_PORTS[url.scheme])
        idle = self._idle.get(origin)
        if idle:
            connection = idle.pop()
            connection.leave_idle()
            return connection
        return await self._connect(origin, request.extensions.get("timeout", {}).get("connect"))

    async def _connect(self, origin: Origin, seconds: float | None) -> "_Connection":
        _, host, port = origin

        def make() -> _Connection:
            return _Connection(lambda connection: self._keep(origin, connection), self._forget)

        try:
            async with asyncio.timeout(seconds):
                # Resolved here and not in create_connection(), which would ask again.
                addresses = await self._outgoing.resolve(host, port)
                connection = await self._first_of(addresses, origin, make)
        except TimeoutError as error:
            raise httpx2.ConnectTimeout(f"no connection to {host} within {seconds} s") from error
        except OSError as error:
            raise httpx2.ConnectError(str(error)) from error
        self._open.add(connection)
        return connection

    async def _first_of(
        self, addresses: Sequence[str], origin: Origin, make: "Callable[[], _Connection]"
    ) -> "_Connection":
        """A connection to the first address that takes one. Raises OSError when none does."""
        scheme, host, port = origin
        tls, name = (self._tls_context(), host) if scheme == "https" else (None, None)
        loop = asyncio.get_running_loop()
        for number, address in enumerate(addresses, 1):
            try:
                _, connection = await loop.create_connection(make, address, port, ssl=tls, server_hostname=name)
                return connection
            except OSError:
                if number == len(addresses):
                    raise
        raise AssertionError("unreachable")

    def _tls_context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = httpx2.create_ssl_context()
            self._tls.set_alpn_protocols(["http/1.1"])
        return self._tls

    def _keep(self, origin: Origin, connection: "_Connection") -> None:
        idle = self._idle.setdefault(origin, [])
        if len(idle) >= self._max_idle:
            connection.abort()
            return
        idle.append(connection)
        connection.enter_idle(idle, self._idle_seconds)

    def _forget(self, connection: "_Connection") -> None:
        self._open.discard(connection)


class _Body(httpx2.AsyncByteStream):
    """The body of an answer, as it arrives. Closing it before its end closes the connection."""

    def __init__(self, connection: "_Connection") -> None:
        self._connection: _Connection | None = connection

    async def __aiter__(self) -> AsyncIterator[bytes]:
        connection = self._connection
        while connection is not None and (data := await connection.read()):
            yield data

    async def aclose(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.release()


class _Connection(asyncio.Protocol):
    """One socket: parses the answer that is expected on it, and is idle or closed otherwise."""

    def __init__(self, keep: Callable[["_Connection"], None], forget: Callable[["_Connection"], None]) -> None:
        self._keep = keep
        self._forget = forget
        self._loop = asyncio.get_running_loop()
        self._parser: httptools.HttpResponseParser | None = None
        self._head: asyncio.Future[None] | None = None
        self._reader: asyncio.Future[None] | None = None
        self._idle: list[_Connection] | None = None
        self._idle_timer: asyncio.TimerHandle | None = None
        self._begin()
        self._closed = False

    def _begin(self) -> None:
        self._status = 0
        self._headers: list[tuple[bytes, bytes]] = []
        self._chunks: list[bytes] = []
        self._buffered = 0
        self._paused = False
        self._complete = False
        self._reusable = False
        self._error: Exception | None = None

    # ---- its user's side ----

    async def exchange(self, request: bytes) -> tuple[int, list[tuple[bytes, bytes]]]:
        """Write a request and wait for the head of its answer: status and headers."""
        self._begin()
        self._parser = httptools.HttpResponseParser(self)
        self._head = self._loop.create_future()
        if self._closed:
            raise httpx2.ReadError("the server closed the connection")
        self._transport.write(request)
        await self._head
        return self._status, self._headers

    async def read(self) -> bytes:
        """What has arrived of the body, at least one byte; empty at its end. Raises what broke it."""
        while not self._chunks:
            if self._complete:
                return b""
            if self._error is not None:
                raise self._error
            self._reader = self._loop.create_future()
            await self._reader
        chunks = self._chunks
        data = chunks[0] if len(chunks) == 1 else b"".join(chunks)
        chunks.clear()
        self._buffered = 0
        if self._paused:
            self._paused = False
            self._transport.resume_reading()
        return data

    def release(self) -> None:
        """Done with the answer: back to the idle ones if it was read whole and the server keeps the connection."""
        if self._complete and self._reusable and not self._chunks and not self._closed:
            self._parser = None
            self._keep(self)
        else:
            self.abort()

    def abort(self) -> None:
        """Close at once."""
        self._forget(self)
        self._quit_idle()
        self._transport.abort()

    def enter_idle(self, idle: "list[_Connection]", seconds: float) -> None:
        """Wait in `idle` for the next use, no longer than `seconds`."""
        self._idle = idle
        self._idle_timer = self._loop.call_later(seconds, self.abort)

    def leave_idle(self) -> None:
        """Taken out of the idle ones by whoever calls."""
        self._idle = None
        if self._idle_timer is not None:
            self._idle_timer.cancel()
            self._idle_timer = None

    # ---- the socket's side ----

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        if self._parser is None or self._complete:
            # Nobody asked: the server says good-bye, or is out of step.
            self.abort()
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self._fail(httpx2.RemoteProtocolError(str(error)))
            self.abort()
            return
        if self._buffered > _BUFFER_BYTES and not self._paused:
            self._paused = True
            self._transport.pause_reading()
        if self._chunks or self._complete:
            self._wake()

    def connection_lost(self, error: Exception | None) -> None:
        self._closed = True
        self._forget(self)
        self._quit_idle()
        if self._parser is None or self._complete:
            return
        if error is not None:
            self._fail(httpx2.ReadError(str(error) or "connection lost"))
        elif not self._status:
            self._fail(httpx2.RemoteProtocolError("Server disconnected without sending a response."))
        elif self._ends_with_connection():
            self._complete = True
            self._wake()
        else:
            self._fail(httpx2.RemoteProtocolError("peer closed connection without sending complete message body"))

    def _quit_idle(self) -> None:
        if self._idle is not None:
            self._idle.remove(self)
            self.leave_idle()

    def _ends_with_connection(self) -> bool:
        """Whether the answer told no length, so that the end of the connection is its regular end."""
        names = {name.lower() for name, _ in self._headers}
        return names.isdisjoint({b"content-length", b"transfer-encoding"})

    def _fail(self, error: Exception) -> None:
        self._error = error
        if self._head is not None and not self._head.done():
            self._head.set_exception(error)
        self._wake()

    def _wake(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

    # ---- the parser's side ----

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._complete:
            # A second answer to one request: whose it is nobody knows, so nothing more is asked on this connection.
            self._reusable = False
        self._headers.append((name, value))

    def on_headers_complete(self) -> None:
        assert self._parser is not None
        status = self._parser.get_status_code()
        if status < 200:
            # An interim answer; the real one follows.
            self._headers.clear()
            return
        self._status = status
        if self._head is not None and not self._head.done():
            self._head.set_result(None)

    def on_body(self, body: bytes) -> None:
        self._chunks.append(body)
        self._buffered += len(body)

    def on_message_complete(self) -> None:
        assert self._parser is not None
        if self._status:
            self._complete = True
            self._reusable = self._parser.should_keep_alive()


def _encode(request: httpx2.Request, body: bytes) -> bytes:
    lines = [b"%b %b HTTP/1.1" % (request.method.encode("ascii"), request.url.raw_path)]
    lines += [b"%b: %b" % (name, value) for name, value in request.headers.raw if name.lower() != b"transfer-encoding"]
    if "content-length" not in request.headers and (body or "transfer-encoding" in request.headers):
        lines.append(b"Content-Length: %d" % len(body))
    if any(_FORBIDDEN.search(line) for line in lines):
        raise httpx2.LocalProtocolError("A header holds a line break or a null character.")
    return b"\r\n".join(lines) + b"\r\n\r\n" + body
