"""The default store: bytes in chunks, in the same PostgreSQL as everything else."""

import uuid
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError

from models import ChatFile, FileChunk
from palaver.database import Database
from palaver.files.stores import DATABASE, PIECE_BYTES, BytesMissing, StoreFailed

# Only the chunks that the range touches, and of those only the part; where there are none, the row's own bytes.
_READ = text(
    """
    SELECT substr(data, greatest(:start - position * :piece, 0) + 1,
                  least(:stop - position * :piece, :piece) - greatest(:start - position * :piece, 0))
    FROM file_chunks
    WHERE file_id = :file_id AND position BETWEEN :start / :piece AND (:stop - 1) / :piece
    ORDER BY position
    """
)
_READ_ROW = text(
    "SELECT substr(data, :start + 1, :stop - :start) FROM chat_files WHERE id = :file_id AND data IS NOT NULL"
)


class DatabaseStore:
    """A store in the database; reads what an earlier version put into the files' rows as well."""

    location = DATABASE
    name = DATABASE

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, file_id: uuid.UUID, data: bytes) -> None:
        """Store bytes in one transaction; no more than a chunk of them is copied at a time."""
        statement = insert(FileChunk)
        replacing = statement.on_conflict_do_update(
            index_elements=[FileChunk.file_id, FileChunk.position], set_={"data": statement.excluded.data}
        )
        count = -(-len(data) // PIECE_BYTES)
        async with self._failing(), self._database.begin() as conn:
            # In the order of positions: who writes the same file meanwhile waits at the first.
            for position in range(count):
                chunk = data[position * PIECE_BYTES : (position + 1) * PIECE_BYTES]
                await conn.execute(replacing, {"file_id": file_id, "position": position, "data": chunk})
            await conn.execute(delete(FileChunk).where(FileChunk.file_id == file_id, FileChunk.position >= count))

    async def read(self, file_id: uuid.UUID, start: int, length: int) -> bytes:
        """See FileStore."""
        wanted = {"file_id": file_id, "start": start, "stop": start + length}
        async with self._failing(), self._database.connect() as conn:
            chunks = (await conn.execute(_READ, {**wanted, "piece": PIECE_BYTES})).scalars().all()
            if not chunks:
                chunks = (await conn.execute(_READ_ROW, wanted)).scalars().all()
        if not chunks:
            raise BytesMissing(self.name, file_id)
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    async def size(self, file_id: uuid.UUID) -> int | None:
        """See FileStore."""
        chunks = select(func.sum(func.length(FileChunk.data))).where(FileChunk.file_id == file_id)
        row = select(func.length(ChatFile.data)).where(ChatFile.id == file_id)
        async with self._failing(), self._database.connect() as conn:
            size: int | None = await conn.scalar(select(func.coalesce(chunks.scalar_subquery(), row.scalar_subquery())))
        return size

    async def delete(self, file_ids: Collection[uuid.UUID]) -> None:
        """See FileStore."""
        async with self._failing(), self._database.connect() as conn:
            await conn.execute(delete(FileChunk).where(FileChunk.file_id.in_(file_ids)))

    @asynccontextmanager
    async def _failing(self) -> AsyncIterator[None]:
        try:
            yield
        except (SQLAlchemyError, OSError) as error:
            raise StoreFailed(self.name, "does not answer") from error
