"""The account of what model calls used, by hours: sums over chats, people and times.

Sums are over rows of one owner, one chat tree or some hours, found through an index; none reads the history.
"""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, cast, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import AIProvider, Chat, ChatModelConfig, UsageHour, User


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


@dataclass(frozen=True, slots=True)
class Span:
    """A time to sum over. Hours that it touches count as a whole."""

    start: dt.datetime
    end: dt.datetime

    def covers(self) -> ColumnElement[bool]:
        """Which rows are within."""
        first = self.start.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)
        return (UsageHour.hour >= first) & (UsageHour.hour < self.end)


@dataclass(frozen=True, slots=True)
class ModelUsage:
    """What the calls of one model used; the texts are empty for one that was never configured."""

    model_config_id: uuid.UUID
    display_name: str
    provider: str
    model: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class ChatUsage:
    """What the calls of one chat tree used; the title is empty when the chat is gone."""

    root_chat_id: uuid.UUID
    title: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class UserUsage:
    """What the calls of one user's chats used."""

    user_id: uuid.UUID
    username: str
    name: str
    avatar_url: str
    chat_count: int
    totals: Totals


async def of_user(
    conn: AsyncConnection, user_id: uuid.UUID, span: Span, organizations: Collection[uuid.UUID] | None
) -> tuple[Totals, list[ModelUsage], list[ChatUsage]]:
    """What a user's chats used: in all, by model and by chat, the dearest first.

    With `organizations` only the chats in these.
    """
    which = (UsageHour.owner_id == user_id) & span.covers()
    if organizations is not None:
        which &= UsageHour.organization_id.in_(organizations)
    total = Totals(*(await conn.execute(select(*sums()).where(which))).one())
    label = func.coalesce
    models = await conn.execute(
        select(
            UsageHour.model_config_id,
            label(ChatModelConfig.display_name, ""),
            label(AIProvider.type, ""),
            label(ChatModelConfig.model, ""),
            *sums(),
        )
        .outerjoin(ChatModelConfig, ChatModelConfig.id == UsageHour.model_config_id)
        .outerjoin(AIProvider, AIProvider.id == ChatModelConfig.ai_provider_id)
        .where(which)
        .group_by(UsageHour.model_config_id, ChatModelConfig.display_name, AIProvider.type, ChatModelConfig.model)
        .order_by(_sum(UsageHour.cost_micros).desc(), UsageHour.model_config_id)
    )
    chats = await conn.execute(
        select(UsageHour.root_chat_id, label(Chat.title, ""), *sums())
        .outerjoin(Chat, Chat.id == UsageHour.root_chat_id)
        .where(which)
        .group_by(UsageHour.root_chat_id, Chat.title)
        .order_by(_sum(UsageHour.cost_micros).desc(), UsageHour.root_chat_id)
    )
    return (
        total,
        [ModelUsage(row[0], row[1], row[2], row[3], Totals(*row[4:])) for row in models],
        [ChatUsage(row[0], row[1], Totals(*row[2:])) for row in chats],
    )


async def of_users(
    conn: AsyncConnection, span: Span, *, username: str, limit: int, offset: int
) -> tuple[list[UserUsage], int]:
    """A page of what the users' chats used, the dearest first, and the number of all.

    `username` is part of the username, in any case.
    """
    used = (
        select(UsageHour.owner_id, func.count(UsageHour.root_chat_id.distinct()).label("chats"), *sums())
        .where(span.covers())
        .group_by(UsageHour.owner_id)
        .subquery()
    )
    named = func.strpos(func.lower(User.username), username.lower()) > 0
    rows = await conn.execute(
        select(
            User.id,
            User.username,
            User.name,
            User.avatar_url,
            used.c.chats,
            *(used.c[name] for name in Totals.__slots__),
        )
        .join(used, used.c.owner_id == User.id)
        .where(named)
        .order_by(used.c.cost_micros.desc(), func.lower(User.username), User.id)
        .limit(limit)
        .offset(offset)
    )
    number = select(func.count()).select_from(User).join(used, used.c.owner_id == User.id).where(named)
    found = [UserUsage(row[0], row[1], row[2], row[3], row[4], Totals(*row[5:])) for row in rows]
    return found, (await conn.execute(number)).scalar_one()
