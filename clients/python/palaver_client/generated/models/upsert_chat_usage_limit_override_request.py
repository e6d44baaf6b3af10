from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="UpsertChatUsageLimitOverrideRequest")



@_attrs_define
class UpsertChatUsageLimitOverrideRequest:
    """ A user's own limit.

        Example:
            {'spend_limit_micros': 10000000}

        Attributes:
            spend_limit_micros (int): Millionths of a US dollar.
     """

    spend_limit_micros: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        spend_limit_micros = self.spend_limit_micros


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "spend_limit_micros": spend_limit_micros,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        spend_limit_micros = d.pop("spend_limit_micros")

        upsert_chat_usage_limit_override_request = cls(
            spend_limit_micros=spend_limit_micros,
        )


        upsert_chat_usage_limit_override_request.additional_properties = d
        return upsert_chat_usage_limit_override_request

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
