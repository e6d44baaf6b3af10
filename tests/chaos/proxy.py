"""A TCP proxy that harms what goes through it: delay, silence, cuts."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

Connect = Callable[[], Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]]
CHUNK_BYTES = 65_536


class FaultProxy:
    """Listens on a port of its own and passes bytes on to what `connect` opens. Harmless until told otherwise."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._server: asyncio.Server | None = None
        self._passing = asyncio.Event()
        self._passing.set()
        self._delay_seconds = 0.0
        self._refusing = False
        self._connections: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def start(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)

    async def stop(self) -> None:
        """Close everything."""
        if self._server is not None:
            self._server.close()
        self.cut()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    # ---- faults ----

    def cut(self) -> None:
        """Reset every connection; new ones are taken."""
        for writer in self._writers:
            writer.transport.abort()

    def refuse(self) -> None:
        """Reset every connection, and new ones as soon as they are made."""
        self._refusing = True
        self.cut()

    def hold(self) -> None:
        """Let nothing through, in either direction, and close nothing: what a network that loses all packets does."""
        self._passing.clear()

    def delay(self, seconds: float) -> None:
        """Hold up each piece of data that long."""
        self._delay_seconds = seconds

    def heal(self) -> None:
        """Pass everything on again; what was held up follows, as packets sent again would."""
        self._refusing = False
        self._delay_seconds = 0.0
        self._passing.set()

    # ---- inside ----

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refusing:
            writer.transport.abort()
            return
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        self._writers.add(writer)
        far_writer: asyncio.StreamWriter | None = None
        try:
            await self._passing.wait()
            far_reader, far_writer = await self._connect()
            self._writers.add(far_writer)
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pipe(reader, far_writer))
                group.create_task(self._pipe(far_reader, writer))
        except* (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            for end in (writer, far_writer):
                if end is not None:
                    self._writers.discard(end)
                    end.transport.abort()
            self._connections.discard(task)

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK_BYTES):
            if self._delay_seconds:
                await asyncio.sleep(self._delay_seconds)
            await self._passing.wait()
            if writer.transport.is_closing():
                raise ConnectionResetError
            writer.write(data)
            await writer.drain()
        # The end of one direction is the end of both: nobody here half-closes.
        await self._passing.wait()
        with suppress(OSError):
            await writer.drain()
        raise ConnectionResetError
