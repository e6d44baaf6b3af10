"""What models were asked about a chat, where that is recorded."""

import uuid

from palaver.checks.access import access_chat
from palaver.contract.context import Context
from palaver.contract.types import ChatDebugRun, ChatDebugRunSummary
from palaver.errors import NotFound
from palaver.recording import rows
from palaver.wire.debug import run_json, run_summary_json


async def list_chat_debug_runs(ctx: Context, chat: uuid.UUID) -> list[ChatDebugRunSummary]:
    """The newest runs of the chat."""
    await access_chat(ctx, chat, "chat:read")
    async with ctx.services.database.connect() as conn:
        return [run_summary_json(run) for run in await rows.list_runs(conn, chat)]


async def get_chat_debug_run(ctx: Context, chat: uuid.UUID, debug_run: uuid.UUID) -> ChatDebugRun:
    """One run with its steps."""
    record = await access_chat(ctx, chat, "chat:read")
    async with ctx.services.database.connect() as conn:
        run = await rows.find_run(conn, chat, debug_run)
        if run is None:
            raise NotFound
        return run_json(record, run, await rows.steps_of(conn, run))
