"""Kept answers of requests that carry an `Idempotency-Key`: one effect and one answer per key, also when two race.

The row of a key is written in the transaction of the effect, so a second request with the key waits for the first
one's commit and then finds its answer.
"""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.errors.chat import IdempotencyKeyReused

KEPT_FOR = dt.timedelta(hours=24)
"""How long an answer is replayed."""

# An expired row counts as none: it is taken over in place, under the same lock.
_CLAIM = text("""
INSERT INTO idempotency_keys AS held (user_id, operation_id, key, request_hash, created_at)
VALUES (:user_id, :operation_id, :key, :request_hash, statement_timestamp())
ON CONFLICT (user_id, operation_id, key) DO UPDATE
  SET request_hash = excluded.request_hash, status = NULL, response = NULL, headers = NULL,
      created_at = excluded.created_at
  WHERE held.created_at <= statement_timestamp() - CAST(:kept_for AS interval)
RETURNING true
""")

_ANSWER = text("""
SELECT request_hash, status, response, CAST(headers AS text),
  created_at > statement_timestamp() - CAST(:kept_for AS interval)
FROM idempotency_keys WHERE user_id = :user_id AND operation_id = :operation_id AND key = :key
""")

_KEEP = text("""
UPDATE idempotency_keys SET status = :status, response = :body, headers = CAST(CAST(:headers AS text) AS json)
WHERE user_id = :user_id AND operation_id = :operation_id AND key = :key
""")

_FORGET_ABOUT = text("""
DELETE FROM idempotency_keys WHERE user_id = :user_id AND position(convert_to(:chat_id, 'UTF8') IN response) > 0
""")

_EXPIRE = text("""
DELETE FROM idempotency_keys WHERE (user_id, operation_id, key) IN (
  SELECT user_id, operation_id, key FROM idempotency_keys
  WHERE created_at <= statement_timestamp() - CAST(:kept_for AS interval)
  ORDER BY created_at LIMIT :batch FOR UPDATE SKIP LOCKED
)
""")


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """The answer that the first request with the key got; `body` as sent."""

    status: int
    body: bytes
    headers: Mapping[str, str]


async def find(
    conn: AsyncConnection, user_id: uuid.UUID, operation_id: str, key: str, request_hash: bytes
) -> KeptAnswer | None:
    """The answer kept for the key, without waiting for a request that is still at work.

    Raises IdempotencyKeyReused when the key belongs to another request.
    """
    scope = {"user_id": user_id, "operation_id": operation_id, "key": key, "kept_for": KEPT_FOR}
    row = (await conn.execute(_ANSWER, scope)).one_or_none()
    return None if row is None or not row[4] else _kept(row, request_hash)


async def claim(
    conn: AsyncConnection, user_id: uuid.UUID, operation_id: str, key: str, request_hash: bytes
) -> KeptAnswer | None:
    """Take the key for this transaction, or give the answer that it already has; waits for a racing holder.

    None: the key is this transaction's, which must `keep` an answer before it commits. Raises IdempotencyKeyReused
    when the key belongs to another request.
    """
    scope = {"user_id": user_id, "operation_id": operation_id, "key": key, "kept_for": KEPT_FOR}
    claimed = await conn.execute(_CLAIM, {**scope, "request_hash": request_hash})
    if claimed.one_or_none() is not None:
        return None
    return _kept((await conn.execute(_ANSWER, scope)).one(), request_hash)


async def keep(conn: AsyncConnection, user_id: uuid.UUID, operation_id: str, key: str, answer: KeptAnswer) -> None:
    """Keep the answer of a claimed key; only for 2xx answers, others roll the claim back with the effect."""
    await conn.execute(
        _KEEP,
        {
            "user_id": user_id,
            "operation_id": operation_id,
            "key": key,
            "status": answer.status,
            "body": answer.body,
            "headers": orjson.dumps(dict(answer.headers)).decode(),
        },
    )


def _kept(row: Sequence[Any], request_hash: bytes) -> KeptAnswer:
    held_hash, status, body, headers, _fresh = row
    if held_hash != request_hash:
        raise IdempotencyKeyReused
    return KeptAnswer(status, body, orjson.loads(headers))


async def forget_about(conn: AsyncConnection, user_id: uuid.UUID, chat_id: uuid.UUID) -> None:
    """Remove the user's kept answers that show a chat."""
    await conn.execute(_FORGET_ABOUT, {"user_id": user_id, "chat_id": str(chat_id)})


async def forget_expired(conn: AsyncConnection, batch: int) -> int:
    """Remove at most `batch` answers older than 24 hours, the oldest first; returns how many."""
    return (await conn.execute(_EXPIRE, {"kept_for": KEPT_FOR, "batch": batch})).rowcount
