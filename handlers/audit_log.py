"""The audit log, for those who look after the whole server."""

import datetime as dt
import uuid

from palaver.audit import Filters, list_entries
from palaver.auth.policy import Deployment
from palaver.contract.context import Context
from palaver.contract.types import AuditLogPage
from palaver.errors import Forbidden
from palaver.wire.audit import audit_entry_json


async def list_audit_log(
    ctx: Context,
    actor_id: uuid.UUID | None = None,
    action: str | None = None,
    target_type: str | None = None,
    target_id: str | None = None,
    organization_id: uuid.UUID | None = None,
    request_id: str | None = None,
    since: dt.datetime | None = None,
    until: dt.datetime | None = None,
    before_id: int = 0,
    limit: int = 50,
) -> AuditLogPage:
    """A page of the log, newest first."""
    ctx.services.authorizer.require(ctx.user, "audit_log:read", Deployment(), Forbidden)
    filters = Filters(actor_id, action, target_type, target_id, organization_id, request_id, since, until)
    async with ctx.services.database.connect() as conn:
        entries, has_more = await list_entries(conn, filters, before_id=before_id, limit=limit)
    return {"entries": [audit_entry_json(entry) for entry in entries], "has_more": has_more}
