"""Leases on chats: which want an owner, which are still ours, which heartbeats nobody needs.

The database's clock judges. A lease is the pair (worker_id, runner_id) on the chat's row with a fresh heartbeat.
"""

import uuid
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Double,
    Interval,
    Uuid,
    and_,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Chat, ChatHeartbeat
from palaver.chat.notices import ChatNotice
from palaver.database import Database

_STALE_BEFORE: ColumnElement[Any] = func.now() - bindparam("stale_seconds", type_=Double()) * literal_column(
    "interval '1 second'", Interval()
)

_CANDIDATES = (
    select(Chat.id)
    .where(
        # Spelled out, so that the partial index over runnable chats is found.
        text("chats.status IN ('running', 'interrupting', 'requires_action')"),
        or_(
            Chat.runner_id.is_(None),
            ~exists().where(
                ChatHeartbeat.chat_id == Chat.id,
                ChatHeartbeat.runner_id == Chat.runner_id,
                ChatHeartbeat.heartbeat_at > _STALE_BEFORE,
            ),
        ),
        # Nobody is to hold a chat only to wait: see `_NEXT_DEADLINE`.
        ~and_(
            Chat.status == literal_column("'requires_action'"),
            Chat.runner_id.is_(None),
            Chat.requires_action_deadline_at > func.now(),
        ),
    )
    .order_by(Chat.updated_at)
    .limit(bindparam("batch"))
)

_NEXT_LAPSE = text(
    """
    SELECT CAST(extract(epoch FROM min(heartbeat_at) - now()) AS float8) + :stale_seconds
    FROM chat_heartbeats JOIN chats ON chats.id = chat_id AND chats.runner_id = chat_heartbeats.runner_id
    WHERE chats.status IN ('running', 'interrupting', 'requires_action')
      AND heartbeat_at > now() - CAST(:stale_seconds AS float8) * interval '1 second'
    """
)

_NEXT_DEADLINE = text(
    """
    SELECT CAST(extract(epoch FROM min(requires_action_deadline_at) - now()) AS float8)
    FROM chats
    WHERE status IN ('running', 'interrupting', 'requires_action') AND status = 'requires_action'
      AND runner_id IS NULL AND requires_action_deadline_at > now()
    """
)
"""Of the chats that wait for their owner or client and that nobody holds: they want a worker when the time is over."""

_RENEW = text(
    """
    UPDATE chat_heartbeats AS heartbeat SET heartbeat_at = now()
    FROM unnest(:chat_ids, :runner_ids) AS ours (chat_id, runner_id)
    WHERE heartbeat.chat_id = ours.chat_id AND heartbeat.runner_id = ours.runner_id
    RETURNING heartbeat.chat_id
    """
).bindparams(bindparam("chat_ids", type_=ARRAY(Uuid())), bindparam("runner_ids", type_=ARRAY(Uuid())))

_LET_LAPSE = delete(ChatHeartbeat).where(
    Chat.id == ChatHeartbeat.chat_id,
    Chat.runner_id == ChatHeartbeat.runner_id,
    Chat.worker_id == bindparam("worker_id", type_=Uuid()),
)

_FORGET_STALE = text(
    """
    DELETE FROM chat_heartbeats WHERE (chat_id, runner_id) IN (
      SELECT lapsed.chat_id, lapsed.runner_id FROM chat_heartbeats AS lapsed
      WHERE lapsed.heartbeat_at < now() - CAST(:stale_seconds AS float8) * interval '1 second'
        AND (SELECT runner_id FROM chats WHERE chats.id = lapsed.chat_id) IS DISTINCT FROM lapsed.runner_id
      LIMIT :batch FOR UPDATE SKIP LOCKED
    )
    """
)

_NOTICES = select(
    Chat.id,
    Chat.snapshot_version,
    Chat.worker_id,
    Chat.runner_id,
    Chat.history_version,
    Chat.queue_version,
    Chat.retry_state_version,
    Chat.generation_attempt,
    Chat.status,
    Chat.archived,
).where(Chat.id == func.any(bindparam("chat_ids", type_=ARRAY(Uuid()))))


async def let_all_lapse(url: str) -> None:
    """Let every lease of a database lapse now; for who knows that no worker lives, such as the starting only one."""
    database = Database(url, pool_size=2)
    try:
        async with database.connect() as conn:
            await conn.execute(delete(ChatHeartbeat))
    finally:
        await database.close()


async def forget_stale(conn: AsyncConnection, stale_seconds: float, batch: int) -> int:
    """Remove at most `batch` lapsed heartbeats of runners that own nothing any more; returns how many."""
    return (await conn.execute(_FORGET_STALE, {"stale_seconds": stale_seconds, "batch": batch})).rowcount


async def let_lapse(url: str, worker_id: uuid.UUID) -> int:
    """Let the leases of one worker lapse now, and tell how many; for who knows that it is dead."""
    database = Database(url, pool_size=2)
    try:
        async with database.connect() as conn:
            return (await conn.execute(_LET_LAPSE, {"worker_id": worker_id})).rowcount
    finally:
        await database.close()


class Leases:
    """The statements of the lease table, for one database."""

    def __init__(self, database: Database, stale_seconds: float) -> None:
        self._database = database
        self._stale_seconds = stale_seconds

    async def candidates(self, batch: int) -> list[uuid.UUID]:
        """Runnable chats without a live owner, the longest untouched first, at most `batch`.

        One that waits for its client or owner, and that was let go, is among them once its deadline has passed.
        """
        async with self._database.connect() as conn:
            rows = await conn.execute(_CANDIDATES, {"batch": batch, "stale_seconds": self._stale_seconds})
            return list(rows.scalars())

    async def next_lapse(self) -> float | None:
        """Seconds until the first living lease on a runnable chat lapses unless it is renewed, or until the first
        deadline of a chat that waits without an owner; None without any."""
        async with self._database.connect() as conn:
            lapse: float | None = await conn.scalar(_NEXT_LAPSE, {"stale_seconds": self._stale_seconds})
            deadline: float | None = await conn.scalar(_NEXT_DEADLINE)
        return min((seconds for seconds in (lapse, deadline) if seconds is not None), default=None)

    async def renew(self, runners: Mapping[uuid.UUID, uuid.UUID]) -> set[uuid.UUID]:
        """Renew the leases of `{chat_id: runner_id}`; the chats whose lease still exists."""
        parameters = {"chat_ids": list(runners), "runner_ids": list(runners.values())}
        async with self._database.connect() as conn:
            return set((await conn.execute(_RENEW, parameters)).scalars())

    async def look(self, chat_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, ChatNotice]:
        """What a notice about each chat would say now; a chat that is gone is missing."""
        async with self._database.connect() as conn:
            rows = await conn.execute(_NOTICES, {"chat_ids": list(chat_ids)})
            return {row.id: ChatNotice(*tuple(row)) for row in rows}
