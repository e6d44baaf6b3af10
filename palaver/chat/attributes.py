"""What people change about a chat without running it: title, labels, plan mode, pin order.

These columns are no execution state: no transition, no version, no notice, and `updated_at` stays.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from models import Chat
from palaver.chat.records import ChatRecord

# Positions are 1..n without gaps per owner. The advisory lock serializes one owner's moves.
_LOCK_PINS = text("SELECT pg_advisory_xact_lock(hashtextextended('pins:' || :owner, 0))")
_REORDER = text(
    """
    WITH pinned AS (
        SELECT id, row_number() OVER (ORDER BY pin_order, id) AS place FROM chats
        WHERE owner_id = :owner_id AND pin_order > 0 AND NOT archived AND id <> :chat_id
    ),
    target AS (
        SELECT CASE
            WHEN :wanted = 0 THEN 0
            WHEN NOT :was_pinned THEN (SELECT count(*) FROM pinned) + 1
            ELSE least(:wanted, (SELECT count(*) FROM pinned) + 1)
        END AS place
    ),
    places AS (
        SELECT pinned.id, pinned.place + (target.place > 0 AND pinned.place >= target.place)::int AS place
        FROM pinned, target
        UNION ALL SELECT :chat_id, target.place FROM target
    )
    UPDATE chats SET pin_order = places.place FROM places
    WHERE chats.id = places.id AND chats.pin_order <> places.place
    """
).bindparams(bindparam("owner_id", type_=Chat.owner_id.type), bindparam("chat_id", type_=Chat.id.type))


async def set_attributes(conn: AsyncConnection, chat_id: uuid.UUID, values: Mapping[str, Any]) -> None:
    """Write `title`, `labels` or `plan_mode`."""
    await conn.execute(update(Chat).where(Chat.id == chat_id).values(dict(values)))


async def replace_title(conn: AsyncConnection, chat_id: uuid.UUID, expected: str, title: str) -> bool:
    """Write a title in the place of the one that was seen; False when the chat has another one by now, or is gone."""
    statement = update(Chat).where(Chat.id == chat_id, Chat.title == expected).values(title=title)
    return (await conn.execute(statement)).rowcount == 1


async def replace_label(conn: AsyncConnection, chat_id: uuid.UUID, history_version: int, label: str | None) -> bool:
    """Write `last_turn_summary` of a root chat that has this history; whether that changed anything."""
    statement = update(Chat).where(
        Chat.id == chat_id,
        Chat.parent_chat_id.is_(None),
        Chat.history_version == history_version,
        Chat.last_turn_summary.is_distinct_from(label),
    )
    return (await conn.execute(statement.values(last_turn_summary=label))).rowcount == 1


async def set_summary(conn: AsyncConnection, chat_id: uuid.UUID, summary: str) -> bool:
    """Write `summary` of a root chat; whether that changed anything."""
    statement = update(Chat).where(
        Chat.id == chat_id, Chat.parent_chat_id.is_(None), Chat.summary.is_distinct_from(summary)
    )
    return (await conn.execute(statement.values(summary=summary))).rowcount == 1


async def set_pin_order(conn: AsyncConnection, chat: ChatRecord, wanted: int) -> None:
    """Unpin (0), pin at the end, or move a pinned chat to a place; the owner's other pins close up or make room."""
    await conn.execute(_LOCK_PINS, {"owner": str(chat.owner_id)})
    parameters = {"chat_id": chat.id, "owner_id": chat.owner_id, "wanted": wanted, "was_pinned": chat.pin_order > 0}
    await conn.execute(_REORDER, parameters)
