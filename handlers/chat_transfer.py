"""Taking a chat elsewhere: fork it."""

import uuid

from palaver.chat.commands import ForkChat
from palaver.chat.forking import fork_chat as fork
from palaver.chat.machine import ChatTx
from palaver.checks.access import access_chat
from palaver.checks.idempotency import IdempotentRequest
from palaver.checks.organizations import require_chat_creation
from palaver.checks.titles import check_title
from palaver.contract.context import Context
from palaver.contract.replies import RawReply
from palaver.contract.types import Chat, ForkChatRequest
from palaver.database import refusing
from palaver.errors.checks import NotAMember
from palaver.files import copy_links, linked_files
from palaver.wire.chats import chat_json
from palaver.wire.files import file_metadata_json


async def fork_chat(
    ctx: Context, chat: uuid.UUID, body: ForkChatRequest, idempotency_key: str | None = None
) -> RawReply:
    """Let a new chat of the caller begin with the history of another."""
    source = await access_chat(ctx, chat, "chat:read")
    require_chat_creation(ctx, str(source.organization_id))
    request = IdempotentRequest(ctx, idempotency_key)
    if (kept := await request.kept_answer()) is not None:
        return kept
    title = body.get("title")
    deployment = await ctx.services.config.current()
    # What only the owner of the source can see must not reach others by way of their forks.
    owned = source.owner_id == ctx.user.user_id
    prompts = [prompt for prompt in [deployment.effective_system_prompt] if prompt]
    new = ForkChat(
        id=uuid.uuid4(),
        owner_id=ctx.user.user_id,
        source=source,
        message_id=body.get("message_id"),
        title=source.title if title is None else check_title(title),
        labels=source.labels if owned else {},
        dynamic_tools=source.dynamic_tools if owned else (),
        system_prompts=None if owned else prompts,
    )

    async def store(tx: ChatTx) -> Chat:
        record = await fork(tx, new)
        await copy_links(tx.conn, source.id, new.id)
        files = await linked_files(tx.conn, new.id)
        record.owner_username, record.owner_name = ctx.user.username, ctx.user.name
        return chat_json(record, files=[file_metadata_json(file) for file in files])

    location = {"Location": f"/api/experimental/chats/{new.id}"}
    # What is remembered of a caller may be some seconds older than the deletion of an organization.
    with refusing(fk_chats_organization_id=NotAMember()):
        return await request.once(ctx.services.machine.apply_new, store, status=201, headers=location)
