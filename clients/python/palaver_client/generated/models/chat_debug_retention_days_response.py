from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ChatDebugRetentionDaysResponse")



@_attrs_define
class ChatDebugRetentionDaysResponse:
    """ A time in days.

        Example:
            {'debug_retention_days': 30}

        Attributes:
            debug_retention_days (int): Days; 0 keeps debug runs.
     """

    debug_retention_days: int





    def to_dict(self) -> dict[str, Any]:
        debug_retention_days = self.debug_retention_days


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "debug_retention_days": debug_retention_days,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        debug_retention_days = d.pop("debug_retention_days")

        chat_debug_retention_days_response = cls(
            debug_retention_days=debug_retention_days,
        )

        return chat_debug_retention_days_response

