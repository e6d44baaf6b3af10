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






T = TypeVar("T", bound="SlimRole")



@_attrs_define
class SlimRole:
    """ A reference to a role.

        Example:
            {'name': 'owner', 'display_name': 'Owner'}

        Attributes:
            name (RoleName): The built-in roles; the ones from `agents-access` on belong to an organization, the others to
                the site.
                 Example: agents-access.
            display_name (str): Label.
            organization_id (str | Unset): The organization of an organization role; absent for site roles.
     """

    name: RoleName
    display_name: str
    organization_id: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        name: str = self.name

        display_name = self.display_name

        organization_id = self.organization_id


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "name": name,
            "display_name": display_name,
        })
        if organization_id is not UNSET:
            field_dict["organization_id"] = organization_id

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = check_role_name(d.pop("name"))




        display_name = d.pop("display_name")

        organization_id = d.pop("organization_id", UNSET)

        slim_role = cls(
            name=name,
            display_name=display_name,
            organization_id=organization_id,
        )

        return slim_role

