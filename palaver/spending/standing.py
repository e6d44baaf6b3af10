"""Where a user stands: what was spent in the present period, and of how much."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.spending.limit_rows import find_config
from palaver.spending.limits import Limit, effective_limit, period_bounds, spent_in


@dataclass(frozen=True, slots=True)
class Standing:
    """What a user has spent since `start`, in micros; `limit` is None when nothing limits it."""

    limit: Limit | None
    spent_micros: int
    start: dt.datetime
    end: dt.datetime


async def standing(conn: AsyncConnection, user_id: uuid.UUID) -> Standing:
    """Where a user stands now."""
    limit = await effective_limit(conn, user_id)
    period = limit.period if limit is not None else (await find_config(conn)).period
    start, end = period_bounds(period, dt.datetime.now(dt.UTC))
    return Standing(limit, await spent_in(conn, user_id, start), start, end)
