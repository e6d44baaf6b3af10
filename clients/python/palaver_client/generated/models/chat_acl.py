from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.chat_group import ChatGroup
  from ..models.chat_user import ChatUser





T = TypeVar("T", bound="ChatACL")



@_attrs_define
class ChatACL:
    """ With whom a root chat is shared.

        Example:
            {'users': [{'id': '2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0', 'username': 'bob', 'name': 'Bob Tanaka', 'role':
                'read'}], 'groups': []}

        Attributes:
            users (list[ChatUser]):
            groups (list[ChatGroup]):
     """

    users: list[ChatUser]
    groups: list[ChatGroup]





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_group import ChatGroup # noqa: PLC0415
        from ..models.chat_user import ChatUser # noqa: PLC0415
        users = []
        for users_item_data in self.users:
            users_item = users_item_data.to_dict()
            users.append(users_item)



        groups = []
        for groups_item_data in self.groups:
            groups_item = groups_item_data.to_dict()
            groups.append(groups_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "users": users,
            "groups": groups,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_group import ChatGroup # noqa: PLC0415
        from ..models.chat_user import ChatUser # noqa: PLC0415
        d = dict(src_dict)
        users = []
        _users = d.pop("users")
        for users_item_data in (_users):
            users_item = ChatUser.from_dict(users_item_data)



            users.append(users_item)


        groups = []
        _groups = d.pop("groups")
        for groups_item_data in (_groups):
            groups_item = ChatGroup.from_dict(groups_item_data)



            groups.append(groups_item)


        chat_acl = cls(
            users=users,
            groups=groups,
        )

        return chat_acl

