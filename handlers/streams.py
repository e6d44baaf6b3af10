"""The stream of one chat: snapshot, then live, over WebSocket or server-sent events."""

import uuid

from palaver.checks.access import access_chat
from palaver.contract.context import Context
from palaver.contract.replies import StreamReply
from palaver.stream.reply import chat_stream_reply


async def stream_chat_events_via_websockets(
    ctx: Context, chat: uuid.UUID, after_id: int | None = None, last_event_id: str | None = None
) -> StreamReply:
    """Everything that happens in a chat, from what is stored to what the model is saying now."""
    record = await access_chat(ctx, chat, "chat:read")
    return chat_stream_reply(ctx.services, record, viewer=ctx.user, after_id=after_id, cursor=last_event_id)
