from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast
from uuid import UUID






T = TypeVar("T", bound="ChatUsageLimitGroupOverride")



@_attrs_define
class ChatUsageLimitGroupOverride:
    """ The limit of each member of a group.

        Example:
            {'group_id': '6f0a4c1d-28be-4953-a7f2-d1c09e835b46', 'group_name': 'writers', 'group_display_name': 'Writers',
                'group_avatar_url': '', 'member_count': 4, 'spend_limit_micros': 10000000}

        Attributes:
            group_id (UUID):
            group_name (str):
            group_display_name (str):
            group_avatar_url (str):
            member_count (int):
            spend_limit_micros (int | None):
     """

    group_id: UUID
    group_name: str
    group_display_name: str
    group_avatar_url: str
    member_count: int
    spend_limit_micros: int | None





    def to_dict(self) -> dict[str, Any]:
        group_id = str(self.group_id)

        group_name = self.group_name

        group_display_name = self.group_display_name

        group_avatar_url = self.group_avatar_url

        member_count = self.member_count

        spend_limit_micros: int | None
        spend_limit_micros = self.spend_limit_micros


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "group_id": group_id,
            "group_name": group_name,
            "group_display_name": group_display_name,
            "group_avatar_url": group_avatar_url,
            "member_count": member_count,
            "spend_limit_micros": spend_limit_micros,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        group_id = UUID(d.pop("group_id"))




        group_name = d.pop("group_name")

        group_display_name = d.pop("group_display_name")

        group_avatar_url = d.pop("group_avatar_url")

        member_count = d.pop("member_count")

        def _parse_spend_limit_micros(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        spend_limit_micros = _parse_spend_limit_micros(d.pop("spend_limit_micros"))


        chat_usage_limit_group_override = cls(
            group_id=group_id,
            group_name=group_name,
            group_display_name=group_display_name,
            group_avatar_url=group_avatar_url,
            member_count=member_count,
            spend_limit_micros=spend_limit_micros,
        )

        return chat_usage_limit_group_override

