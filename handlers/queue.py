"""The queue of a chat: messages that wait for the running turn to end."""

import uuid

from palaver.chat import transitions
from palaver.checks.access import access_chat, require_live, require_owner, require_processor
from palaver.contract.context import Context
from palaver.contract.types import Response
from palaver.spending.limits import require_budget


async def delete_chat_queued_message(ctx: Context, chat: uuid.UUID, queued_message: int) -> None:
    """Take a waiting message back."""
    require_processor(ctx)
    await access_chat(ctx, chat, "chat:update")
    async with ctx.services.machine.update(chat) as tx:
        await transitions.delete_queued_message(tx, queued_message)


async def promote_chat_queued_message(ctx: Context, chat: uuid.UUID, queued_message: int) -> Response:
    """Bring a waiting message to the front; a running turn is interrupted for it."""
    require_processor(ctx)
    record = await access_chat(ctx, chat, "chat:update")
    require_owner(ctx, record, "promote queued messages")
    require_live(record, "promote queued messages in")
    if (limit := await ctx.services.limits.of(ctx.user.user_id)) is not None:
        async with ctx.services.database.connect() as conn:
            await require_budget(conn, ctx.user.user_id, limit)
    async with ctx.services.machine.update(chat) as tx:
        require_live(tx.chat, "promote queued messages in")
        await transitions.promote_queued_message(tx, queued_message)
    return {"message": "Queued message promotion accepted."}
