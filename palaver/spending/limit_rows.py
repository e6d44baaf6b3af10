"""The limits on spending as administrators write and read them."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import cast

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from models import GroupUsageLimit, UsageLimitConfig, User, UserUsageLimit
from palaver.identity.groups import GroupRecord, find_group
from palaver.spending.limits import DEFAULT_PERIOD, Period

_CONFIG_ID = 1


@dataclass(frozen=True, slots=True)
class LimitConfig:
    """The default limit (None: nobody is limited) and the period of all limits; `updated_at` is None at first."""

    spend_limit_micros: int | None
    period: Period
    updated_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class UserLimit:
    """A user's own limit."""

    user_id: uuid.UUID
    username: str
    name: str
    avatar_url: str
    spend_limit_micros: int


@dataclass(frozen=True, slots=True)
class GroupLimit:
    """The limit of each member of a group."""

    group: GroupRecord
    spend_limit_micros: int


async def find_config(conn: AsyncConnection) -> LimitConfig:
    """The default limit and the period."""
    columns = (UsageLimitConfig.spend_limit_micros, UsageLimitConfig.period, UsageLimitConfig.updated_at)
    row = (await conn.execute(select(*columns))).first()
    if row is None:
        return LimitConfig(None, DEFAULT_PERIOD, None)
    return LimitConfig(row[0], cast(Period, row[1]), row[2])


async def set_config(conn: AsyncConnection, spend_limit_micros: int | None, period: Period) -> None:
    """Change the default limit and the period. Afterwards: `SpendLimits.forget`."""
    values = {"spend_limit_micros": spend_limit_micros, "period": period, "updated_at": func.now()}
    new = insert(UsageLimitConfig).values(id=_CONFIG_ID, **values)
    await conn.execute(new.on_conflict_do_update(index_elements=["id"], set_=values))


async def user_limits(conn: AsyncConnection, user_id: uuid.UUID | None = None) -> list[UserLimit]:
    """The users with limits of their own, or one of them, by name."""
    statement = (
        select(User.id, User.username, User.name, User.avatar_url, UserUsageLimit.spend_limit_micros)
        .join(UserUsageLimit, UserUsageLimit.user_id == User.id)
        .where(~User.deleted)
        .order_by(func.lower(User.username))
    )
    if user_id is not None:
        statement = statement.where(User.id == user_id)
    return [UserLimit(*row) for row in await conn.execute(statement)]


async def set_user_limit(conn: AsyncConnection, user_id: uuid.UUID, micros: int) -> None:
    """Give a user, who exists, a limit of its own. Afterwards: `SpendLimits.forget`."""
    new = insert(UserUsageLimit).values(user_id=user_id, spend_limit_micros=micros)
    await conn.execute(new.on_conflict_do_update(index_elements=["user_id"], set_={"spend_limit_micros": micros}))


async def delete_user_limit(conn: AsyncConnection, user_id: uuid.UUID) -> None:
    """Take a user's own limit away, if there is one. Afterwards: `SpendLimits.forget`."""
    await conn.execute(delete(UserUsageLimit).where(UserUsageLimit.user_id == user_id))


async def group_limits(conn: AsyncConnection) -> list[GroupLimit]:
    """The groups whose members have a limit, by id; those of groups that are gone are left out."""
    rows = await conn.execute(select(GroupUsageLimit).order_by(GroupUsageLimit.group_id))
    found = [(await find_group(conn, row.group_id), row.spend_limit_micros) for row in rows.all()]
    return [GroupLimit(group, micros) for group, micros in found if group is not None]


async def set_group_limit(conn: AsyncConnection, group_id: uuid.UUID, micros: int) -> None:
    """Give each member of a group, which exists, a limit. Afterwards: `SpendLimits.forget`."""
    new = insert(GroupUsageLimit).values(group_id=group_id, spend_limit_micros=micros)
    await conn.execute(new.on_conflict_do_update(index_elements=["group_id"], set_={"spend_limit_micros": micros}))


async def delete_group_limit(conn: AsyncConnection, group_id: uuid.UUID) -> None:
    """Take a group's limit away, if there is one. Afterwards: `SpendLimits.forget`."""
    await conn.execute(delete(GroupUsageLimit).where(GroupUsageLimit.group_id == group_id))
