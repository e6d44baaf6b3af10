"""Chats whose columns mean no state: no request can make them, so they are made in the database."""

import asyncio
import uuid
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import text

from palaver.database import Database
from palaver.embedded import url_of_running

_SPOIL = (
    text("""
      INSERT INTO chat_queued_messages (chat_id, position, content, reasoning_effort)
      SELECT id, 1, '[{"type": "text", "text": "later"}]', '' FROM chats WHERE id = ANY(:chats)
    """),
    text("""
      UPDATE chats SET status = 'waiting', worker_id = NULL, runner_id = NULL, snapshot_version = snapshot_version + 1
      WHERE id = ANY(:chats)
    """),
)


def spoil(data_dir: Path, chat_ids: Sequence[str]) -> None:
    """Let chats of the server in `data_dir` be idle with a queue, which is no state."""
    asyncio.run(_spoil(data_dir, [uuid.UUID(chat_id) for chat_id in chat_ids]))


async def _spoil(data_dir: Path, chat_ids: list[uuid.UUID]) -> None:
    url = url_of_running(data_dir)
    assert url is not None
    database = Database(url, pool_size=2)
    try:
        async with database.begin() as conn:
            for statement in _SPOIL:
                await conn.execute(statement, {"chats": chat_ids})
    finally:
        await database.close()
