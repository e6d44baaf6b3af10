from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast
from uuid import UUID






T = TypeVar("T", bound="ChatUsageLimitOverride")



@_attrs_define
class ChatUsageLimitOverride:
    """ A user's own limit.

        Example:
            {'user_id': '2e1d0c3b-5a69-4788-8796-a5b4c3d2e1f0', 'username': 'bob', 'name': 'Bob Stone', 'avatar_url': '',
                'spend_limit_micros': 50000000}

        Attributes:
            user_id (UUID):
            username (str):
            name (str):
            avatar_url (str):
            spend_limit_micros (int | None):
     """

    user_id: UUID
    username: str
    name: str
    avatar_url: str
    spend_limit_micros: int | None





    def to_dict(self) -> dict[str, Any]:
        user_id = str(self.user_id)

        username = self.username

        name = self.name

        avatar_url = self.avatar_url

        spend_limit_micros: int | None
        spend_limit_micros = self.spend_limit_micros


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "user_id": user_id,
            "username": username,
            "name": name,
            "avatar_url": avatar_url,
            "spend_limit_micros": spend_limit_micros,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        user_id = UUID(d.pop("user_id"))




        username = d.pop("username")

        name = d.pop("name")

        avatar_url = d.pop("avatar_url")

        def _parse_spend_limit_micros(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        spend_limit_micros = _parse_spend_limit_micros(d.pop("spend_limit_micros"))


        chat_usage_limit_override = cls(
            user_id=user_id,
            username=username,
            name=name,
            avatar_url=avatar_url,
            spend_limit_micros=spend_limit_micros,
        )

        return chat_usage_limit_override

