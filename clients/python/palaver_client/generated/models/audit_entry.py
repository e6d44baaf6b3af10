from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.audit_action import AuditAction
from ..models.audit_action import check_audit_action
from ..models.audit_target import AuditTarget
from ..models.audit_target import check_audit_target
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.audit_entry_details import AuditEntryDetails





T = TypeVar("T", bound="AuditEntry")



@_attrs_define
class AuditEntry:
    """ One act.

        Example:
            {'id': 42, 'time': '2026-08-01T10:20:05.5Z', 'actor_id': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'actor_name':
                'alice', 'action': 'logout', 'target_type': 'api_key', 'target_id': 'Rk3vT9qLx2', 'request_id':
                '3f0d6c1e-52a7-4b8e-9d14-7c25e8f1a06b', 'client_address': '192.0.2.17', 'details': {}}

        Attributes:
            id (int): Grows with every entry.
            time (datetime.datetime): When it was done.
            action (AuditAction): What was done.
            target_type (AuditTarget): What kind of thing it was done to.
            details (AuditEntryDetails): What else is worth knowing, by action; never a secret.
            actor_id (UUID | Unset): Who did it; absent when nobody was signed in.
            actor_name (str | Unset): The username that the actor had then.
            target_id (str | Unset): What it was done to; absent when it is not known.
            organization_id (UUID | Unset): Where; absent for what concerns the server.
            request_id (str | Unset): The request; absent for an operator's command.
            client_address (str | Unset): Its address; absent for an operator's command.
     """

    id: int
    time: datetime.datetime
    action: AuditAction
    target_type: AuditTarget
    details: AuditEntryDetails
    actor_id: UUID | Unset = UNSET
    actor_name: str | Unset = UNSET
    target_id: str | Unset = UNSET
    organization_id: UUID | Unset = UNSET
    request_id: str | Unset = UNSET
    client_address: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.audit_entry_details import AuditEntryDetails # noqa: PLC0415
        id = self.id

        time = self.time.isoformat()

        action: str = self.action

        target_type: str = self.target_type

        details = self.details.to_dict()

        actor_id: str | Unset = UNSET
        if not isinstance(self.actor_id, Unset):
            actor_id = str(self.actor_id)

        actor_name = self.actor_name

        target_id = self.target_id

        organization_id: str | Unset = UNSET
        if not isinstance(self.organization_id, Unset):
            organization_id = str(self.organization_id)

        request_id = self.request_id

        client_address = self.client_address


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "time": time,
            "action": action,
            "target_type": target_type,
            "details": details,
        })
        if actor_id is not UNSET:
            field_dict["actor_id"] = actor_id
        if actor_name is not UNSET:
            field_dict["actor_name"] = actor_name
        if target_id is not UNSET:
            field_dict["target_id"] = target_id
        if organization_id is not UNSET:
            field_dict["organization_id"] = organization_id
        if request_id is not UNSET:
            field_dict["request_id"] = request_id
        if client_address is not UNSET:
            field_dict["client_address"] = client_address

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.audit_entry_details import AuditEntryDetails # noqa: PLC0415
        d = dict(src_dict)
        id = d.pop("id")

        time = datetime.datetime.fromisoformat(d.pop("time"))




        action = check_audit_action(d.pop("action"))




        target_type = check_audit_target(d.pop("target_type"))




        details = AuditEntryDetails.from_dict(d.pop("details"))




        _actor_id = d.pop("actor_id", UNSET)
        actor_id: UUID | Unset
        if isinstance(_actor_id,  Unset):
            actor_id = UNSET
        else:
            actor_id = UUID(_actor_id)




        actor_name = d.pop("actor_name", UNSET)

        target_id = d.pop("target_id", UNSET)

        _organization_id = d.pop("organization_id", UNSET)
        organization_id: UUID | Unset
        if isinstance(_organization_id,  Unset):
            organization_id = UNSET
        else:
            organization_id = UUID(_organization_id)




        request_id = d.pop("request_id", UNSET)

        client_address = d.pop("client_address", UNSET)

        audit_entry = cls(
            id=id,
            time=time,
            action=action,
            target_type=target_type,
            details=details,
            actor_id=actor_id,
            actor_name=actor_name,
            target_id=target_id,
            organization_id=organization_id,
            request_id=request_id,
            client_address=client_address,
        )

        return audit_entry

