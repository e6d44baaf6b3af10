"""After the last fault: let the chats come to rest and the viewers catch up, both within bounds."""

import asyncio
import time
from collections.abc import Sequence

from tests.chaos import journal
from tests.chaos.api import Api
from tests.chaos.ledger import Ledger
from tests.chaos.viewers import View

LONGEST_SECONDS = 240.0
LOOK_SECONDS = 0.3

_UNFINISHED = """
SELECT c.id, c.status, c.archived, (SELECT q.id FROM chat_queued_messages q WHERE q.chat_id = c.id
                                    ORDER BY q.position, q.id LIMIT 1) AS head
FROM chats c
WHERE c.status NOT IN ('waiting', 'error') OR c.archived
   OR EXISTS (SELECT FROM chat_queued_messages q WHERE q.chat_id = c.id)
"""
_PROGRESS = "SELECT coalesce(sum(snapshot_version), 0) FROM chats"
_VERSIONS = "SELECT id, history_version, queue_version, status FROM chats"


async def settle(url: str, api: Api, ledger: Ledger, *, patience: float) -> None:
    """Wait until every chat rests with an empty queue, or until nothing has moved for `patience` seconds.

    A failed chat keeps its queue until its user says go on, so that is said.
    """
    connection = await journal.connect(url)
    try:
        deadline = time.monotonic() + LONGEST_SECONDS
        moved_at, moved = time.monotonic(), -1
        while time.monotonic() < min(deadline, moved_at + patience):
            unfinished = await connection.fetch(_UNFINISHED)
            if not unfinished:
                return
            for row in unfinished:
                await _push(api, ledger, str(row["id"]), row["status"], row["head"], archived=row["archived"])
            progress = await connection.fetchval(_PROGRESS)
            if progress != moved:
                moved_at, moved = time.monotonic(), progress
            await asyncio.sleep(LOOK_SECONDS)
    finally:
        await connection.close()


async def _push(api: Api, ledger: Ledger, chat_id: str, status: str, head: int | None, *, archived: bool) -> None:
    if archived:
        await api.call("update-chat", {"archived": False}, chat=chat_id)
    elif status == "error" and head is not None:
        for sent in ledger.sent.values():
            if sent.chat_id == chat_id and sent.queued_id == head:
                sent.promoted = "yes"
        await api.call("promote-chat-queued-message", chat=chat_id, queuedMessage=head)


async def converge(url: str, views: Sequence[View], *, patience: float) -> None:
    """Wait until every viewer has seen the chat's last version, or `patience` seconds are over."""
    connection = await journal.connect(url)
    try:
        rows = await connection.fetch(_VERSIONS)
    finally:
        await connection.close()
    last = {str(row[0]): tuple(row[1:]) for row in rows}
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if all((view.history_version, view.queue_version, view.status) == last.get(view.chat_id) for view in views):
            return
        await asyncio.sleep(0.1)
