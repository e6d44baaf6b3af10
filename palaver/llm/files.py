"""Attachments as a prompt needs them: read from the store by id, in one statement."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from models import ChatFile

if TYPE_CHECKING:
    from palaver.database import Database


@dataclass(slots=True, frozen=True)
class StoredFile:
    """A stored attachment with its bytes."""

    id: uuid.UUID
    name: str
    media_type: str
    data: bytes


FileLoader = Callable[[set[uuid.UUID]], Awaitable[dict[uuid.UUID, StoredFile]]]
"""Gives the files that exist among these ids; the others are left out."""


def file_loader(database: "Database") -> FileLoader:
    """A loader on the store; a file that retention has removed is simply not there."""

    async def load(ids: set[uuid.UUID]) -> dict[uuid.UUID, StoredFile]:
        statement = select(ChatFile.id, ChatFile.name, ChatFile.mime_type, ChatFile.data).where(ChatFile.id.in_(ids))
        async with database.connect() as conn:
            rows = (await conn.execute(statement)).all()
        return {row.id: StoredFile(row.id, row.name, row.mime_type, row.data) for row in rows}

    return load
