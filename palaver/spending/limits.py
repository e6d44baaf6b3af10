"""Limits on what a user's model calls may cost in a day, a week or a month (UTC), and who is held to which.

A user's own override goes before the smallest one of its groups, and that before the default; without a default nobody
is limited. Which limit holds is remembered for at most `REMEMBERED_SECONDS`; what was spent is read each time.

A turn is accepted while less than the limit is spent. Its model calls set aside what they may cost: beside calls that
run already, one begins only when all of them together stay within the limit, and waits otherwise. So turns that run at
once spend no more than they would one after another, which is the limit and what its last call costs beyond it.
"""

import datetime as dt
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias, cast

import structlog
from sqlalchemy import Select, TextClause, bindparam, func, literal_column, select, text, union_all
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from models import GroupMember, GroupUsageLimit, OrganizationMember, UsageLimitConfig, UserUsageLimit
from palaver.chat.statements import SPENT
from palaver.database import Database
from palaver.errors.chat import StaleRunner
from palaver.errors.spending import UsageLimitExceeded
from palaver.memory import Memory

_log = structlog.get_logger(__name__)

Period: TypeAlias = Literal["day", "week", "month"]

ENTRIES: Final = 10_000
"""Users whose limits are remembered."""
DEFAULT_PERIOD: Final[Period] = "month"
"""The period of a deployment that was never configured."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that a user is held to, in micros (1e-6 US dollar)."""

    micros: int
    period: Period

    def bounds(self, now: dt.datetime | None = None) -> tuple[dt.datetime, dt.datetime]:
        """Beginning and end of the present period."""
        return period_bounds(self.period, now or dt.datetime.now(dt.UTC))

    @property
    def since(self) -> dt.datetime:
        """Beginning of the present period."""
        return self.bounds()[0]


@dataclass(frozen=True, slots=True)
class Asked:
    """What became of the wish to set something aside: `reserved`, `wait` for running calls, or the limit is `spent`."""

    outcome: Literal["reserved", "wait", "spent"]
    spent_micros: int


def period_bounds(period: Period, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
    """Beginning and end of the period around `now`, which is aware: UTC days, weeks from Monday, calendar months."""
    day = now.astimezone(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    match period:
        case "day":
            return day, day + dt.timedelta(days=1)
        case "week":
            monday = day - dt.timedelta(days=day.weekday())
            return monday, monday + dt.timedelta(days=7)
        case "month":
            first = day.replace(day=1)
            return first, (first + dt.timedelta(days=31)).replace(day=1)


_GROUPS = union_all(
    select(GroupMember.group_id).where(GroupMember.user_id == bindparam("user_id")),
    # The group of all members of an organization has its id.
    select(OrganizationMember.organization_id).where(OrganizationMember.user_id == bindparam("user_id")),
).subquery()

_EFFECTIVE = select(
    UsageLimitConfig.period,
    func.coalesce(
        select(UserUsageLimit.spend_limit_micros)
        .where(UserUsageLimit.user_id == bindparam("user_id"))
        .scalar_subquery(),
        select(func.min(GroupUsageLimit.spend_limit_micros))
        .where(GroupUsageLimit.group_id.in_(select(_GROUPS)))
        .scalar_subquery(),
        UsageLimitConfig.spend_limit_micros,
    ),
).where(UsageLimitConfig.spend_limit_micros.is_not(None))

_SWITCHED_ON: Select[Any] = select(literal_column("1")).where(
    select(UsageLimitConfig.id).where(UsageLimitConfig.spend_limit_micros.is_not(None)).exists()
)

# The owner's calls come here one after another: see `_hold`. Those that end meanwhile only make room.
_STANDING = """WITH spent AS (SELECT CAST(coalesce(sum(cost_micros), 0) AS bigint) AS micros FROM usage_hours
      WHERE owner_id = :owner_id AND hour >= :spent_since),
    others AS (SELECT CAST(coalesce(sum(micros), 0) AS bigint) AS micros FROM (
        SELECT micros FROM spend_reservations
        WHERE owner_id = :owner_id AND chat_id <> :id AND expires_at > statement_timestamp()
        UNION ALL SELECT micros FROM side_reservations
        WHERE owner_id = :owner_id AND expires_at > statement_timestamp()) AS held)"""
_WANTED = """SELECT CAST(:id AS uuid), CAST(:owner_id AS uuid), CAST(:micros AS bigint),
        statement_timestamp() + make_interval(secs => CAST(:seconds AS float8))
      FROM spent, others
      WHERE spent.micros < :limit AND (others.micros = 0 OR spent.micros + others.micros + :micros <= :limit)"""
# A runner that took the chat over comes here too, and later: whose lease this sees, nobody else has set aside since.
_RESERVE = text(
    f"""{_STANDING}, lease AS (SELECT FROM chats WHERE id = :id AND runner_id = :runner_id),
    made AS (INSERT INTO spend_reservations (chat_id, owner_id, micros, expires_at)
      {_WANTED} AND EXISTS (SELECT FROM lease)
      ON CONFLICT (chat_id) DO UPDATE SET owner_id = excluded.owner_id, micros = excluded.micros,
        expires_at = excluded.expires_at
      RETURNING 1)
    SELECT spent.micros, EXISTS (SELECT FROM made), EXISTS (SELECT FROM lease) FROM spent"""  # noqa: S608, of our own
)
_RESERVE_BESIDE = text(
    f"""{_STANDING}, gone AS (DELETE FROM side_reservations
      WHERE owner_id = :owner_id AND expires_at <= statement_timestamp()),
    made AS (INSERT INTO side_reservations (id, owner_id, micros, expires_at) {_WANTED} RETURNING 1)
    SELECT spent.micros, EXISTS (SELECT FROM made), true FROM spent"""  # noqa: S608, of texts of our own
)
_HOLD = text("SELECT pg_advisory_xact_lock(:key)")


class SpendLimits:
    """Which limits hold, and what is left of them; one per process.

    `tell` passes on that other processes have to drop theirs; `clock` counts seconds and only grows.
    """

    def __init__(
        self,
        database: Database,
        *,
        tell: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._tell = tell
        self._switched_on: Memory[None, bool] = Memory(self._read_switch, clock=clock)
        self._limits: Memory[uuid.UUID, Limit | None] = Memory(self._read, entries=ENTRIES, clock=clock)

    def forget(self) -> None:
        """Drop the limits everywhere: call it after a commit that changes one, or who is in a group."""
        self.drop()
        self._tell()

    def drop(self) -> None:
        """Drop the limits that are remembered here."""
        self._switched_on.drop()
        self._limits.drop()

    async def of(self, user_id: uuid.UUID) -> Limit | None:
        """The limit that a user's requests are held to; None when there is none.

        A fault of the check lets requests pass; the model calls that they lead to are held to it all the same.
        """
        try:
            return await self.current(user_id)
        except (SQLAlchemyError, OSError):
            _log.exception("a limit on spending could not be read", action="limit_unread")
            return None

    async def current(self, user_id: uuid.UUID) -> Limit | None:
        """The limit that a user is held to; None when there is none. Raises what the database raises."""
        return await self._limits.get(user_id) if await self._switched_on.get(None) else None

    async def reserve(
        self, chat_id: uuid.UUID, runner_id: uuid.UUID, owner_id: uuid.UUID, limit: Limit, micros: int, seconds: float
    ) -> Asked:
        """Set `micros` aside for the chat's model call, for so many `seconds` at most, in place of what it had.

        Raises StaleRunner when the runner does not hold the chat any more: what it has is its successor's.
        """
        return await self._reserve(_RESERVE, owner_id, limit, micros, seconds, id=chat_id, runner_id=runner_id)

    async def reserve_beside(
        self, reservation_id: uuid.UUID, owner_id: uuid.UUID, limit: Limit, micros: int, seconds: float
    ) -> Asked:
        """As `reserve`, for a call that is no step of a turn; `reservation_id` is new, who made it frees it."""
        return await self._reserve(_RESERVE_BESIDE, owner_id, limit, micros, seconds, id=reservation_id)

    async def _reserve(
        self, statement: TextClause, owner_id: uuid.UUID, limit: Limit, micros: int, seconds: float, **ids: uuid.UUID
    ) -> Asked:
        wish = {
            **ids,
            "owner_id": owner_id,
            "spent_since": limit.since,
            "limit": limit.micros,
            "micros": micros,
            "seconds": seconds,
        }
        async with self._database.begin() as conn:
            await conn.execute(_HOLD, {"key": _lock_key(owner_id)})
            spent, made, may_ask = (await conn.execute(statement, wish)).one()
        if not may_ask:
            raise StaleRunner
        if made:
            return Asked("reserved", spent)
        return Asked("spent" if spent >= limit.micros else "wait", spent)

    async def _read_switch(self, _: None) -> bool:
        async with self._database.connect() as conn:
            return (await conn.execute(_SWITCHED_ON)).first() is not None

    async def _read(self, user_id: uuid.UUID) -> Limit | None:
        async with self._database.connect() as conn:
            return await effective_limit(conn, user_id)


async def effective_limit(conn: AsyncConnection, user_id: uuid.UUID) -> Limit | None:
    """The limit that a user is held to as of now; None when spending is not limited."""
    row = (await conn.execute(_EFFECTIVE, {"user_id": user_id})).first()
    return None if row is None else Limit(row[1], cast(Period, row[0]))


async def spent_in(conn: AsyncConnection, user_id: uuid.UUID, since: dt.datetime) -> int:
    """What a user's calls have cost since the hour `since`, in micros."""
    spent: int = (await conn.execute(SPENT, {"owner_id": user_id, "spent_since": since})).scalar_one()
    return spent


async def require_budget(
    conn: AsyncConnection, user_id: uuid.UUID, limit: Limit | None, spent_micros: int | None = None
) -> None:
    """Raise UsageLimitExceeded when the user has spent the limit; `spent_micros` where it is known already.

    A fault of the check lets the request pass.
    """
    if limit is None:
        return
    since, until = limit.bounds()
    if spent_micros is None:
        try:
            spent_micros = await spent_in(conn, user_id, since)
        except SQLAlchemyError:
            _log.exception("what was spent could not be read", action="limit_unread")
            return
    if spent_micros >= limit.micros:
        raise UsageLimitExceeded(spent_micros, limit.micros, until)


def _lock_key(owner_id: uuid.UUID) -> int:
    """A 64-bit key of the owner's advisory lock; two owners with the same one only wait for each other."""
    return int.from_bytes(owner_id.bytes[8:], "big", signed=True)
