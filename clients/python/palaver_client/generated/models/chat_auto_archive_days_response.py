from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ChatAutoArchiveDaysResponse")



@_attrs_define
class ChatAutoArchiveDaysResponse:
    """ A time in days.

        Example:
            {'auto_archive_days': 30}

        Attributes:
            auto_archive_days (int): Days; 0 archives nothing by itself.
     """

    auto_archive_days: int





    def to_dict(self) -> dict[str, Any]:
        auto_archive_days = self.auto_archive_days


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "auto_archive_days": auto_archive_days,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        auto_archive_days = d.pop("auto_archive_days")

        chat_auto_archive_days_response = cls(
            auto_archive_days=auto_archive_days,
        )

        return chat_auto_archive_days_response

