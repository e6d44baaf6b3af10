"""What was done that matters for security, by whom and from where."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Identity, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AuditEntry(Base):
    """One act. Rows are only ever added: a trigger refuses everything else.

    It points at nothing by foreign key, since an entry outlives what it tells about.
    """

    __tablename__ = "audit_log"

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    time: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    actor_id: Mapped[uuid.UUID | None]
    """Null when nobody was signed in: a failed login, an operator's command."""
    actor_name: Mapped[str]
    """The actor's username at that time."""
    action: Mapped[str]
    target_type: Mapped[str]
    target_id: Mapped[str]
    organization_id: Mapped[uuid.UUID | None]
    request_id: Mapped[str]
    client_address: Mapped[str]
    details: Mapped[dict[str, Any]]


Index("ix_audit_log_actor_id", AuditEntry.actor_id, AuditEntry.id)
Index("ix_audit_log_target", AuditEntry.target_type, AuditEntry.target_id, AuditEntry.id)
Index("ix_audit_log_organization_id", AuditEntry.organization_id, AuditEntry.id)
Index("ix_audit_log_time", AuditEntry.time)
