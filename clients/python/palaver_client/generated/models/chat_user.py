from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_role import ChatRole
from ..models.chat_role import check_chat_role
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID






T = TypeVar("T", bound="ChatUser")



@_attrs_define
class ChatUser:
    """ A user with whom a chat is shared.

        Example:
            {'id': '2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0', 'username': 'bob', 'name': 'Bob Tanaka', 'role': 'read'}

        Attributes:
            id (UUID):
            username (str):
            role (ChatRole): `read`: may read the chat, its messages, stream and files. The empty string, in a change only:
                remove.
            name (str | Unset):
            avatar_url (str | Unset): Address of a picture.
     """

    id: UUID
    username: str
    role: ChatRole
    name: str | Unset = UNSET
    avatar_url: str | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        id = str(self.id)

        username = self.username

        role: str = self.role

        name = self.name

        avatar_url = self.avatar_url


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "username": username,
            "role": role,
        })
        if name is not UNSET:
            field_dict["name"] = name
        if avatar_url is not UNSET:
            field_dict["avatar_url"] = avatar_url

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = UUID(d.pop("id"))




        username = d.pop("username")

        role = check_chat_role(d.pop("role"))




        name = d.pop("name", UNSET)

        avatar_url = d.pop("avatar_url", UNSET)

        chat_user = cls(
            id=id,
            username=username,
            role=role,
            name=name,
            avatar_url=avatar_url,
        )

        return chat_user

