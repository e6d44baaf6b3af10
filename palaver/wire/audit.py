"""Rows of the audit log as the contract's AuditEntry."""

from typing import Any, cast

from palaver.audit import AuditRecord
from palaver.contract.types import AuditEntry
from palaver.wire.times import format_time


def audit_entry_json(record: AuditRecord) -> AuditEntry:
    """One act; keys without a value are left out."""
    answer: dict[str, Any] = {
        "id": record.id,
        "time": format_time(record.time),
        "action": record.action,
        "target_type": record.target_type,
        "details": record.details,
    }
    optional = {
        "actor_id": str(record.actor_id) if record.actor_id else "",
        "actor_name": record.actor_name,
        "target_id": record.target_id,
        "organization_id": str(record.organization_id) if record.organization_id else "",
        "request_id": record.request_id,
        "client_address": record.client_address,
    }
    answer.update((key, value) for key, value in optional.items() if value)
    return cast(AuditEntry, answer)
