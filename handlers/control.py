"""Steering a chat: stop its turn, answer or approve its tool calls, have it summarised, repair it."""

import uuid
from dataclasses import replace

from palaver.chat import transitions
from palaver.chat.machine import ChatTx
from palaver.chat.records import ChatRecord
from palaver.checks.access import access_chat, authorize_chat, require_live, require_owner, require_processor
from palaver.checks.approvals import check_decisions
from palaver.checks.tool_results import check_tool_results
from palaver.contract.context import Context
from palaver.contract.types import Chat, DecideToolCallsRequest, SubmitToolResultsRequest
from palaver.wire.chats import chat_json


async def interrupt_chat(ctx: Context, chat: uuid.UUID) -> Chat:
    """Ask the running turn to stop; what it has produced so far is kept."""
    require_processor(ctx)
    record = await access_chat(ctx, chat, "chat:update")
    async with ctx.services.machine.update(chat) as tx:
        await transitions.interrupt(tx)
    return _as_left(tx.chat, record)


async def submit_chat_tool_results(ctx: Context, chat: uuid.UUID, body: SubmitToolResultsRequest) -> None:
    """Store the client's answers to the calls that the chat waits for, and let the turn go on."""
    require_processor(ctx)

    async def complete(tx: ChatTx) -> None:
        authorize_chat(ctx, tx.chat, "chat:update")
        require_owner(ctx, tx.chat, "submit tool results")
        require_live(tx.chat, "submit tool results to")
        results = check_tool_results(tx.chat, body["results"])
        await transitions.complete_requires_action(tx, results, ctx.user.user_id)

    await ctx.services.machine.apply(chat, complete)


async def decide_chat_tool_calls(ctx: Context, chat: uuid.UUID, body: DecideToolCallsRequest) -> None:
    """Store what the owner decides about the calls that wait for approval, and let the turn go on."""
    require_processor(ctx)

    async def decide(tx: ChatTx) -> None:
        authorize_chat(ctx, tx.chat, "chat:update")
        require_owner(ctx, tx.chat, "decide tool calls")
        require_live(tx.chat, "decide tool calls of")
        decisions = check_decisions(tx.chat, body["decisions"])
        await transitions.decide_tool_calls(tx, decisions, ctx.user.user_id)

    await ctx.services.machine.apply(chat, decide)


async def compact_chat(ctx: Context, chat: uuid.UUID) -> Chat:
    """Have the history of an idle chat summarised for its model."""
    require_processor(ctx)
    record = await access_chat(ctx, chat, "chat:update")
    require_owner(ctx, record, "compact the chat")

    async def request(tx: ChatTx) -> ChatRecord:
        require_live(tx.chat, "compact")
        await transitions.request_compaction(tx)
        return tx.chat

    return _as_left(await ctx.services.machine.apply(chat, request), record)


async def reconcile_invalid_chat_state(ctx: Context, chat: uuid.UUID) -> Chat:
    """Turn a chat whose columns mean no state into a failed one, out of which a message leads."""
    require_processor(ctx)
    record = await access_chat(ctx, chat, "chat:update")

    async def reconcile(tx: ChatTx) -> ChatRecord:
        await transitions.reconcile_invalid_state(tx)
        return tx.chat

    return _as_left(await ctx.services.machine.apply(chat, reconcile), record)


def _as_left(chat: ChatRecord, seen: ChatRecord) -> Chat:
    """The chat as the request left it: a new look could find what the worker made of it meanwhile."""
    return chat_json(
        replace(
            chat,
            owner_username=seen.owner_username,
            owner_name=seen.owner_name,
            user_acl=seen.user_acl,
            group_acl=seen.group_acl,
        )
    )
