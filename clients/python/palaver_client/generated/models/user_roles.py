from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.user_roles_organization_roles import UserRolesOrganizationRoles





T = TypeVar("T", bound="UserRoles")



@_attrs_define
class UserRoles:
    """ The explicit roles of a user.

        Example:
            {'roles': ['auditor'], 'organization_roles': {'0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34': []}}

        Attributes:
            roles (list[str]): Site roles, without `member`.
            organization_roles (UserRolesOrganizationRoles): Roles by organization, without `organization-member`.
     """

    roles: list[str]
    organization_roles: UserRolesOrganizationRoles





    def to_dict(self) -> dict[str, Any]:
        from ..models.user_roles_organization_roles import UserRolesOrganizationRoles # noqa: PLC0415
        roles = self.roles



        organization_roles = self.organization_roles.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "roles": roles,
            "organization_roles": organization_roles,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.user_roles_organization_roles import UserRolesOrganizationRoles # noqa: PLC0415
        d = dict(src_dict)
        roles = cast(list[str], d.pop("roles"))


        organization_roles = UserRolesOrganizationRoles.from_dict(d.pop("organization_roles"))




        user_roles = cls(
            roles=roles,
            organization_roles=organization_roles,
        )

        return user_roles

