"""Streams over WebSocket or server-sent events: one chat from its snapshot on, and what becomes of all own chats."""

import uuid

from palaver.checks.access import access_chat, may_still_read
from palaver.checks.watching import OwnChats
from palaver.contract.context import Context
from palaver.contract.replies import StreamReply
from palaver.stream.reply import ChatStreamReply
from palaver.stream.watch_reply import WatchReply


async def watch_chat_events_for_a_user_via_websockets(ctx: Context) -> StreamReply:
    """Changes of the caller's own chats, from now on."""
    return WatchReply(ctx.services, ctx.user.user_id, OwnChats(ctx))


async def stream_chat_events_via_websockets(
    ctx: Context, chat: uuid.UUID, after_id: int | None = None, last_event_id: str | None = None
) -> StreamReply:
    """Everything that happens in a chat, from what is stored to what the model is saying now."""
    record = await access_chat(ctx, chat, "chat:read")
    return ChatStreamReply(
        ctx.services,
        chat,
        is_owner=record.owner_id == ctx.user.user_id,
        is_permitted=lambda: may_still_read(ctx, chat),
        after_id=after_id,
        last_event_id=last_event_id,
    )
