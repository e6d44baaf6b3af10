"""What becomes of a user's chats where other processes cannot be heard: found by looking, again and again."""

import uuid
from typing import Any, Final, NamedTuple

from sqlalchemy import bindparam, select

from models import Chat
from palaver.chat.notices import WatchEventKind, WatchNotice
from palaver.database import Database

MOST_CHATS: Final = 1000
"""Chats of one owner that are looked at: those that were busy last."""
_SHOWN: Final = (
    select(Chat.id, Chat.archived, Chat.status, Chat.title, Chat.last_turn_summary, Chat.summary)
    .where(Chat.owner_id == bindparam("owner_id"))
    .order_by(Chat.updated_at.desc())
    .limit(MOST_CHATS)
)


class _Shown(NamedTuple):
    """What of a chat is worth an event."""

    archived: bool
    status: str
    title: str
    label: str | None
    summary: str | None


class ChatLooks:
    """Looks at the chats of one owner; what the first look finds is what the later ones are compared with."""

    def __init__(self, database: Database, owner_id: uuid.UUID) -> None:
        self._database = database
        self._owner_id = owner_id
        self._known: dict[uuid.UUID, _Shown] | None = None

    async def look(self) -> list[WatchNotice] | None:
        """What has changed since the last look; None when a chat is gone, of which no event can be made any more.

        One statement. Raises what the database raises.
        """
        async with self._database.connect() as conn:
            rows = (await conn.execute(_SHOWN, {"owner_id": self._owner_id})).all()
        known, found = self._known, {row[0]: _Shown(*row[1:]) for row in rows}
        self._known = found
        if known is None:
            return []
        if len(found) < MOST_CHATS and known.keys() - found.keys():
            return None
        return [
            WatchNotice(self._owner_id, chat_id, kind)
            for chat_id, now in found.items()
            for kind in _kinds(known.get(chat_id), now)
        ]


def _kinds(before: _Shown | None, now: _Shown) -> list[WatchEventKind]:
    if before is None or before.archived != now.archived:
        return ["deleted" if now.archived else "created"]
    changes: dict[WatchEventKind, tuple[Any, Any]] = {
        "title_change": (before.title, now.title),
        "status_change": (before.status, now.status),
        "summary_change": (before.label, now.label),
        "chat_summary_change": (before.summary, now.summary),
    }
    kinds: list[WatchEventKind] = [kind for kind, (old, new) in changes.items() if old != new]
    if "status_change" in kinds and now.status == "requires_action":
        kinds[kinds.index("status_change")] = "action_required"
    return kinds
