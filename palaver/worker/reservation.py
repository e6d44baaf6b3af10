"""What a model call may cost is set aside of its owner's limit before it is made."""

import asyncio
import time
from collections.abc import Sequence

from palaver.chat.records import MessageRecord
from palaver.errors.provider import ProviderError
from palaver.json_text import dump_json
from palaver.llm.cost import estimated_micros
from palaver.spending.limits import Asked
from palaver.worker.held import HeldChat
from palaver.worker.phases import in_phase
from palaver.worker.preparation import Call

RESERVATION_FIRST_DELAY_SECONDS = 0.1
RESERVATION_LONGEST_DELAY_SECONDS = 2.0
"""Bounds of the wait before a call asks again whether what is left of its owner's limit is free."""
RESERVATION_SLACK_SECONDS = 60.0
"""How long beyond the longest step something stays set aside, should nobody free it."""


async def set_aside(held: HeldChat, call: Call, history: Sequence[MessageRecord]) -> float:
    """Set aside what the call may cost, where its owner's spending is limited; the seconds that it waited for that.

    It waits while other calls of the owner hold what is left, and while the database cannot be asked. Raises
    ProviderError: usage_limit when the limit is spent, generic when it cannot be found out; StaleRunner when the chat
    went on without this runner.
    """
    chat, limits = held.chat, held.engine.limits
    seconds = held.engine.settings.task_timeout_seconds + RESERVATION_SLACK_SECONDS

    async def ask() -> Asked | None:
        limit = await limits.current(chat.owner_id)
        if limit is None:
            return None
        micros = estimated_micros(call.choice, sum(len(dump_json(message.content)) for message in history))
        return await limits.reserve(chat.id, held.runner_id, chat.owner_id, limit, micros, seconds)

    began, delay = time.monotonic(), RESERVATION_FIRST_DELAY_SECONDS
    while (asked := await in_phase(ask)) is not None:
        if asked.outcome == "reserved":
            held.reserved = True
            break
        if asked.outcome == "spent":
            raise ProviderError("usage_limit", detail=f"Chats of this user have spent {asked.spent_micros} micros.")
        await asyncio.sleep(delay)
        delay = min(delay * 2, RESERVATION_LONGEST_DELAY_SECONDS)
    return time.monotonic() - began
