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
_ANYWHERE = uuid.UUID(int=0)


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
        target = await known_user(ctx, conn, user)
        organizations = await _readable_organizations(ctx, conn, target)
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
    ctx.services.authorizer.require(ctx.user, "chat:read", ChatResource(_ANYWHERE, _ANYWHERE), Forbidden)
    span = _span(start_date, end_date)
    async with ctx.services.database.connect() as conn:
        users, count = await usage.of_users(
            conn, span, username=username or "", limit=limit or DEFAULT_PAGE, offset=offset or 0
        )
    if format == "csv":
        return RawReply(cost_users_csv(users), CSV)
    return cost_users_json(span, users, count)


async def _readable_organizations(
    ctx: Context, conn: AsyncConnection, target: UserRecord
) -> Collection[uuid.UUID] | None:
    """Where the caller may read the user's chats; None: everywhere.

    Raises Forbidden when nowhere, NotFound instead where the caller may not even read the user.
    """
    unnarrowed = ctx.user.allow_list is None and in_scope(ctx.user.scopes, "chat:read")
    if ctx.user.user_id == target.id and unnarrowed:
        return None
    allowed = ctx.services.authorizer.allowed
    if allowed(ctx.user, "chat:read", ChatResource(_ANYWHERE, target.id)):
        return None
    organizations = [
        place
        for place in await explicit_roles(conn, target.id)
        if allowed(ctx.user, "chat:read", ChatResource(place, target.id))
    ]
    if not organizations:
        raise Forbidden if allowed(ctx.user, "user:read", UserResource(target.id)) else NotFound
    return organizations


def _span(start: dt.datetime | None, end: dt.datetime | None) -> Span:
    """The time asked about. Raises BadRequest for one at the ends of the calendar."""
    end = end or dt.datetime.now(dt.UTC)
    try:
        return Span((start or end - DEFAULT_SPAN).astimezone(dt.UTC), end.astimezone(dt.UTC))
    except OverflowError:
        error = FieldError(field="end_date", detail='Query param "end_date" must be a time within the calendar')
        raise BadRequest(message="Invalid query parameters.", validations=[error]) from None
