from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.organization_member_with_user_data import OrganizationMemberWithUserData





T = TypeVar("T", bound="PaginatedMembersResponse")



@_attrs_define
class PaginatedMembersResponse:
    """ A page of an organization's members.

        Example:
            {'members': [], 'count': 0}

        Attributes:
            members (list[OrganizationMemberWithUserData]):
            count (int): All that match and that the caller may read, without paging.
     """

    members: list[OrganizationMemberWithUserData]
    count: int





    def to_dict(self) -> dict[str, Any]:
        from ..models.organization_member_with_user_data import OrganizationMemberWithUserData # noqa: PLC0415
        members = []
        for members_item_data in self.members:
            members_item = members_item_data.to_dict()
            members.append(members_item)



        count = self.count


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "members": members,
            "count": count,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.organization_member_with_user_data import OrganizationMemberWithUserData # noqa: PLC0415
        d = dict(src_dict)
        members = []
        _members = d.pop("members")
        for members_item_data in (_members):
            members_item = OrganizationMemberWithUserData.from_dict(members_item_data)



            members.append(members_item)


        count = d.pop("count")

        paginated_members_response = cls(
            members=members,
            count=count,
        )

        return paginated_members_response

