"""Writes and reads the bytes of files: new ones in the store of the settings, old ones wherever their row says."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator

from sqlalchemy import delete, func, insert
from sqlalchemy.dialects.postgresql import insert as insert_or_update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import ChatFile, FileOrphan
from palaver.attachments import classify
from palaver.database import Database
from palaver.files.in_database import DatabaseStore
from palaver.files.in_directory import DirectoryStore
from palaver.files.rows import FileFacts
from palaver.files.stores import PIECE_BYTES, FileStore, LocationInvalid, StoreFailed, parse_location
from palaver.settings import Settings

UNFINISHED = dt.timedelta(days=1)
"""How long bytes may wait for their row before they count as left behind."""
GRACE = dt.timedelta(minutes=10)
"""How long bytes stay that were moved elsewhere: whoever is reading them comes to their end."""


CLASSIFIED_AT_ONCE = 2
"""Uploads whose content is looked at at a time: ten megabytes of JSON take twenty times that while they are parsed."""


class FileStorage:
    """The stores of one process, each opened when it is first needed and kept.

    Raises LocationInvalid when the settings' store cannot be opened, OSError when its directory cannot be made.
    """

    def __init__(self, settings: Settings, database: Database) -> None:
        self.database = database
        self._settings = settings
        self._stores: dict[str, FileStore] = {}
        self._classifying = asyncio.Semaphore(CLASSIFIED_AT_ONCE)
        self.current = self.destination(settings.files_url)

    def destination(self, location: str) -> FileStore:
        """The store at a location, for new files: a directory is made. Raises LocationInvalid and OSError."""
        store = self.at(location)
        if isinstance(store, DirectoryStore):
            store.prepare()
        return store

    def at(self, location: str) -> FileStore:
        """The store at a location, for the files it has. Raises LocationInvalid."""
        store = self._stores.get(location)
        if store is None:
            store = self._open(location)
            store = self._stores.setdefault(store.location, store)
        return store

    async def classify(self, data: bytes, name: str) -> str:
        """The media type of an upload, see `palaver.attachments.classify`; beside the loop, for it may take a while."""
        async with self._classifying:
            return await asyncio.to_thread(classify, data, name)

    async def save(
        self, *, owner_id: uuid.UUID, organization_id: uuid.UUID, name: str, mime_type: str, data: bytes
    ) -> uuid.UUID:
        """Store a file: first its bytes, then its row; its new id.

        Bytes whose row never comes are removed after a day. Raises StoreFailed, and IntegrityError for an
        organization or an owner that is gone.
        """
        file_id, store = uuid.uuid4(), self.current
        async with self.database.connect() as conn:
            await expect_bytes(conn, file_id, store.location)
        await store.put(file_id, data)
        row = {
            "id": file_id,
            "owner_id": owner_id,
            "organization_id": organization_id,
            "name": name,
            "mime_type": mime_type,
            "size": len(data),
            "store": store.location,
        }
        async with self.database.begin() as conn:
            if not await own_bytes(conn, file_id, store.location):
                raise StoreFailed(store.name, "took too long")
            await conn.execute(insert(ChatFile).values(row))
        return file_id

    async def read(self, file: FileFacts, start: int = 0, length: int | None = None) -> bytes:
        """`length` bytes of a file from `start`, or all to its end. Raises StoreFailed when they are not there."""
        wanted = file.size - start if length is None else min(length, file.size - start)
        try:
            store = self.at(file.store)
        except LocationInvalid:
            raise StoreFailed(file.store.partition("?")[0], "cannot be opened") from None
        data = await store.read(file.id, start, wanted)
        if len(data) != wanted:
            raise StoreFailed(store.name, f"has fewer bytes of the file {file.id} than were stored")
        return data

    async def pieces(self, file: FileFacts, start: int = 0) -> AsyncIterator[bytes]:
        """The bytes of a file from `start`, piece by piece: a slow taker holds one of them and no connection."""
        for at in range(start, file.size, PIECE_BYTES):
            yield await self.read(file, at, PIECE_BYTES)

    def _open(self, text: str) -> FileStore:
        location = parse_location(text)
        match location.scheme:
            case "file":
                return DirectoryStore(location)
            case "s3":
                # Here, and not by all: its library is an extra.
                from palaver.files.in_s3 import BucketStore

                return BucketStore(location, self._settings)
            case _:
                return DatabaseStore(self.database)


async def expect_bytes(conn: AsyncConnection, file_id: uuid.UUID, store: str) -> None:
    """Announce bytes that are about to be put into a store; waits while older ones of that id are being removed."""
    await _orphan(conn, file_id, store, UNFINISHED)


async def own_bytes(conn: AsyncConnection, file_id: uuid.UUID, store: str) -> bool:
    """Take announced bytes over, in the transaction that writes their row; False: they have been removed."""
    statement = delete(FileOrphan).where(FileOrphan.file_id == file_id, FileOrphan.store == store)
    return (await conn.execute(statement)).rowcount == 1


async def leave_bytes(conn: AsyncConnection, file_id: uuid.UUID, store: str) -> None:
    """Let bytes be removed that the row no longer owns."""
    await _orphan(conn, file_id, store, GRACE)


async def _orphan(conn: AsyncConnection, file_id: uuid.UUID, store: str, age: dt.timedelta) -> None:
    values = {"file_id": file_id, "store": store, "remove_at": func.now() + age}
    statement = insert_or_update(FileOrphan).values(values)
    await conn.execute(
        statement.on_conflict_do_update(
            index_elements=[FileOrphan.file_id, FileOrphan.store], set_={"remove_at": statement.excluded.remove_at}
        )
    )
