from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_role import ChatRole
from ..models.chat_role import check_chat_role
from ..models.group_source import check_group_source
from ..models.group_source import GroupSource
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.reduced_user import ReducedUser





T = TypeVar("T", bound="ChatGroup")



@_attrs_define
class ChatGroup:
    """ A group with which a chat is shared; the one with the organization's id has every member.

        Example:
            {'id': '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'name': 'Everyone', 'display_name': '', 'organization_id':
                '0d4c7b1e-93f2-4a8d-b6c5-17e2f08a9b34', 'members': [], 'total_member_count': 2, 'avatar_url': '',
                'quota_allowance': 0, 'source': 'user', 'organization_name': 'coder', 'organization_display_name': 'Coder',
                'role': 'read'}

        Attributes:
            id (UUID):
            name (str):
            display_name (str):
            organization_id (UUID):
            members (list[ReducedUser]): As far as the caller may read them.
            total_member_count (int): All members, also those not listed.
            avatar_url (str): Address of a picture; empty when there is none.
            quota_allowance (int): Of no meaning for chats.
            source (GroupSource): `user`: made here. `oidc`: came with a single sign-on.
            organization_name (str):
            organization_display_name (str):
            role (ChatRole): `read`: may read the chat, its messages, stream and files. The empty string, in a change only:
                remove.
     """

    id: UUID
    name: str
    display_name: str
    organization_id: UUID
    members: list[ReducedUser]
    total_member_count: int
    avatar_url: str
    quota_allowance: int
    source: GroupSource
    organization_name: str
    organization_display_name: str
    role: ChatRole





    def to_dict(self) -> dict[str, Any]:
        from ..models.reduced_user import ReducedUser # noqa: PLC0415
        id = str(self.id)

        name = self.name

        display_name = self.display_name

        organization_id = str(self.organization_id)

        members = []
        for members_item_data in self.members:
            members_item = members_item_data.to_dict()
            members.append(members_item)



        total_member_count = self.total_member_count

        avatar_url = self.avatar_url

        quota_allowance = self.quota_allowance

        source: str = self.source

        organization_name = self.organization_name

        organization_display_name = self.organization_display_name

        role: str = self.role


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "name": name,
            "display_name": display_name,
            "organization_id": organization_id,
            "members": members,
            "total_member_count": total_member_count,
            "avatar_url": avatar_url,
            "quota_allowance": quota_allowance,
            "source": source,
            "organization_name": organization_name,
            "organization_display_name": organization_display_name,
            "role": role,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.reduced_user import ReducedUser # noqa: PLC0415
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        name = d.pop("name")

        display_name = d.pop("display_name")

        organization_id = UUID(d.pop("organization_id"))




        members = []
        _members = d.pop("members")
        for members_item_data in (_members):
            members_item = ReducedUser.from_dict(members_item_data)



            members.append(members_item)


        total_member_count = d.pop("total_member_count")

        avatar_url = d.pop("avatar_url")

        quota_allowance = d.pop("quota_allowance")

        source = check_group_source(d.pop("source"))




        organization_name = d.pop("organization_name")

        organization_display_name = d.pop("organization_display_name")

        role = check_chat_role(d.pop("role"))




        chat_group = cls(
            id=id,
            name=name,
            display_name=display_name,
            organization_id=organization_id,
            members=members,
            total_member_count=total_member_count,
            avatar_url=avatar_url,
            quota_allowance=quota_allowance,
            source=source,
            organization_name=organization_name,
            organization_display_name=organization_display_name,
            role=role,
        )

        return chat_group

