"""The owner's unread cursor: whoever watches a chat has read it, from opening the stream to closing it."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import structlog
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from palaver.chat.uninterrupted import completed
from palaver.database import Database

MARK_SECONDS: Final = 5.0

log = structlog.get_logger(__name__)

# Compared first: a viewer of an idle chat writes nothing and takes no row lock.
_MARK_READ = text("""
UPDATE chats c SET last_read_message_id = newest.id
FROM (
    SELECT id FROM chat_messages
    WHERE chat_id = CAST(:chat_id AS uuid) AND role = 'assistant' AND NOT deleted ORDER BY id DESC LIMIT 1
) newest
WHERE c.id = CAST(:chat_id AS uuid) AND c.last_read_message_id IS DISTINCT FROM newest.id
""")


async def mark_read(database: Database, chat_id: uuid.UUID) -> None:
    """Move the owner's cursor to the newest assistant message. A failure is logged: the stream matters more."""
    try:
        async with asyncio.timeout(MARK_SECONDS), database.connect() as connection:
            await connection.execute(_MARK_READ, {"chat_id": chat_id})
    except (SQLAlchemyError, OSError) as error:
        log.warning("the unread cursor was not moved", chat_id=str(chat_id), error=str(error))


@asynccontextmanager
async def reading(database: Database, chat_id: uuid.UUID, *, is_owner: bool) -> AsyncIterator[None]:
    """Mark the chat read at both ends of the block when the viewer is its owner."""
    if not is_owner:
        yield
        return
    await mark_read(database, chat_id)
    try:
        yield
    finally:
        # The last write must not be lost with a cancelled viewer.
        await completed(mark_read(database, chat_id))
