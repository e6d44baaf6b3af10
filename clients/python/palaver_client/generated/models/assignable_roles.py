from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.role_name import check_role_name
from ..models.role_name import RoleName
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.permission import Permission





T = TypeVar("T", bound="AssignableRoles")



@_attrs_define
class AssignableRoles:
    """ A role, what it allows, and whether the caller may give it.

        Example:
            {'name': 'auditor', 'display_name': 'Auditor', 'site_permissions': [{'negate': False, 'resource_type': 'user',
                'action': 'read'}], 'user_permissions': [], 'organization_permissions': [], 'organization_member_permissions':
                [], 'assignable': False, 'built_in': True}

        Attributes:
            name (RoleName): The built-in roles; the ones from `agents-access` on belong to an organization, the others to
                the site.
                 Example: agents-access.
            display_name (str): Label.
            site_permissions (list[Permission]): What the role allows on everything of the server.
            user_permissions (list[Permission]): What it allows on what is one's own.
            organization_permissions (list[Permission]): What it allows on everything of the organization.
            organization_member_permissions (list[Permission]): What it allows on what is one's own in the organization.
            assignable (bool): The caller may give and take it.
            built_in (bool): It cannot be changed; always true.
            organization_id (UUID | Unset): The organization of an organization role.
     """

    name: RoleName
    display_name: str
    site_permissions: list[Permission]
    user_permissions: list[Permission]
    organization_permissions: list[Permission]
    organization_member_permissions: list[Permission]
    assignable: bool
    built_in: bool
    organization_id: UUID | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.permission import Permission # noqa: PLC0415
        name: str = self.name

        display_name = self.display_name

        site_permissions = []
        for site_permissions_item_data in self.site_permissions:
            site_permissions_item = site_permissions_item_data.to_dict()
            site_permissions.append(site_permissions_item)



        user_permissions = []
        for user_permissions_item_data in self.user_permissions:
            user_permissions_item = user_permissions_item_data.to_dict()
            user_permissions.append(user_permissions_item)



        organization_permissions = []
        for organization_permissions_item_data in self.organization_permissions:
            organization_permissions_item = organization_permissions_item_data.to_dict()
            organization_permissions.append(organization_permissions_item)



        organization_member_permissions = []
        for organization_member_permissions_item_data in self.organization_member_permissions:
            organization_member_permissions_item = organization_member_permissions_item_data.to_dict()
            organization_member_permissions.append(organization_member_permissions_item)



        assignable = self.assignable

        built_in = self.built_in

        organization_id: str | Unset = UNSET
        if not isinstance(self.organization_id, Unset):
            organization_id = str(self.organization_id)


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "name": name,
            "display_name": display_name,
            "site_permissions": site_permissions,
            "user_permissions": user_permissions,
            "organization_permissions": organization_permissions,
            "organization_member_permissions": organization_member_permissions,
            "assignable": assignable,
            "built_in": built_in,
        })
        if organization_id is not UNSET:
            field_dict["organization_id"] = organization_id

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.permission import Permission # noqa: PLC0415
        d = dict(src_dict)
        name = check_role_name(d.pop("name"))




        display_name = d.pop("display_name")

        site_permissions = []
        _site_permissions = d.pop("site_permissions")
        for site_permissions_item_data in (_site_permissions):
            site_permissions_item = Permission.from_dict(site_permissions_item_data)



            site_permissions.append(site_permissions_item)


        user_permissions = []
        _user_permissions = d.pop("user_permissions")
        for user_permissions_item_data in (_user_permissions):
            user_permissions_item = Permission.from_dict(user_permissions_item_data)



            user_permissions.append(user_permissions_item)


        organization_permissions = []
        _organization_permissions = d.pop("organization_permissions")
        for organization_permissions_item_data in (_organization_permissions):
            organization_permissions_item = Permission.from_dict(organization_permissions_item_data)



            organization_permissions.append(organization_permissions_item)


        organization_member_permissions = []
        _organization_member_permissions = d.pop("organization_member_permissions")
        for organization_member_permissions_item_data in (_organization_member_permissions):
            organization_member_permissions_item = Permission.from_dict(organization_member_permissions_item_data)



            organization_member_permissions.append(organization_member_permissions_item)


        assignable = d.pop("assignable")

        built_in = d.pop("built_in")

        _organization_id = d.pop("organization_id", UNSET)
        organization_id: UUID | Unset
        if isinstance(_organization_id,  Unset):
            organization_id = UNSET
        else:
            organization_id = UUID(_organization_id)




        assignable_roles = cls(
            name=name,
            display_name=display_name,
            site_permissions=site_permissions,
            user_permissions=user_permissions,
            organization_permissions=organization_permissions,
            organization_member_permissions=organization_member_permissions,
            assignable=assignable,
            built_in=built_in,
            organization_id=organization_id,
        )

        return assignable_roles

