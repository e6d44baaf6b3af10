"""Titles that the owner of a chat asks a model for."""

import uuid

from palaver.chat.records import ChatRecord
from palaver.checks.access import access_chat, require_owner, require_processor
from palaver.contract.context import Context
from palaver.contract.types import Chat, ProposeChatTitleResponse
from palaver.errors.texts import TitleNotProposed, TitleNotRegenerated, writing
from palaver.wire.chats import chat_json


async def regenerate_chat_title(ctx: Context, chat: uuid.UUID) -> Chat:
    """Let a model name the chat anew, unless somebody names it meanwhile."""
    record = await _own_chat(ctx, chat, "regenerate the title")
    with writing(TitleNotRegenerated):
        return chat_json(await ctx.services.titles.regenerate(record))


async def propose_chat_title(ctx: Context, chat: uuid.UUID) -> ProposeChatTitleResponse:
    """Let a model suggest a title; nothing is stored."""
    record = await _own_chat(ctx, chat, "propose a title")
    with writing(TitleNotProposed):
        return {"title": await ctx.services.titles.proposal(record)}


async def _own_chat(ctx: Context, chat: uuid.UUID, act: str) -> ChatRecord:
    require_processor(ctx)
    record = await access_chat(ctx, chat, "chat:update")
    require_owner(ctx, record, act)
    return record
