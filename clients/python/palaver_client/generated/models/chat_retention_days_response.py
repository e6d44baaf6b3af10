from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ChatRetentionDaysResponse")



@_attrs_define
class ChatRetentionDaysResponse:
    """ A time in days.

        Example:
            {'retention_days': 30}

        Attributes:
            retention_days (int): Days; 0 keeps archived chats.
     """

    retention_days: int





    def to_dict(self) -> dict[str, Any]:
        retention_days = self.retention_days


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "retention_days": retention_days,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        retention_days = d.pop("retention_days")

        chat_retention_days_response = cls(
            retention_days=retention_days,
        )

        return chat_retention_days_response

