"""The audit log: one row for every act that matters for security, written in the transaction of the act.

An act that is rolled back leaves no row, and one whose row cannot be written does not happen. Secrets never belong
into `details`: name what was changed, not the value.
"""

import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

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
]

_COLUMNS: Final = AuditEntry.__table__.c


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
