"""Processes on one listener share its connections by how many each has, and nobody waits for who does not take."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from palaver.accepting import Acceptor, Board
from palaver.server import listen


class Process:
    """What stands for a process here: its acceptor, and the connections it has."""

    def __init__(self, listener: socket.socket, board: Board, place: int, had: int = 0) -> None:
        self.had = had
        self.transports: list[asyncio.BaseTransport] = []
        self.listener = listener.dup()
        self.acceptor = Acceptor(
            self.listener, board, place, protocol=lambda: Connection(self), connections=lambda: self.connections
        )

    @property
    def connections(self) -> int:
        return self.had + len(self.transports)

    async def close(self) -> None:
        await self.acceptor.close()
        self.listener.close()
        for transport in self.transports:
            transport.close()


class Connection(asyncio.Protocol):
    """Says hello."""

    def __init__(self, process: Process) -> None:
        self.process = process

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.process.transports.append(transport)
        transport.write(b"hello\n")


@pytest.fixture
def board(tmp_path: Path) -> Board:
    return Board.make(tmp_path / "board", 3)


@asynccontextmanager
async def processes(board: Board, *had: int) -> AsyncIterator[tuple[int, list[Process]]]:
    listener = listen("127.0.0.1", 0)
    made = [Process(listener, board, place, count) for place, count in enumerate(had)]
    for process in made:
        process.acceptor.start()
    try:
        yield listener.getsockname()[1], made
    finally:
        for process in made:
            await process.close()
        listener.close()


async def connect(port: int, count: int) -> list[asyncio.StreamWriter]:
    async def one() -> asyncio.StreamWriter:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        assert await reader.readline() == b"hello\n"
        return writer

    async with asyncio.timeout(10):
        return await asyncio.gather(*(one() for _ in range(count)))


async def test_a_burst_is_shared(board: Board) -> None:
    async with processes(board, 0, 0) as (port, (first, second)):
        writers = await connect(port, 60)
        assert first.connections + second.connections == 60
        assert abs(first.connections - second.connections) <= 10
        for writer in writers:
            writer.close()


async def test_a_newcomer_catches_up_with_those_that_keep_their_connections(board: Board) -> None:
    async with processes(board, 100, 0) as (port, (old, new)):
        writers = await connect(port, 20)
        assert new.connections >= 18
        assert old.connections <= 102
        for writer in writers:
            writer.close()


async def test_who_has_more_takes_what_the_other_leaves_lying(board: Board) -> None:
    board.write(2, 0)  # a process that is there and takes nothing, as one that hangs
    async with processes(board, 5) as (port, (only,)):
        writers = await connect(port, 10)
        assert only.connections == 15
        for writer in writers:
            writer.close()


async def test_the_board_knows_who_is_absent(tmp_path: Path) -> None:
    board = Board.make(tmp_path / "board", 3)
    assert board.least_of_others(0) is None
    board.write(1, 4)
    board.write(2, 7)
    elsewhere = Board(tmp_path / "board", 3)
    assert (elsewhere.least_of_others(0), elsewhere.least_of_others(1)) == (4, 7)
    board.leave(1)
    assert elsewhere.least_of_others(0) == 7
    elsewhere.close()
    board.close()


async def test_after_closing_nothing_is_taken_any_more(board: Board) -> None:
    async with processes(board, 0, 0) as (port, (first, second)):
        await first.acceptor.close()
        writers = await connect(port, 10)
        assert (first.connections, second.connections) == (0, 10)
        for writer in writers:
            writer.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_connections_send_what_is_written_at_once(host: str) -> None:
    with listen(host, 0) as listener, socket.create_connection(listener.getsockname()[:2]):
        connection, _ = listener.accept()
        with connection:
            assert connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1
