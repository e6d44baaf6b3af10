"""Chat messages: send one, replace one, list them. Sending is the heart of the product; its checks are its promise."""

import uuid
from functools import partial

from palaver.chat import history
from palaver.chat.commands import EditMessage, EditOutcome, SendMessage, SendOutcome
from palaver.chat.machine import ChatTx
from palaver.chat.transitions import edit_message, send_message
from palaver.checks.access import access_chat, authorize_chat, require_live, require_owner, require_processor
from palaver.checks.content import check_content, linked_file_ids
from palaver.checks.idempotency import IdempotentRequest
from palaver.checks.selections import check_mcp_servers, choose_model, requested_model
from palaver.contract.context import Context
from palaver.contract.replies import RawReply
from palaver.contract.types import (
    ChatMessagesResponse,
    ChatPromptsResponse,
    CreateChatMessageRequest,
    CreateChatMessageResponse,
    EditChatMessageRequest,
    EditChatMessageResponse,
)
from palaver.errors import BadRequest
from palaver.files.rows import link_files
from palaver.spending.limits import require_budget
from palaver.wire.chats import message_json, queued_message_json

DEFAULT_PAGE = 50
DEFAULT_PROMPTS = 500


async def send_chat_message(
    ctx: Context, chat: uuid.UUID, body: CreateChatMessageRequest, idempotency_key: str | None = None
) -> RawReply:
    """Store a user message for good and start the turn that answers it, or queue for it.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    models = await ctx.services.catalog.current_for(ctx.user.user_id)
    limit = await ctx.services.limits.of(ctx.user.user_id)

    def authorize(tx: ChatTx) -> None:
        authorize_chat(ctx, tx.chat, "chat:update")
        require_owner(ctx, tx.chat, "send messages")

    async def store(tx: ChatTx) -> CreateChatMessageResponse:
        require_live(tx.chat, "send messages to")
        require_processor(ctx)
        content = await check_content(ctx, tx.conn, body["content"])
        servers = await check_mcp_servers(tx.conn, body.get("mcp_server_ids"))
        model = choose_model(models, body.get("model_config_id"), tx.chat.last_model_config_id)
        await require_budget(tx.conn, ctx.user.user_id, limit, tx.spent_micros)
        tx.set(mcp_server_ids=servers, plan_mode=body.get("plan_mode"))
        message = SendMessage(
            content=content,
            created_by=ctx.user.user_id,
            model_config_id=model.config_id,
            reasoning_effort=body.get("reasoning_effort") or "",
            busy_behavior=body.get("busy_behavior") or "queue",
        )
        files = linked_file_ids(content)
        if files:
            tx.require_transaction()
        outcome = await send_message(tx, message)
        return _sent(outcome, await link_files(tx.conn, chat, files))

    # One look at the chat for all checks: the message is stored only if it is the same then.
    request = IdempotentRequest(ctx, idempotency_key)
    run = partial(ctx.services.machine.apply, chat, spent_since=None if limit is None else limit.since)
    return await request.once(run, store, status=200, authorize=authorize)


async def edit_chat_message(
    ctx: Context, chat: uuid.UUID, message: int, body: EditChatMessageRequest, idempotency_key: str | None = None
) -> RawReply:
    """Let a new message take the place of an earlier one and of all that followed it, and answer it."""
    require_processor(ctx)
    models = await ctx.services.catalog.current_for(ctx.user.user_id)
    limit = await ctx.services.limits.of(ctx.user.user_id)

    def authorize(tx: ChatTx) -> None:
        authorize_chat(ctx, tx.chat, "chat:update")
        require_owner(ctx, tx.chat, "edit messages")

    async def replace(tx: ChatTx) -> EditChatMessageResponse:
        require_live(tx.chat, "edit messages in")
        content = await check_content(ctx, tx.conn, body["content"])
        model = requested_model(models, body.get("model_config_id"))
        await require_budget(tx.conn, ctx.user.user_id, limit, tx.spent_micros)
        edit = EditMessage(
            message_id=message,
            content=content,
            created_by=ctx.user.user_id,
            model_config_id=None if model is None else model.config_id,
            choose_model=lambda original: choose_model(models, None, original).config_id,
            reasoning_effort=body.get("reasoning_effort") or None,
        )
        files = linked_file_ids(content)
        if files:
            tx.require_transaction()
        outcome = await edit_message(tx, edit)
        return _edited(outcome, await link_files(tx.conn, chat, files))

    request = IdempotentRequest(ctx, idempotency_key)
    run = partial(ctx.services.machine.apply, chat, spent_since=None if limit is None else limit.since)
    return await request.once(run, replace, status=200, authorize=authorize)


async def list_chat_messages(
    ctx: Context,
    chat: uuid.UUID,
    before_id: int | None = None,
    after_id: int | None = None,
    limit: int | None = None,
) -> ChatMessagesResponse:
    """A page of the visible history: newest first, or oldest first behind `after_id` alone."""
    await access_chat(ctx, chat, "chat:read")
    before, after = before_id or None, after_id or None
    if before and after and after >= before:
        raise BadRequest(message="after_id must be less than before_id.")
    async with ctx.services.database.connect() as conn:
        page = await history.list_messages(conn, chat, before_id=before, after_id=after, limit=limit or DEFAULT_PAGE)
        queue = [] if before or after else await history.queue(conn, chat)
    return {
        "messages": [message_json(message) for message in page.messages],
        "queued_messages": [queued_message_json(entry) for entry in queue],
        "has_more": page.has_more,
    }


async def list_chat_user_prompts(ctx: Context, chat: uuid.UUID, limit: int | None = None) -> ChatPromptsResponse:
    """What the user has asked in the chat, newest first."""
    await access_chat(ctx, chat, "chat:read")
    async with ctx.services.database.connect() as conn:
        prompts = await history.list_prompts(conn, chat, limit=limit or DEFAULT_PROMPTS)
    return {"prompts": [{"id": message_id, "text": text} for message_id, text in prompts]}


def _edited(outcome: EditOutcome, warnings: list[str]) -> EditChatMessageResponse:
    """The replacement, with what else the edit inserted and removed."""
    answer: EditChatMessageResponse = {"message": message_json(outcome.message)}
    answer["messages"] = [message_json(message) for message in outcome.inserted if message.visible]
    if outcome.deleted_message_ids:
        answer["deleted_message_ids"] = outcome.deleted_message_ids
    if warnings:
        answer["warnings"] = warnings
    return answer


def _sent(outcome: SendOutcome, warnings: list[str]) -> CreateChatMessageResponse:
    """What became of the message: stored (`message`) or waiting (`queued_message`), and all that was inserted."""
    answer: CreateChatMessageResponse = {"queued": outcome.queued}
    if outcome.message is not None:
        answer["message"] = message_json(outcome.message)
    if outcome.inserted:
        answer["messages"] = [message_json(message) for message in outcome.inserted]
    if outcome.queued_message is not None:
        answer["queued_message"] = queued_message_json(outcome.queued_message)
    if warnings:
        answer["warnings"] = warnings
    return answer
