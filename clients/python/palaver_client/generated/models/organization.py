from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.role_name import check_role_name
from ..models.role_name import RoleName
from typing import cast
from uuid import UUID
import datetime






T = TypeVar("T", bound="Organization")



@_attrs_define
class Organization:
    """ An organization.

        Example:
            {'id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'name': 'coder', 'display_name': 'Coder', 'icon': '',
                'description': '', 'created_at': '2026-08-01T10:00:00.123Z', 'updated_at': '2026-08-01T10:00:00.123Z',
                'is_default': True, 'default_org_member_roles': ['organization-workspace-access', 'agents-access']}

        Attributes:
            id (UUID): Id.
            name (str): Unique name.
            display_name (str): Label.
            icon (str): Icon URL.
            description (str): Free text.
            created_at (datetime.datetime): Creation time.
            updated_at (datetime.datetime): Time of the last change.
            is_default (bool): The organization that exists from the start.
            default_org_member_roles (list[RoleName]): Roles that every member has without being given them. A new
                organization starts with `agents-access` among
                them, so that its members may use chats.
     """

    id: UUID
    name: str
    display_name: str
    icon: str
    description: str
    created_at: datetime.datetime
    updated_at: datetime.datetime
    is_default: bool
    default_org_member_roles: list[RoleName]





    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        name = self.name

        display_name = self.display_name

        icon = self.icon

        description = self.description

        created_at = self.created_at.isoformat()

        updated_at = self.updated_at.isoformat()

        is_default = self.is_default

        default_org_member_roles = []
        for default_org_member_roles_item_data in self.default_org_member_roles:
            default_org_member_roles_item: str = default_org_member_roles_item_data
            default_org_member_roles.append(default_org_member_roles_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "name": name,
            "display_name": display_name,
            "icon": icon,
            "description": description,
            "created_at": created_at,
            "updated_at": updated_at,
            "is_default": is_default,
            "default_org_member_roles": default_org_member_roles,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        name = d.pop("name")

        display_name = d.pop("display_name")

        icon = d.pop("icon")

        description = d.pop("description")

        created_at = datetime.datetime.fromisoformat(d.pop("created_at"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        is_default = d.pop("is_default")

        default_org_member_roles = []
        _default_org_member_roles = d.pop("default_org_member_roles")
        for default_org_member_roles_item_data in (_default_org_member_roles):
            default_org_member_roles_item = check_role_name(default_org_member_roles_item_data)



            default_org_member_roles.append(default_org_member_roles_item)


        organization = cls(
            id=id,
            name=name,
            display_name=display_name,
            icon=icon,
            description=description,
            created_at=created_at,
            updated_at=updated_at,
            is_default=is_default,
            default_org_member_roles=default_org_member_roles,
        )

        return organization

