"""Chats: create, list, read, update and delete them."""

import uuid
from collections.abc import Sequence
from typing import Any

from palaver import audit
from palaver.auth.visibility import visible_roots
from palaver.chat import listing, transitions
from palaver.chat.attributes import set_attributes, set_pin_order
from palaver.chat.commands import CreateChat
from palaver.chat.deletion import Family, delete_family
from palaver.chat.machine import ChatTx
from palaver.chat.prompt_text import clean_prompt
from palaver.chat.records import ChatRecord
from palaver.chat.titles import fallback_title
from palaver.checks.access import access_chat, require_pinnable, require_processor
from palaver.checks.chat_settings import chosen_for_new_chats
from palaver.checks.content import check_content, linked_file_ids
from palaver.checks.idempotency import IdempotentRequest
from palaver.checks.labels import check_labels
from palaver.checks.organizations import require_chat_creation
from palaver.checks.search import parse_chat_search, require_words
from palaver.checks.selections import (
    check_dynamic_tools,
    check_mcp_servers,
    check_workspace,
    choose_model,
    refuse_nil_model,
)
from palaver.checks.titles import check_title
from palaver.contract.context import Context
from palaver.contract.replies import RawReply
from palaver.contract.types import Chat, CreateChatRequest, UpdateChatRequest
from palaver.database import refusing
from palaver.errors import BadRequest, Forbidden
from palaver.errors.chat import DeletionOfSubChat
from palaver.errors.checks import NotAMember
from palaver.files.rows import link_files, linked_files
from palaver.spending.limits import require_budget
from palaver.wire.chats import chat_json, child_json
from palaver.wire.files import file_metadata_json

DEFAULT_PAGE = 50
MAX_SYSTEM_PROMPT_BYTES = 10_000


async def create_chat(ctx: Context, body: CreateChatRequest, idempotency_key: str | None = None) -> RawReply:
    """Store a chat with its first message and start the turn that answers it.

    The lines stand in the order of the contract's checks: the first that fails answers.
    """
    require_processor(ctx)
    organization_id = require_chat_creation(ctx, body["organization_id"])
    request = IdempotentRequest(ctx, idempotency_key)
    if (kept := await request.kept_answer()) is not None:
        return kept
    system_prompt = _check_system_prompt(body.get("system_prompt"))
    models = await ctx.services.catalog.current_for(ctx.user.user_id)
    deployment = await ctx.services.config.current()
    async with ctx.services.database.connect() as conn:
        content = await check_content(ctx, conn, body["content"])
        check_workspace(body.get("workspace_id"))
        refuse_nil_model(body.get("model_config_id"))
        override = await chosen_for_new_chats(ctx, conn, body.get("model_config_id"), models, deployment)
        model = override.choice if override else choose_model(models, body.get("model_config_id"))
        servers = await check_mcp_servers(conn, body.get("mcp_server_ids"))
    labels = check_labels(body.get("labels"))
    tools = check_dynamic_tools(body.get("unsafe_dynamic_tools"))
    if (limit := await ctx.services.limits.of(ctx.user.user_id)) is not None:
        async with ctx.services.database.connect() as conn:
            await require_budget(conn, ctx.user.user_id, limit)
    chat_id = uuid.uuid4()
    new_chat = CreateChat(
        id=chat_id,
        organization_id=organization_id,
        owner_id=ctx.user.user_id,
        title=fallback_title(content),
        content=content,
        system_prompts=[prompt for prompt in (deployment.effective_system_prompt, system_prompt) if prompt],
        model_config_id=model.config_id,
        reasoning_effort=body.get("reasoning_effort") or (override.effort if override else ""),
        plan_mode=body.get("plan_mode") or "",
        client_type=body.get("client_type") or "api",
        labels=labels,
        mcp_server_ids=servers or [],
        dynamic_tools=tools,
    )

    async def store(tx: ChatTx) -> Chat:
        attached = linked_file_ids(content)
        if attached:
            tx.require_transaction()
        record = await transitions.create_chat(tx, new_chat)
        warnings = await link_files(tx.conn, chat_id, attached)
        files = await linked_files(tx.conn, chat_id) if attached else []
        record.owner_username, record.owner_name = ctx.user.username, ctx.user.name
        return chat_json(record, files=[file_metadata_json(file) for file in files], warnings=warnings)

    location = {"Location": f"/api/experimental/chats/{chat_id}"}
    # What is remembered of a caller may be some seconds older than the deletion of an organization.
    with refusing(fk_chats_organization_id=NotAMember()):
        return await request.once(ctx.services.machine.apply_new, store, status=201, headers=location)


async def list_chats(
    ctx: Context,
    q: str | None = None,
    label: Sequence[str] | None = None,
    after_id: uuid.UUID | None = None,
    limit: int | None = None,
    offset: int | None = None,
) -> list[Chat]:
    """The caller's root chats with their sub-chats: pinned ones first, then the most recently active."""
    search = parse_chat_search(q or "", label or ())
    database = ctx.services.database
    async with database.connect() if search.words is None else database.begin() as conn:
        if search.words is not None:
            await require_words(conn, search.words)
        rows = await listing.list_chats(
            conn,
            ctx.user,
            search,
            readable=visible_roots(ctx.user),
            after_id=after_id,
            limit=limit or DEFAULT_PAGE,
            offset=offset or 0,
        )
        children = await listing.children(conn, [row.chat.id for row in rows], archived=search.archived)
    return [
        chat_json(
            row.chat,
            children=[child_json(child.chat, has_unread=child.has_unread) for child in children.get(row.chat.id, ())],
            has_unread=row.has_unread,
            with_diff_status=True,
        )
        for row in rows
    ]


async def get_chat_by_id(ctx: Context, chat: uuid.UUID) -> Chat:
    """One chat with its sub-chats and the metadata of its files."""
    record = await access_chat(ctx, chat, "chat:read")
    async with ctx.services.database.connect() as conn:
        files = await linked_files(conn, chat)
        children = await listing.children(conn, [chat], archived=record.archived) if _is_root(record) else {}
    return chat_json(
        record,
        children=[child_json(child.chat, has_unread=child.has_unread) for child in children.get(chat, ())],
        files=[file_metadata_json(file) for file in files],
        with_diff_status=True,
        with_action=True,
    )


async def update_chat(ctx: Context, chat: uuid.UUID, body: UpdateChatRequest) -> None:
    """Change what the body names. The steps are no transaction: what was written stays when a later one is refused."""
    record = await access_chat(ctx, chat, "chat:update")
    require_processor(ctx)
    if (title := body.get("title")) is not None:
        await _rename(ctx, record, check_title(title))
    if (labels := body.get("labels")) is not None:
        await _set(ctx, record, labels=check_labels(labels))
    if (archived := body.get("archived")) is not None:
        await transitions.set_family_archived(ctx.services.machine, chat, archived=archived)
        record.archived = archived
    if (pin_order := body.get("pin_order")) is not None:
        require_pinnable(record, pin_order)
        async with ctx.services.database.begin() as conn:
            await set_pin_order(conn, record, pin_order)
    check_workspace(body.get("workspace_id"))
    if (plan_mode := body.get("plan_mode")) is not None:
        await _set(ctx, record, plan_mode=plan_mode)


async def delete_chat(ctx: Context, chat: uuid.UUID) -> None:
    """Remove a chat with its sub-chats and all that only they have."""
    record = await access_chat(ctx, chat, "chat:delete", denied=Forbidden)
    if not _is_root(record):
        raise DeletionOfSubChat(record.root_chat_id)

    async def note(family: Family) -> None:
        told = {"owner_id": str(record.owner_id), "sub_chats": [str(tx.chat.id) for tx in family[1:]]}
        conn, place = family[0].conn, record.organization_id
        await audit.record(conn, ctx.user.user_id, "delete", "chat", chat, ctx, told, organization_id=place)

    await delete_family(ctx.services.machine, chat, note)


async def _rename(ctx: Context, chat: ChatRecord, title: str) -> None:
    if title != chat.title:
        await _set(ctx, chat, title=title)
        ctx.services.watch_teller.tell("title_change", chat)


async def _set(ctx: Context, chat: ChatRecord, **values: Any) -> None:
    async with ctx.services.database.begin() as conn:
        await set_attributes(conn, chat.id, values)


def _check_system_prompt(text: str | None) -> str:
    size = len((text or "").encode())
    if size > MAX_SYSTEM_PROMPT_BYTES:
        raise BadRequest(
            message="System prompt exceeds maximum length.",
            detail=f"System prompt must be at most {MAX_SYSTEM_PROMPT_BYTES} characters, got {size}.",
        )
    return clean_prompt(text or "")


def _is_root(chat: ChatRecord) -> bool:
    return chat.parent_chat_id is None
