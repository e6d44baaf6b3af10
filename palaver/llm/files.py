"""Attachments as a prompt needs them: read from their stores by id, and remembered from call to call."""

import uuid
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

import structlog

from palaver.errors.provider import ProviderError
from palaver.files.rows import FileFacts, load_files
from palaver.files.storage import FileStorage
from palaver.files.stores import BytesMissing, StoreFailed

REMEMBERED_BYTES: Final = 67_108_864
"""Bytes of attachments that one process keeps: every step of a turn needs those of the whole chat again."""

log = structlog.get_logger(__name__)


@dataclass(slots=True, frozen=True)
class StoredFile:
    """A stored attachment with its bytes."""

    id: uuid.UUID
    name: str
    media_type: str
    data: bytes


FileLoader = Callable[[set[uuid.UUID]], Awaitable[dict[uuid.UUID, StoredFile]]]
"""Gives the files that exist among these ids; the others are left out."""


class PromptFiles:
    """A FileLoader on the stores; a file that retention has removed is simply not there.

    Which files there are is asked anew each time, their bytes never change. Raises a retryable ProviderError when a
    store does not answer.
    """

    def __init__(self, files: FileStorage, remembered_bytes: int = REMEMBERED_BYTES) -> None:
        self._files = files
        self._most = remembered_bytes
        self._size = 0
        self._remembered: OrderedDict[uuid.UUID, bytes] = OrderedDict()

    async def __call__(self, ids: set[uuid.UUID]) -> dict[uuid.UUID, StoredFile]:
        """Load the files, one after the other: those of a chat are few, and each is read once."""
        async with self._files.database.connect() as conn:
            found = await load_files(conn, ids)
        loaded: dict[uuid.UUID, StoredFile] = {}
        for file in found:
            try:
                data = await self._bytes_of(file)
            except BytesMissing as error:
                log.error("An attachment has lost its bytes.", action="file_bytes_missing", error=str(error))
                continue
            except StoreFailed as error:
                raise ProviderError(
                    "generic", retryable=True, message="An attachment could not be read.", detail=str(error)
                ) from error
            loaded[file.id] = StoredFile(file.id, file.name, file.mime_type, data)
        return loaded

    async def _bytes_of(self, file: FileFacts) -> bytes:
        data = self._remembered.get(file.id)
        if data is not None:
            self._remembered.move_to_end(file.id)
            return data
        data = await self._files.read(file)
        if file.id not in self._remembered and len(data) <= self._most:
            self._remembered[file.id] = data
            self._size += len(data)
            while self._size > self._most:
                self._size -= len(self._remembered.popitem(last=False)[1])
        return data
