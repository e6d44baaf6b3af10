"""The account of what model calls used, by hours: sums over chats, people and times.

Sums are over rows of one owner, one chat tree or some hours, found through an index; none reads the history.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import UsageHour


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over finished model calls; micros are 1e-6 US dollar."""

    cost_micros: int
    priced_count: int
    unpriced_count: int
    """Calls of which the price is not known."""
    input_tokens: int
    output_tokens: int
    cache_read_tokens: int
    cache_creation_tokens: int
    runtime_ms: int


def sums() -> list[ColumnElement[Any]]:
    """The columns of `Totals`."""
    return [_sum(getattr(UsageHour, name)).label(name) for name in Totals.__slots__]


def _sum(column: Any) -> ColumnElement[int]:
    # The sum of bigints is numeric in PostgreSQL.
    return cast(func.coalesce(func.sum(column), 0), column.type)


async def of_chat(conn: AsyncConnection, root_chat_id: uuid.UUID) -> Totals:
    """What the calls of a whole chat tree used."""
    return Totals(*(await conn.execute(select(*sums()).where(UsageHour.root_chat_id == root_chat_id))).one())
