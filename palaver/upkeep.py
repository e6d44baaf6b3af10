"""What becomes of chats that nobody uses: they are archived after a time, and deleted for good after another.

Source: contract, states.yaml `auto_archive` and `retention`. Each function does one batch and tells how many it
touched, 0 when the deployment has the time switched off. Chats are found by way of their owners, through the index
that serves the lists; so no index has to follow each write for the sake of a job.
"""

import uuid
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.chat import transitions
from palaver.chat.deletion import Family, delete_family
from palaver.chat.machine import ChatMachine
from palaver.configuration.deployment_settings import load_settings
from palaver.errors.chat import ChatNotFound, InvalidState, TransitionNotAllowed
from palaver.files.rows import delete_unlinked_files

ACTIVE: Final = "('running', 'interrupting', 'requires_action')"

# Whoever unarchives a chat changes `updated_at`, and so gets it for another while.
_INACTIVE = text(
    f"""
    WITH cutoff AS MATERIALIZED (
        SELECT date_trunc('day', now(), 'UTC') - make_interval(days => :days) AS time
    )
    SELECT found.id, found.snapshot_version
    FROM cutoff CROSS JOIN users CROSS JOIN LATERAL (
        SELECT root.id, root.snapshot_version FROM chats AS root
        WHERE root.owner_id = users.id AND NOT root.archived AND root.pin_order = 0 AND root.parent_chat_id IS NULL
          AND root.updated_at < cutoff.time AND root.status NOT IN {ACTIVE}
          AND coalesce(
              (SELECT created_at FROM chat_messages WHERE chat_id = root.id ORDER BY id DESC LIMIT 1), root.created_at
          ) < cutoff.time
          AND NOT EXISTS (
              SELECT FROM chats AS child WHERE child.parent_chat_id = root.id AND (
                  child.status IN {ACTIVE}
                  OR (SELECT created_at FROM chat_messages WHERE chat_id = child.id ORDER BY id DESC LIMIT 1)
                     >= cutoff.time
              )
          )
        LIMIT :limit
    ) AS found
    LIMIT :limit
    """  # noqa: S608 - nothing but our own words
)

_EXPIRED = text(
    """
    SELECT found.id, found.snapshot_version
    FROM users CROSS JOIN LATERAL (
        SELECT id, snapshot_version FROM chats
        WHERE owner_id = users.id AND archived AND pin_order = 0 AND parent_chat_id IS NULL
          AND updated_at < now() - make_interval(days => :days)
        LIMIT :limit
    ) AS found
    LIMIT :limit
    """
)


class _Touched(Exception):
    """Somebody was at the chat after it was found."""


async def archive_inactive_chats(conn: AsyncConnection, machine: ChatMachine, limit: int) -> int:
    """Archive root chats with their sub-chats, at most `limit` families, each in a transaction of its own; how many."""
    days = (await load_settings(conn)).auto_archive_days
    if not days:
        return 0
    found = (await conn.execute(_INACTIVE, {"days": days, "limit": limit})).all()
    return sum([await _archive(machine, root_id, version) for root_id, version in found])


async def delete_expired_chats(conn: AsyncConnection, machine: ChatMachine, limit: int) -> int:
    """Delete archived root chats with everything of them, at most `limit`, each in a transaction of its own; how many.

    Whoever unarchives one meanwhile keeps it.
    """
    days = (await load_settings(conn)).retention_days
    if not days:
        return 0
    expired = (await conn.execute(_EXPIRED, {"days": days, "limit": limit})).all()
    return sum([await _delete(machine, root_id, version) for root_id, version in expired])


async def delete_expired_files(conn: AsyncConnection, limit: int) -> int:
    """Delete files as old as chats may become that no chat links, at most `limit`; how many."""
    days = (await load_settings(conn)).retention_days
    return await delete_unlinked_files(conn, days=days, limit=limit) if days else 0


async def _archive(machine: ChatMachine, root_id: uuid.UUID, version: int) -> bool:
    """Archive a family if its root is as it was found, and none of it has begun to work."""
    try:
        async with machine.update_family(root_id) as family:
            if family[0].chat.archived or family[0].chat.pin_order:
                raise _Touched
            _require_untouched(family, version)
            for tx in family:
                if not tx.chat.archived:
                    await transitions.set_archived(tx, True)
    except (_Touched, ChatNotFound, TransitionNotAllowed, InvalidState):
        return False
    return True


async def _delete(machine: ChatMachine, root_id: uuid.UUID, version: int) -> bool:
    """Delete a family if its root is as it was found."""

    async def require_untouched(family: Family) -> None:
        _require_untouched(family, version)

    try:
        await delete_family(machine, root_id, require_untouched)
    except (_Touched, ChatNotFound):
        return False
    return True


def _require_untouched(family: Family, version: int) -> None:
    # Opening the bundle has counted one up.
    if family[0].chat.snapshot_version != version + 1:
        raise _Touched
