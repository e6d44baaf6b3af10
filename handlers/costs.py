"""What chats and people have cost."""

import datetime as dt
import uuid
from collections.abc import Collection

from sqlalchemy.ext.asyncio import AsyncConnection

from palaver.auth.policy import ChatResource, UserResource, in_scope
from palaver.checks.access import access_chat
from palaver.checks.identity import known_user
from palaver.contract.context import Context
from palaver.contract.replies import RawReply
from palaver.contract.types import ChatCost, ChatCostSummary, ChatCostUsersResponse
from palaver.errors import BadRequest, FieldError, Forbidden, NotFound
from palaver.identity.accounts import explicit_roles
from palaver.identity.users import UserRecord
from palaver.spending import usage
from palaver.spending.standing import standing
from palaver.spending.usage import Span
from palaver.wire.costs import chat_cost_json, cost_summary_csv, cost_summary_json, cost_users_csv, cost_users_json

DEFAULT_SPAN = dt.timedelta(days=30)
DEFAULT_PAGE = 10
CSV = "text/csv; charset=utf-8"
_NOBODY = uuid.UUID(int=0)


async def get_chat_cost(ctx: Context, chat: uuid.UUID) -> ChatCost:
    """What a chat's whole tree has cost."""
    record = await access_chat(ctx, chat, "chat:read")
    async with ctx.services.database.connect() as conn:
        return chat_cost_json(chat, await usage.of_chat(conn, record.root_chat_id))


async def get_chat_cost_summary(
    ctx: Context,
    user: str,
    start_date: dt.datetime | None = None,
    end_date: dt.datetime | None = None,
    format: str | None = None,  # noqa: A002, the contract's word
) -> ChatCostSummary | RawReply:
    """What a user's chats have cost, by model and by chat."""
    span = _span(start_date, end_date)
    async with ctx.services.database.connect() as conn:
        target, organizations = await _access_costs(ctx, conn, user)
        total, models, chats = await usage.of_user(conn, target.id, span, organizations)
        where = await standing(conn, target.id)
    if format == "csv":
        return RawReply(cost_summary_csv(models, chats), CSV)
    return cost_summary_json(span, total, models, chats, where)


async def get_chat_cost_users(
    ctx: Context,
    start_date: dt.datetime | None = None,
    end_date: dt.datetime | None = None,
    username: str | None = None,
    limit: int | None = None,
    offset: int | None = None,
    format: str | None = None,  # noqa: A002, the contract's word
) -> ChatCostUsersResponse | RawReply:
    """What the users' chats have cost, the dearest first."""
    if not _reads_everything(ctx):
        raise Forbidden
    span = _span(start_date, end_date)
    async with ctx.services.database.connect() as conn:
        users, count = await usage.of_users(
            conn, span, username=username or "", limit=limit or DEFAULT_PAGE, offset=offset or 0
        )
    if format == "csv":
        return RawReply(cost_users_csv(users), CSV)
    return cost_users_json(span, users, count)


async def _access_costs(
    ctx: Context, conn: AsyncConnection, named: str
) -> tuple[UserRecord, Collection[uuid.UUID] | None]:
    """The user, and where the caller may read the user's chats; None: everywhere.

    Raises NotFound when there is no such user, or the caller may not read chats of it nor the user, and Forbidden when
    the caller may only read the user. Who is not there takes as much work as who is hidden.
    """
    allowed = ctx.services.authorizer.allowed
    administered = [
        place for place in ctx.user.organizations if allowed(ctx.user, "chat:read", ChatResource(place, _NOBODY))
    ]
    try:
        target = await known_user(ctx, conn, named)
    except NotFound:
        if administered and not _reads_everything(ctx):
            await explicit_roles(conn, _NOBODY)
        raise
    if _reads_everything(ctx) or (ctx.user.user_id == target.id and _reads_own(ctx)):
        return target, None
    places = await explicit_roles(conn, target.id) if administered else {}
    organizations = [place for place in administered if place in places]
    if not organizations:
        raise Forbidden if allowed(ctx.user, "user:read", UserResource(target.id)) else NotFound
    return target, organizations


def _reads_everything(ctx: Context) -> bool:
    return ctx.services.authorizer.allowed(ctx.user, "chat:read", ChatResource(_NOBODY, _NOBODY))


def _reads_own(ctx: Context) -> bool:
    return ctx.user.allow_list is None and in_scope(ctx.user.scopes, "chat:read")


def _span(start: dt.datetime | None, end: dt.datetime | None) -> Span:
    """The time asked about. Raises BadRequest for one at the ends of the calendar."""
    end = end or dt.datetime.now(dt.UTC)
    try:
        return Span((start or end - DEFAULT_SPAN).astimezone(dt.UTC), end.astimezone(dt.UTC))
    except OverflowError:
        error = FieldError(field="end_date", detail='Query param "end_date" must be a time within the calendar')
        raise BadRequest(message="Invalid query parameters.", validations=[error]) from None
