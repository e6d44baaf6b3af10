"""What happens beside the turn: an interruption keeps what the stopped step had; a wait for the client has an end."""

import asyncio
import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, bindparam, func, select

from models import Chat
from palaver.chat import transitions
from palaver.chat.parts import tool_calls
from palaver.chat.records import NewMessage
from palaver.stream.parts import EpisodeKey
from palaver.worker.held import HeldChat
from palaver.worker.tools import INTERRUPTED, error_result

_REMAINING: Select[Any] = select(Chat.requires_action_deadline_at - func.clock_timestamp()).where(
    Chat.id == bindparam("chat_id")
)
"""Time left by the database's clock, which alone judges."""


async def finish(
    held: HeldChat, episode: EpisodeKey | None, parts: list[dict[str, Any]], answers: Mapping[str, NewMessage]
) -> None:
    """Commit the stopped call's parts and results for calls in flight; rest, or go on with the queue's head.

    `episode` and `parts` are of the model call that was stopped, None and empty when there was none; `answers` are
    those, by id, that tool calls had got before they were stopped.
    """
    chat = held.chat
    # Closed also when no call of ours ran, so that viewers who wait for its parts stop waiting.
    held.engine.parts.close(episode or EpisodeKey(chat.id, chat.history_version, chat.generation_attempt))
    partial: list[NewMessage] = []
    open_calls = chat.pending_tool_calls
    if parts:
        partial.append(NewMessage("assistant", parts, model_config_id=chat.last_model_config_id))
        open_calls = [dict(call) for call in tool_calls(parts)]
    partial += [answers.get(call["tool_call_id"]) or error_result(call, INTERRUPTED) for call in open_calls]
    async with held.bundle() as tx:
        await transitions.finish_interruption(tx, partial)
        if tx.chat.status != "running":
            await transitions.abandon(tx)
    held.engine.texts.turn_broken(held.chat)


async def await_client(held: HeldChat) -> None:
    """Wait for the deadline of the pending client-side calls, then cancel them; without a deadline at once.

    Results that come in time change the chat, which ends this wait from outside.
    """
    async with held.engine.database.connect() as conn:
        remaining: dt.timedelta | None = (await conn.execute(_REMAINING, {"chat_id": held.chat.id})).scalar()
    if remaining is not None:
        await asyncio.sleep(max(0.0, remaining.total_seconds()))
    async with held.bundle() as tx:
        await transitions.cancel_requires_action(tx)
