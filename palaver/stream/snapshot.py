"""What a stream reads: the chat's row, a page of changed messages and the queue, in one statement: one snapshot."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import JSON, BigInteger, Boolean, DateTime, String, Uuid, text
from sqlalchemy.types import TypeEngine

from palaver.chat.parts import required_calls
from palaver.database import Database

PAGE_MESSAGES: Final = 128
PAGE_BYTES: Final = 1 << 20
"""Stored size of a page's contents; the message that passes it is the page's last."""


@dataclass(frozen=True, slots=True)
class Message:
    """A visible message; `content` and `usage` as stored."""

    id: int
    role: str
    content: list[dict[str, Any]]
    created_by: str | None
    model_config_id: str | None
    usage: dict[str, Any] | None
    created_at: dt.datetime


@dataclass(frozen=True, slots=True)
class QueuedMessage:
    """An entry of the queue; `content` as stored."""

    id: int
    content: list[dict[str, Any]]
    model_config_id: str | None
    created_at: dt.datetime
    version: int
    held: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One consistent look at a chat; fields that a state does not use are None or empty."""

    snapshot_version: int
    history_version: int
    queue_version: int
    retry_state_version: int
    generation_attempt: int
    status: str
    worker_id: uuid.UUID | None
    """The process that runs the chat, which has its live parts."""
    retry_state: dict[str, Any] | None = None
    last_error: dict[str, Any] | None = None
    """Only in status error."""
    required_calls: tuple[dict[str, Any], ...] = ()
    """Unanswered calls that wait for the owner's approval, else those of client-side tools; only in status
    requires_action."""
    deadline: dt.datetime | None = None
    """Until when they wait."""
    sign_ins: dict[str, Any] | None = None
    """As in `chats.mcp_sign_ins`."""
    queue: tuple[QueuedMessage, ...] = ()
    """Only when the queue's version differs from the wanted one."""
    messages: tuple[Message, ...] = ()
    more_messages: bool = False
    """The page was full."""
    has_deleted: bool = False
    """A message changed after `history_version` was soft-deleted; only when asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages to read: revision above `history_version` up to `target_version` (None: all), id above
    `after_id`; whether to look for soft-deleted ones among the changed; and the queue's version that is known."""

    history_version: int
    target_version: int | None
    after_id: int
    check_deleted: bool
    queue_version: int


_SELECT = """
SELECT c.snapshot_version, c.history_version, c.queue_version, c.retry_state_version, c.generation_attempt, c.status,
       c.worker_id, c.retry_state, c.mcp_sign_ins,
       CASE c.status WHEN 'error' THEN c.last_error END AS last_error,
       CASE c.status WHEN 'requires_action' THEN c.pending_tool_calls END AS pending_tool_calls,
       CASE c.status WHEN 'requires_action' THEN c.dynamic_tools END AS dynamic_tools,
       c.requires_action_deadline_at,
       CASE WHEN c.queue_version <> CAST(:queue_version AS bigint) THEN (
           SELECT json_agg(
               json_build_array(q.id, q.content, q.model_config_id, q.created_at, q.version, q.held)
               ORDER BY q.position, q.id
           )
           FROM chat_queued_messages q WHERE q.chat_id = c.id
       ) END AS queue,
       {has_deleted} AS has_deleted,
       (
           SELECT json_agg(
               json_build_array(p.id, p.role, p.content, p.created_by, p.model_config_id, p.usage, p.created_at, p.sum)
               ORDER BY p.id
           )
           FROM ({page}) p WHERE p.sum - p.size < CAST(:page_bytes AS bigint)
       ) AS messages
FROM chats c WHERE c.id = CAST(:chat_id AS uuid)
"""

_PAGE = """
SELECT m.id, m.role, m.content, m.created_by, m.model_config_id, m.usage, m.created_at,
       pg_column_size(m.content) AS size, sum(pg_column_size(m.content)) OVER (ORDER BY m.id) AS sum
FROM {source}
WHERE m.chat_id = c.id AND m.id > CAST(:after_id AS bigint) AND NOT m.deleted AND m.visibility IN ('user', 'both')
  AND m.revision <= coalesce(CAST(:target_version AS bigint), 9223372036854775807)
ORDER BY m.id LIMIT CAST(:page_messages AS bigint)
"""

_COLUMNS: dict[str, type[TypeEngine[Any]] | TypeEngine[Any]] = {
    "snapshot_version": BigInteger,
    "history_version": BigInteger,
    "queue_version": BigInteger,
    "retry_state_version": BigInteger,
    "generation_attempt": BigInteger,
    "status": String,
    "worker_id": Uuid,
    "retry_state": JSON,
    "mcp_sign_ins": JSON,
    "last_error": JSON,
    "pending_tool_calls": JSON,
    "dynamic_tools": JSON,
    "requires_action_deadline_at": DateTime(timezone=True),
    "queue": JSON,
    "has_deleted": Boolean,
    "messages": JSON,
}

_WHOLE_HISTORY = text(
    _SELECT.format(
        has_deleted="""CASE WHEN CAST(:check_deleted AS boolean) THEN EXISTS (
           SELECT 1 FROM chat_messages d WHERE d.chat_id = c.id AND d.deleted
       ) ELSE false END""",
        page=_PAGE.format(source="chat_messages m"),
    )
).columns(**_COLUMNS)
"""For a viewer without messages: walks the history by id."""

# Materialized: with a limit in sight the planner would walk a long history by id to find the few changed rows, and a
# join with their ids would read it whole.
_CHANGED = """
WITH changed AS MATERIALIZED (
    SELECT * FROM chat_messages
    WHERE chat_id = CAST(:chat_id AS uuid) AND revision > CAST(:history_version AS bigint)
)
"""

_CHANGES = text(
    _CHANGED
    + _SELECT.format(
        has_deleted="CAST(:check_deleted AS boolean) AND EXISTS (SELECT FROM changed d WHERE d.deleted)",
        page=_PAGE.format(source="changed m"),
    )
).columns(**_COLUMNS)
"""For a viewer that is complete up to a version: costs what has changed since, not what the history holds."""

_VERSION = text("SELECT snapshot_version FROM chats WHERE id = CAST(:chat_id AS uuid)")


async def read_snapshot(database: Database, chat_id: uuid.UUID, wanted: Wanted) -> Snapshot | None:
    """The chat as it is now, with at most a page of messages; None when it does not exist."""
    parameters = {
        "chat_id": chat_id,
        "target_version": wanted.target_version,
        "after_id": wanted.after_id,
        "check_deleted": wanted.check_deleted,
        "queue_version": wanted.queue_version,
        "page_bytes": PAGE_BYTES,
        "page_messages": PAGE_MESSAGES,
    }
    statement = _WHOLE_HISTORY
    if wanted.history_version > 0:
        statement = _CHANGES
        parameters["history_version"] = wanted.history_version
    async with database.connect() as connection:
        row = (await connection.execute(statement, parameters)).one_or_none()
    if row is None:
        return None
    page: list[list[Any]] = row.messages or []
    return Snapshot(
        snapshot_version=row.snapshot_version,
        history_version=row.history_version,
        queue_version=row.queue_version,
        retry_state_version=row.retry_state_version,
        generation_attempt=row.generation_attempt,
        status=row.status,
        worker_id=row.worker_id,
        retry_state=row.retry_state,
        last_error=row.last_error,
        required_calls=tuple(
            required_calls(row.pending_tool_calls or [], {tool.get("name") for tool in row.dynamic_tools or []})
        ),
        deadline=row.requires_action_deadline_at,
        sign_ins=row.mcp_sign_ins,
        queue=tuple(
            QueuedMessage(entry_id, content, model_config_id, dt.datetime.fromisoformat(created_at), version, held)
            for entry_id, content, model_config_id, created_at, version, held in row.queue or []
        ),
        messages=tuple(
            Message(
                message_id, role, content, created_by, model_config_id, usage, dt.datetime.fromisoformat(created_at)
            )
            for message_id, role, content, created_by, model_config_id, usage, created_at, _ in page
        ),
        more_messages=bool(page) and (len(page) >= PAGE_MESSAGES or page[-1][-1] >= PAGE_BYTES),
        has_deleted=row.has_deleted,
    )


async def read_snapshot_version(database: Database, chat_id: uuid.UUID) -> int | None:
    """The chat's snapshot_version; None when it does not exist."""
    async with database.connect() as connection:
        version: int | None = (await connection.execute(_VERSION, {"chat_id": chat_id})).scalar_one_or_none()
    return version
