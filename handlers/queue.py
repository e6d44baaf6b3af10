"""The queue of a chat: messages that wait for the running turn to end."""

import uuid

from palaver.chat import transitions
from palaver.chat.queue_entries import (
    EditQueuedMessage,
    edit_queued_message,
    expect_entry,
    hold_queued_message,
    release_queued_message,
)
from palaver.chat.records import MessageRecord, QueuedRecord
from palaver.checks.access import access_chat, require_live, require_owner, require_processor
from palaver.checks.content import check_content, linked_file_ids
from palaver.checks.selections import requested_model
from palaver.contract.context import Context
from palaver.contract.replies import Reply
from palaver.contract.types import CreateChatMessageResponse, Response, UpdateChatQueuedMessageRequest
from palaver.files.rows import link_files
from palaver.spending.limits import require_budget
from palaver.wire.chats import message_json, queued_message_json

ANY_VERSION = "*"


async def delete_chat_queued_message(ctx: Context, chat: uuid.UUID, queued_message: int) -> None:
    """Take a waiting message back."""
    require_processor(ctx)
    await access_chat(ctx, chat, "chat:update")
    async with ctx.services.machine.update(chat) as tx:
        await transitions.delete_queued_message(tx, queued_message)


async def update_chat_queued_message(
    ctx: Context,
    chat: uuid.UUID,
    queued_message: int,
    body: UpdateChatQueuedMessageRequest,
    if_match: str | None = None,
) -> Reply:
    """Change what waits, if it still is what the caller means: other content, another place, held or released."""
    require_processor(ctx)
    record = await access_chat(ctx, chat, "chat:update")
    require_owner(ctx, record, "change queued messages")
    models = await ctx.services.catalog.current_for(ctx.user.user_id)
    limit = await ctx.services.limits.of(ctx.user.user_id)
    if body.get("held") is False and limit is not None:
        async with ctx.services.database.connect() as conn:
            await require_budget(conn, ctx.user.user_id, limit)
    async with ctx.services.machine.update(chat) as tx:
        require_live(tx.chat, "change queued messages in")
        entry = await expect_entry(tx, queued_message, _versions(if_match))
        content = body.get("content")
        parts = None if content is None else await check_content(ctx, tx.conn, content)
        model = requested_model(models, body.get("model_config_id"))
        edit = EditQueuedMessage(
            content=parts,
            model_config_id=None if model is None else model.config_id,
            reasoning_effort=body.get("reasoning_effort") or None,
            place=body.get("position"),
        )
        if edit != EditQueuedMessage():
            entry = await edit_queued_message(tx, entry, edit)
        warnings = await link_files(tx.conn, chat, linked_file_ids(parts or ()))
        left: QueuedRecord | None = entry
        inserted: list[MessageRecord] = []
        if body.get("held") is True and not entry.held:
            left = await hold_queued_message(tx, entry)
        elif body.get("held") is False and entry.held:
            left, inserted = await release_queued_message(tx, entry)
    return _changed(left, inserted, warnings)


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


def _changed(entry: QueuedRecord | None, inserted: list[MessageRecord], warnings: list[str]) -> Reply:
    """The entry as it waits now, with its version; or what it has become."""
    answer: CreateChatMessageResponse = {"queued": entry is not None}
    headers = {}
    if entry is not None:
        answer["queued_message"] = queued_message_json(entry)
        headers["ETag"] = f'"{entry.version}"'
    else:
        answer["message"] = message_json(inserted[-1])
        answer["messages"] = [message_json(message) for message in inserted]
    if warnings:
        answer["warnings"] = warnings
    return Reply(answer, headers=headers)


def _versions(if_match: str | None) -> list[int] | None:
    """The versions that `If-Match` names; None: any will do. The contract has seen to its form."""
    if if_match is None or if_match == ANY_VERSION:
        return None
    return [int(version.strip().strip('"')) for version in if_match.split(",")]
