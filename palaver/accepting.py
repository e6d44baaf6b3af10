"""Taking connections from a listening socket that several processes share, so that each gets its part.

Who wakes up first would take a whole burst, and a process that has just been started would have nothing to do while
the others keep their streams. So each process writes on a board how many connections it has open, and whoever has more
than another lets that one go first, for a moment. The listener is one queue: a process that dies or hangs loses no
connection that waits in it, which a listener per process (SO_REUSEPORT) does.
"""

import asyncio
import mmap
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final, Self

import structlog

log = structlog.get_logger(__name__)

_DEFER_SECONDS: Final = 0.002
"""How long a process with more connections than another leaves a new one to that. It may be busy: then we take it."""
_PAUSE_SECONDS: Final = 1.0
"""Wait after the system has refused a connection, for example because too many files are open."""
_COUNT_BYTES: Final = 4
_ABSENT: Final = -1


class Board:
    """How many connections each process has open: a file in memory, one number a process, absent ones are -1."""

    def __init__(self, path: Path, places: int) -> None:
        self._path = path
        self._map = _map(path, places * _COUNT_BYTES)
        self._counts = memoryview(self._map).cast("i")

    @classmethod
    def make(cls, path: Path, places: int) -> Self:
        """A new board on which everybody is absent."""
        path.touch(mode=0o600)
        os.truncate(path, places * _COUNT_BYTES)
        board = cls(path, places)
        for place in range(places):
            board.leave(place)
        return board

    def write(self, place: int, connections: int) -> None:
        """Note how many connections the process of a place has."""
        self._counts[place] = connections

    def leave(self, place: int) -> None:
        """The process of a place takes no connections any more."""
        self._counts[place] = _ABSENT

    def least_of_others(self, place: int) -> int | None:
        """The smallest number of another process; None when there is no other."""
        return min(
            (count for other, count in enumerate(self._counts) if other != place and count != _ABSENT), default=None
        )

    def close(self) -> None:
        """Let go of the file."""
        self._counts.release()
        self._map.close()


class Acceptor:
    """Accepts for one process: `start` once the process serves, `close` when it takes no more.

    `connections` tells how many are open, `protocol` makes the protocol of one more. For use on the event loop.
    """

    def __init__(
        self,
        sock: socket.socket,
        board: Board,
        place: int,
        *,
        protocol: Callable[[], asyncio.Protocol],
        connections: Callable[[], int],
    ) -> None:
        self._socket = sock
        self._board = board
        self._place = place
        self._protocol = protocol
        self._connections = connections
        self._loop = asyncio.get_running_loop()
        self._opening: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._has_deferred = False
        self._closed = False

    def start(self) -> None:
        """Begin to accept."""
        self._socket.setblocking(False)
        self.tell()
        self._loop.add_reader(self._socket.fileno(), self._on_readable)

    def tell(self) -> int:
        """Write on the board how many connections there are, those being opened included; returns the number."""
        count = self._connections() + len(self._opening)
        if not self._closed:
            self._board.write(self._place, count)
        return count

    async def close(self) -> None:
        """Accept no more, and wait for connections that are being opened. The socket stays open."""
        self._closed = True
        self._board.leave(self._place)
        if self._timer is not None:
            self._timer.cancel()
        self._loop.remove_reader(self._socket.fileno())
        if self._opening:
            await asyncio.wait(self._opening)

    def _on_readable(self) -> None:
        count = self.tell()
        least = self._board.least_of_others(self._place)
        if least is not None and count > least and not self._has_deferred:
            self._has_deferred = True
            self._pause(_DEFER_SECONDS)
            return
        self._has_deferred = False
        try:
            connection, _ = self._socket.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return
        except OSError:
            log.exception("a connection could not be accepted", action="accept_failed")
            self._pause(_PAUSE_SECONDS)
            return
        connection.setblocking(False)
        task = self._loop.create_task(self._open(connection), name="open-connection")
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)
        self.tell()

    async def _open(self, connection: socket.socket) -> None:
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            await self._loop.connect_accepted_socket(self._protocol, connection)
        except OSError:
            connection.close()  # its peer has left again

    def _pause(self, seconds: float) -> None:
        self._loop.remove_reader(self._socket.fileno())
        self._timer = self._loop.call_later(seconds, self._resume)

    def _resume(self) -> None:
        self._timer = None
        self._loop.add_reader(self._socket.fileno(), self._on_readable)


def _map(path: Path, size: int) -> mmap.mmap:
    with path.open("r+b") as file:
        return mmap.mmap(file.fileno(), size)
