"""Model calls beside the turns, such as for titles: on the account of the chat's owner, and within its limit.

They stand in no history, so each is accounted by itself; the same statement frees what was set aside for it.
"""

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, Final, TypeAlias

from sqlalchemy import TextClause, text

from palaver.chat.accounting import ACCOUNT, account_parameters
from palaver.chat.records import ChatRecord, NewMessage
from palaver.chat.uninterrupted import completed
from palaver.database import Database
from palaver.errors.provider import ProviderError
from palaver.llm.events import StepDone
from palaver.spending.limits import SpendLimits

FIRST_DELAY_SECONDS: Final = 0.1
LONGEST_DELAY_SECONDS: Final = 2.0
"""Bounds of the wait before a call asks again whether what is left of its owner's limit is free."""

Settle: TypeAlias = Callable[[StepDone], Awaitable[None]]
"""Puts on the account what a call has used."""

_SETTLE = text(
    f"""WITH written AS (SELECT), freed AS (DELETE FROM side_reservations WHERE id = :reservation_id)
    {ACCOUNT}"""  # noqa: S608, of texts of our own
)
_FREE = text("DELETE FROM side_reservations WHERE id = :reservation_id")


class SideSpending:
    """The purse of calls beside turns."""

    def __init__(self, database: Database, limits: SpendLimits) -> None:
        self._database = database
        self._limits = limits

    @asynccontextmanager
    async def call(
        self, chat: ChatRecord, model_config_id: uuid.UUID, estimate: Callable[[], int], seconds: float
    ) -> AsyncIterator[Settle]:
        """One call about a chat that lasts `seconds` at most; the block calls what it is given once the call is done.

        Where the owner's spending is limited, `estimate` (micros) is set aside first, which waits while other calls
        hold what is left. Raises ProviderError (usage_limit) when the limit is spent.
        """
        reservation_id, began = uuid.uuid4(), time.monotonic()
        reserved = await self._set_aside(reservation_id, chat, estimate, seconds)

        async def settle(done: StepDone) -> None:
            nonlocal reserved
            message = NewMessage(
                "assistant",
                [],
                model_config_id=model_config_id,
                usage=done.usage,
                cost_micros=done.cost_micros,
                runtime_ms=round((time.monotonic() - began) * 1000),
            )
            parameters = account_parameters(chat, [message]) | {"reservation_id": reservation_id}
            await completed(self._execute(_SETTLE, parameters))
            reserved = False

        try:
            yield settle
        finally:
            if reserved:
                await completed(self._execute(_FREE, {"reservation_id": reservation_id}))

    async def _set_aside(
        self, reservation_id: uuid.UUID, chat: ChatRecord, estimate: Callable[[], int], seconds: float
    ) -> bool:
        delay = FIRST_DELAY_SECONDS
        while (limit := await self._limits.current(chat.owner_id)) is not None:
            asked = await self._limits.reserve_beside(reservation_id, chat.owner_id, limit, estimate(), seconds)
            if asked.outcome == "reserved":
                return True
            if asked.outcome == "spent":
                raise ProviderError("usage_limit", detail=f"Chats of this user have spent {asked.spent_micros} micros.")
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_DELAY_SECONDS)
        return False

    async def _execute(self, statement: TextClause, parameters: dict[str, Any]) -> None:
        async with self._database.connect() as conn:
            await conn.execute(statement, parameters)
