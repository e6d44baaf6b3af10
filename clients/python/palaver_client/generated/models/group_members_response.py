from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.reduced_user import ReducedUser





T = TypeVar("T", bound="GroupMembersResponse")



@_attrs_define
class GroupMembersResponse:
    """ A page of a group's members.

        Example:
            {'users': [], 'count': 0}

        Attributes:
            users (list[ReducedUser]):
            count (int): All that the caller may read, without paging.
     """

    users: list[ReducedUser]
    count: int





    def to_dict(self) -> dict[str, Any]:
        from ..models.reduced_user import ReducedUser # noqa: PLC0415
        users = []
        for users_item_data in self.users:
            users_item = users_item_data.to_dict()
            users.append(users_item)



        count = self.count


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "users": users,
            "count": count,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.reduced_user import ReducedUser # noqa: PLC0415
        d = dict(src_dict)
        users = []
        _users = d.pop("users")
        for users_item_data in (_users):
            users_item = ReducedUser.from_dict(users_item_data)



            users.append(users_item)


        count = d.pop("count")

        group_members_response = cls(
            users=users,
            count=count,
        )

        return group_members_response

