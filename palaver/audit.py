"""The audit log: one row for every act that matters for security, written in the transaction of the act.

An act that is rolled back leaves no row, and one whose row cannot be written does not happen. Secrets never belong
into `details`: name what was changed, not the value.
"""

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from sqlalchemy import func, insert, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from models import AuditEntry, User

if TYPE_CHECKING:
    from palaver.contract.context import Context

Action: TypeAlias = Literal[
    "login",
    "login_failed",
    "logout",
    "create",
    "update",
    "delete",
    "suspend",
    "activate",
    "change_password",
    "change_roles",
    "add_member",
    "remove_member",
    "share",
    "link_identity",
    "rotate_secrets",
]

Target: TypeAlias = Literal[
    "user",
    "api_key",
    "organization",
    "organization_member",
    "group",
    "chat",
    "ai_provider",
    "chat_model_config",
    "mcp_server",
    "deployment",
]


async def record(
    conn: AsyncConnection,
    actor_id: uuid.UUID | None,
    action: Action,
    target_type: Target,
    target_id: object,
    ctx: "Context | None",
    details: Mapping[str, Any] | None = None,
    *,
    organization_id: uuid.UUID | None = None,
) -> None:
    """Add one row in the caller's transaction; one statement.

    `actor_id` is None where nobody is signed in, `target_id` anything whose text names the target (empty: unknown),
    `ctx` the request, None for an operator's command. `details` is JSON without secrets.
    """
    actor_name = select(User.username).where(User.id == actor_id).scalar_subquery()
    await conn.execute(
        insert(AuditEntry).values(
            actor_id=actor_id,
            actor_name=literal("") if actor_id is None else func.coalesce(actor_name, ""),
            action=action,
            target_type=target_type,
            target_id=str(target_id),
            organization_id=organization_id,
            request_id=ctx.request_id if ctx else "",
            client_address=ctx.client_ip if ctx else "",
            details=dict(details or {}),
        )
    )


@dataclass(frozen=True, slots=True)
class AuditRecord:
    """One row of the log."""

    id: int
    time: dt.datetime
    actor_id: uuid.UUID | None
    actor_name: str
    action: str
    target_type: str
    target_id: str
    organization_id: uuid.UUID | None
    request_id: str
    client_address: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look for: rows that fit all that is not None. `since` is included, `until` is not."""

    actor_id: uuid.UUID | None = None
    action: str | None = None
    target_type: str | None = None
    target_id: str | None = None
    organization_id: uuid.UUID | None = None
    request_id: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None


async def list_entries(
    conn: AsyncConnection, filters: Filters, *, before_id: int, limit: int
) -> tuple[list[AuditRecord], bool]:
    """At most `limit` rows that fit, newest first, below `before_id` unless that is 0; and whether there are more."""
    statement = select(*(AuditEntry.__table__.c[name] for name in AuditRecord.__slots__))
    for name in ("actor_id", "action", "target_type", "target_id", "organization_id", "request_id"):
        if (value := getattr(filters, name)) is not None:
            statement = statement.where(AuditEntry.__table__.c[name] == value)
    if filters.since is not None:
        statement = statement.where(AuditEntry.time >= filters.since)
    if filters.until is not None:
        statement = statement.where(AuditEntry.time < filters.until)
    if before_id:
        statement = statement.where(AuditEntry.id < before_id)
    rows = (await conn.execute(statement.order_by(AuditEntry.id.desc()).limit(limit + 1))).all()
    return [AuditRecord(*row) for row in rows[:limit]], len(rows) > limit
