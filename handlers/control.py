"""Steering a chat: stop the running turn."""

import uuid

from palaver.chat import history, transitions
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
    async with ctx.services.database.connect() as conn:
        return chat_json(await history.load_chat(conn, chat) or record)
