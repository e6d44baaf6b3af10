from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.slim_role import SlimRole





T = TypeVar("T", bound="OrganizationMember")



@_attrs_define
class OrganizationMember:
    """ A membership.

        Example:
            {'user_id': '2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0', 'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34',
                'created_at': '2026-08-01T10:05:12.402Z', 'updated_at': '2026-08-01T10:09:41.77Z', 'roles': [{'name': 'agents-
                access', 'display_name': 'Coder Agents User', 'organization_id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34'}]}

        Attributes:
            user_id (UUID): The member.
            organization_id (UUID): The organization.
            created_at (datetime.datetime): Time of joining.
            updated_at (datetime.datetime): Time of the last change.
            roles (list[SlimRole]): Explicit organization roles.
     """

    user_id: UUID
    organization_id: UUID
    created_at: datetime.datetime
    updated_at: datetime.datetime
    roles: list[SlimRole]





    def to_dict(self) -> dict[str, Any]:
        from ..models.slim_role import SlimRole # noqa: PLC0415
        user_id = str(self.user_id)

        organization_id = str(self.organization_id)

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        roles = []
        for roles_item_data in self.roles:
            roles_item = roles_item_data.to_dict()
            roles.append(roles_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "user_id": user_id,
            "organization_id": organization_id,
            "created_at": created_at,
            "updated_at": updated_at,
            "roles": roles,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.slim_role import SlimRole # noqa: PLC0415
        d = dict(src_dict)
        user_id = UUID(d.pop("user_id"))




        organization_id = UUID(d.pop("organization_id"))




        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        roles = []
        _roles = d.pop("roles")
        for roles_item_data in (_roles):
            roles_item = SlimRole.from_dict(roles_item_data)



            roles.append(roles_item)


        organization_member = cls(
            user_id=user_id,
            organization_id=organization_id,
            created_at=created_at,
            updated_at=updated_at,
            roles=roles,
        )

        return organization_member

