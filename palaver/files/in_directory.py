"""A store in a directory: of this machine, or of a file system that all servers share."""

import asyncio
import os
import tempfile
import uuid
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TypeVar

from palaver.files.stores import STORE_SECONDS, BytesMissing, Location, StoreFailed

T = TypeVar("T")


class DirectoryStore:
    """A file for each id, two levels down: `ab/cd/abcd....`; only this user may read them."""

    def __init__(self, location: Location) -> None:
        self.location = self.name = location.text
        self._root = Path(location.path)

    def prepare(self) -> None:
        """Make the directory, for start-up: one that vanishes later is a failure. Raises OSError."""
        self._root.mkdir(mode=0o700, parents=True, exist_ok=True)

    async def put(self, file_id: uuid.UUID, data: bytes) -> None:
        """Write beside and rename, so that nobody sees half of it; returns once it is on the disk."""
        await self._in_thread(lambda: self._put(file_id, data))

    async def read(self, file_id: uuid.UUID, start: int, length: int) -> bytes:
        """See FileStore."""

        def read() -> bytes | None:
            try:
                with self._path(file_id).open("rb") as file:
                    file.seek(start)
                    return file.read(length)
            except FileNotFoundError:
                self._check_root()
                return None

        data = await self._in_thread(read)
        if data is None:
            raise BytesMissing(self.name, file_id)
        return data

    async def size(self, file_id: uuid.UUID) -> int | None:
        """See FileStore."""

        def size() -> int | None:
            try:
                return self._path(file_id).stat().st_size
            except FileNotFoundError:
                self._check_root()
                return None

        return await self._in_thread(size)

    async def delete(self, file_ids: Collection[uuid.UUID]) -> None:
        """Remove files, and what a killed process left half written of them."""

        def remove() -> None:
            for file_id in file_ids:
                directory = self._path(file_id).parent
                if not directory.is_dir():
                    self._check_root()
                    continue
                for name in os.listdir(directory):
                    if name.startswith(file_id.hex):
                        (directory / name).unlink(missing_ok=True)

        await self._in_thread(remove)

    def _path(self, file_id: uuid.UUID) -> Path:
        name = file_id.hex
        return self._root / name[:2] / name[2:4] / name

    def _put(self, file_id: uuid.UUID, data: bytes) -> None:
        self._check_root()
        path = self._path(file_id)
        for directory in (path.parent.parent, path.parent):
            try:
                directory.mkdir(mode=0o700)
            except FileExistsError:
                continue
            _sync(directory.parent)
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".part")
        try:
            with open(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
        _sync(path.parent)

    def _check_root(self) -> None:
        """Where the directory itself is not, nobody can say what else is not. Raises StoreFailed."""
        if not self._root.is_dir():
            raise StoreFailed(self.name, "is gone")

    async def _in_thread(self, work: Callable[[], T]) -> T:
        """Run it beside the loop, and wait no longer than for other stores: network file systems may hang."""
        try:
            async with asyncio.timeout(STORE_SECONDS):
                return await asyncio.to_thread(work)
        except TimeoutError as error:
            raise StoreFailed(self.name, "does not answer") from error
        except OSError as error:
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> StoreFailed:
        return StoreFailed(self.name, f"cannot be used: {error.strerror or type(error).__name__}")


def _sync(directory: Path) -> None:
    """Put the names in a directory on the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
