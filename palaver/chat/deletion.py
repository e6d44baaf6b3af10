"""Deleting chats for good: a root chat with its sub-chats, and everything that only they have."""

import uuid
from collections.abc import Awaitable, Callable, Sequence

from palaver.chat import history
from palaver.chat.bundle import ChatTx
from palaver.chat.idempotency import forget_about
from palaver.chat.machine import ChatMachine
from palaver.chat.transitions import delete_chat
from palaver.files.rows import delete_files_only_of

Family = Sequence[ChatTx]
"""A root chat, first, and its sub-chats, all of them locked."""


async def delete_family(machine: ChatMachine, root_id: uuid.UUID, before: Callable[[Family], Awaitable[None]]) -> None:
    """Delete a root chat with its sub-chats, their messages, queues and links, and the files that no other chat links.

    All in one transaction, `before` first: what it raises leaves everything as it was. A turn that runs is cancelled
    when its worker hears of it, and nothing that it still wants to write is taken. What the chats have cost stays
    accounted. Raises ChatNotFound, ChatNotRoot.
    """
    async with machine.update_family(root_id) as family:
        await before(family)
        conn = family[0].conn
        await _complete(family)
        await delete_files_only_of(conn, [tx.chat.id for tx in family])
        for tx in reversed(family):
            await forget_about(conn, tx.chat.owner_id, tx.chat.id)
            await delete_chat(tx)


async def _complete(family: Family) -> None:
    """Give the records what is not in their rows: whoever is told of their end can no longer read it."""
    whole = await history.load_chats(family[0].conn, [tx.chat.id for tx in family])
    for tx in family:
        chat, known = tx.chat, whole[tx.chat.id]
        chat.owner_username, chat.owner_name = known.owner_username, known.owner_name
        chat.user_acl, chat.group_acl = known.user_acl, known.group_acl
