"""Taking a chat elsewhere: fork it, export it, import it."""

import asyncio
import uuid
from collections.abc import AsyncIterator, Sequence
from typing import Any

from palaver.chat.commands import CreateChat, ForkChat
from palaver.chat.exporting import pages
from palaver.chat.forking import fork_chat as fork
from palaver.chat.importing import import_chat as put_in
from palaver.chat.machine import ChatTx
from palaver.checks.access import access_chat
from palaver.checks.content import linked_file_ids
from palaver.checks.files import store_failures_as
from palaver.checks.idempotency import IdempotentRequest
from palaver.checks.imports import ImportedFile, check_files, check_messages
from palaver.checks.labels import check_labels
from palaver.checks.organizations import require_chat_creation
from palaver.checks.selections import choose_model
from palaver.checks.titles import check_title
from palaver.contract.context import Context
from palaver.contract.replies import PiecesReply, RawReply
from palaver.contract.types import Chat, ForkChatRequest, ImportChatRequest
from palaver.database import refusing
from palaver.errors.checks import NotAMember
from palaver.errors.files import FileNotRead, FileNotSaved
from palaver.files.rows import FileFacts, copy_links, link_files, linked_files
from palaver.wire.chats import chat_json
from palaver.wire.exports import export_json, export_markdown
from palaver.wire.files import file_metadata_json

JSON, MARKDOWN = "application/json", "text/markdown"
MAX_EXPORTED_BYTES = 6_291_456
"""Bytes of files in one export, before base64: so much that an import has room for the messages, too."""


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


async def export_chat(
    ctx: Context,
    chat: uuid.UUID,
    format: str | None = None,  # noqa: A002, the contract's word
    files: bool | None = None,
) -> PiecesReply:
    """The visible history as a file: JSON that can be imported, or Markdown."""
    record = await access_chat(ctx, chat, "chat:read")
    history = pages(ctx.services.database, chat)
    if (format or _accepted(ctx)) == "markdown":
        return _download(export_markdown(record, history), MARKDOWN, f"chat-{chat}.md")
    async with ctx.services.database.connect() as conn:
        linked = await linked_files(conn, chat)
    with store_failures_as(FileNotRead):
        # Before the answer begins, for from then on it can only be cut short.
        included = await _contents(ctx, linked) if files else {}

    async def contents() -> AsyncIterator[bytes | None]:
        for file in linked:
            yield included.get(file.id)

    return _download(export_json(record, history, linked, contents()), JSON, f"chat-{chat}.json")


async def import_chat(ctx: Context, body: ImportChatRequest, idempotency_key: str | None = None) -> RawReply:
    """Let a new chat of the caller begin with a history that was exported; nothing of it is run."""
    organization_id = require_chat_creation(ctx, body["organization_id"])
    request = IdempotentRequest(ctx, idempotency_key)
    if (kept := await request.kept_answer()) is not None:
        return kept
    export = body["export"]
    title = check_title(body.get("title") or export["chat"]["title"])
    labels = check_labels(export["chat"].get("labels"))
    model = choose_model(await ctx.services.catalog.current_for(ctx.user.user_id), body.get("model_config_id"))
    deployment = await ctx.services.config.current()
    messages: list[Any] = list(export["messages"])
    # Beside the loop: ten thousand messages take a while.
    history = await asyncio.to_thread(check_messages, messages, {}, ctx.user.user_id)
    found = await check_files(ctx, export.get("files") or [])
    # What is remembered of a caller may be some seconds older than the deletion of an organization.
    with refusing(fk_chat_files_organization_id=NotAMember()), store_failures_as(FileNotSaved):
        stored = {
            key: (await _saved(ctx, organization_id, file), file)
            for key, file in found.files.items()
            if _is_named(key, messages)
        }
    if stored:
        history = await asyncio.to_thread(check_messages, messages, stored, ctx.user.user_id)
    new = CreateChat(
        id=uuid.uuid4(),
        organization_id=organization_id,
        owner_id=ctx.user.user_id,
        title=title,
        content=[],
        model_config_id=model.config_id,
        labels=labels,
        system_prompts=[prompt for prompt in [deployment.effective_system_prompt] if prompt],
    )

    async def store(tx: ChatTx) -> Chat:
        record = await put_in(tx, new, history)
        attached = [file_id for message in history for file_id in linked_file_ids(message.content)]
        warnings = [*found.warnings, *await link_files(tx.conn, new.id, attached)]
        files = await linked_files(tx.conn, new.id)
        record.owner_username, record.owner_name = ctx.user.username, ctx.user.name
        return chat_json(record, files=[file_metadata_json(file) for file in files], warnings=warnings)

    location = {"Location": f"/api/experimental/chats/{new.id}"}
    with refusing(fk_chats_organization_id=NotAMember()):
        return await request.once(ctx.services.machine.apply_new, store, status=201, headers=location)


def _accepted(ctx: Context) -> str:
    """The format that the `Accept` header asks for; JSON unless Markdown is named and JSON is not."""
    accept = ctx.headers.get("accept", "").lower()
    return "markdown" if MARKDOWN in accept and "application/json" not in accept else "json"


def _download(content: AsyncIterator[bytes], media_type: str, name: str) -> PiecesReply:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return PiecesReply(content, None, f"{media_type}; charset=utf-8", headers=headers)


async def _contents(ctx: Context, files: Sequence[FileFacts]) -> dict[uuid.UUID, bytes]:
    """The bytes of files, the first ones as far as an import takes them."""
    room, contents = MAX_EXPORTED_BYTES, {}
    for file in files:
        if file.size <= room:
            contents[file.id] = await ctx.services.files.read(file)
            room -= file.size
    return contents


async def _saved(ctx: Context, organization_id: uuid.UUID, file: ImportedFile) -> uuid.UUID:
    return await ctx.services.files.save(
        owner_id=ctx.user.user_id,
        organization_id=organization_id,
        name=file.name,
        mime_type=file.media_type,
        data=file.data,
    )


def _is_named(file_id: str, messages: list[Any]) -> bool:
    return any(
        part["type"] == "file" and part.get("file_id") and str(uuid.UUID(part["file_id"])) == file_id
        for message in messages
        for part in message["content"]
    )
