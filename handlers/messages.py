"""Chat messages: send one, list them. Sending is the heart of the product; its checks are its promise."""

import uuid
from functools import partial

from palaver.chat import history
from palaver.chat.commands import SendMessage, SendOutcome
from palaver.chat.machine import ChatTx
from palaver.chat.transitions import send_message
from palaver.checks.access import access_chat, authorize_chat, require_live, require_owner, require_processor
from palaver.checks.content import check_content, linked_file_ids
from palaver.checks.idempotency import IdempotentRequest
from palaver.checks.selections import check_mcp_servers, choose_model
from palaver.contract.context import Context
from palaver.contract.replies import RawReply
from palaver.contract.types import ChatMessagesResponse, CreateChatMessageRequest, CreateChatMessageResponse
from palaver.errors import BadRequest
from palaver.files import link_files
from palaver.wire.chats import message_json, queued_message_json

DEFAULT_PAGE = 50


async def send_chat_message(
    ctx: Context, chat: uuid.UUID, body: CreateChatMessageRequest, idempotency_key: str | None = None
) -> RawReply:
    """Store a user message for good and start the turn that answers it, or queue for it.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    models = await ctx.services.catalog.current()

    def authorize(tx: ChatTx) -> None:
        authorize_chat(ctx, tx.chat, "chat:update")
        require_owner(ctx, tx.chat, "send messages")

    async def store(tx: ChatTx) -> CreateChatMessageResponse:
        require_live(tx.chat, "send messages to")
        require_processor(ctx)
        content = await check_content(ctx, tx.conn, body["content"])
        servers = await check_mcp_servers(tx.conn, body.get("mcp_server_ids"))
        model = choose_model(models, body.get("model_config_id"), tx.chat.last_model_config_id)
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
    return await request.once(partial(ctx.services.machine.apply, chat), store, status=200, authorize=authorize)


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
