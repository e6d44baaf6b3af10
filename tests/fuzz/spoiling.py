"""Chats in states that no request alone leads to, so they are made in the database: columns that mean no state, and
a call of a server's tool that waits for approval."""

import asyncio
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqlalchemy import TextClause, text

from palaver.database import Database
from palaver.embedded import url_of_running

PARKED_CALL: Final = "call_1"
APPROVAL: Final = "6f1d0a52-83c4-4e7b-9a15-d20c7b94e831"
"""The call that parked chats wait with, and the id of its approval."""

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

_PARK = (
    text(f"""
      UPDATE chats SET status = 'requires_action', worker_id = NULL, runner_id = NULL,
        snapshot_version = snapshot_version + 1, requires_action_deadline_at = now() + interval '1 day',
        pending_tool_calls = json_build_array(json_build_object(
          'tool_call_id', '{PARKED_CALL}', 'tool_name', 'files__delete', 'args', json_build_object('path', 'notes.md'),
          'mcp_server_config_id', '{APPROVAL}', 'approval', json_build_object(
            'id', '{APPROVAL}', 'server_config_id', '{APPROVAL}', 'tool', 'delete')))
      WHERE id = ANY(:chats)
    """),
)


def spoil(data_dir: Path, chat_ids: Sequence[str]) -> None:
    """Let chats of the server in `data_dir` be idle with a queue, which is no state."""
    asyncio.run(_run(_SPOIL, data_dir, [uuid.UUID(chat_id) for chat_id in chat_ids]))


def park(data_dir: Path, chat_ids: Sequence[str]) -> None:
    """Let chats of the server in `data_dir` wait for approval of PARKED_CALL."""
    asyncio.run(_run(_PARK, data_dir, [uuid.UUID(chat_id) for chat_id in chat_ids]))


async def _run(statements: Sequence[TextClause], data_dir: Path, chat_ids: list[uuid.UUID]) -> None:
    url = url_of_running(data_dir)
    assert url is not None
    database = Database(url, pool_size=2)
    try:
        async with database.begin() as conn:
            for statement in statements:
                await conn.execute(statement, {"chats": chat_ids})
    finally:
        await database.close()
