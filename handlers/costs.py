"""What chats and people have cost."""

import uuid

from palaver.checks.access import access_chat
from palaver.contract.context import Context
from palaver.contract.types import ChatCost
from palaver.spending import usage
from palaver.wire.costs import chat_cost_json


async def get_chat_cost(ctx: Context, chat: uuid.UUID) -> ChatCost:
    """What a chat's whole tree has cost."""
    record = await access_chat(ctx, chat, "chat:read")
    async with ctx.services.database.connect() as conn:
        return chat_cost_json(chat, await usage.of_chat(conn, record.root_chat_id))
