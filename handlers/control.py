"""Steering a chat: stop the running turn."""

import uuid
from dataclasses import replace

from palaver.chat import transitions
from palaver.checks.access import access_chat, require_processor
from palaver.contract.context import Context
from palaver.contract.types import Chat
from palaver.wire.chats import chat_json


async def interrupt_chat(ctx: Context, chat: uuid.UUID) -> Chat:
    """Ask the running turn to stop; what it has produced so far is kept."""
    require_processor(ctx)
    record = await access_chat(ctx, chat, "chat:update")
    async with ctx.services.machine.update(chat) as tx:
        await transitions.interrupt(tx)
    # As this request left it: a new look could find what the worker made of it meanwhile.
    return chat_json(
        replace(
            tx.chat,
            owner_username=record.owner_username,
            owner_name=record.owner_name,
            user_acl=record.user_acl,
            group_acl=record.group_acl,
        )
    )
