"""Stopping what a user's chats do, when the user may go on no longer.

A worker asks before each step whether the chat's owner still may (`palaver.worker.turn`); this stops the step that is
running, so that a withdrawn right is not used up to its end.
"""

import uuid

from sqlalchemy import select

from models import Chat
from palaver.chat import transitions
from palaver.chat.machine import ChatMachine
from palaver.database import Database
from palaver.errors.chat import ChatNotFound, TransitionNotAllowed

_REASON = "The chat's owner may no longer use it."


async def stop_chats(
    database: Database, machine: ChatMachine, owner_id: uuid.UUID, organization_id: uuid.UUID | None = None
) -> None:
    """Ask the turns of an owner's chats to stop, in one organization or in all; call it after the right is gone.

    A chat that has come to rest meanwhile, or is gone, is left as it is.
    """
    statement = select(Chat.id).where(
        Chat.owner_id == owner_id, Chat.status.in_(["running", "requires_action"]), ~Chat.archived
    )
    if organization_id is not None:
        statement = statement.where(Chat.organization_id == organization_id)
    async with database.connect() as conn:
        chat_ids = list((await conn.execute(statement.order_by(Chat.id))).scalars())
    for chat_id in chat_ids:
        try:
            async with machine.update(chat_id) as tx:
                await transitions.interrupt(tx, _REASON)
        except (ChatNotFound, TransitionNotAllowed):
            continue
