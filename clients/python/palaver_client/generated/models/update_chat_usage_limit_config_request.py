from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_usage_limit_period import ChatUsageLimitPeriod
from ..models.chat_usage_limit_period import check_chat_usage_limit_period
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="UpdateChatUsageLimitConfigRequest")



@_attrs_define
class UpdateChatUsageLimitConfigRequest:
    """ The default limit.

        Example:
            {'spend_limit_micros': 25000000, 'period': 'month'}

        Attributes:
            period (ChatUsageLimitPeriod): UTC days from midnight, weeks from Monday, or calendar months. Example: month.
            spend_limit_micros (int | None | Unset): Millionths of a US dollar; null or absent switches all limits off.
     """

    period: ChatUsageLimitPeriod
    spend_limit_micros: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        period: str = self.period

        spend_limit_micros: int | None | Unset
        if isinstance(self.spend_limit_micros, Unset):
            spend_limit_micros = UNSET
        else:
            spend_limit_micros = self.spend_limit_micros


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "period": period,
        })
        if spend_limit_micros is not UNSET:
            field_dict["spend_limit_micros"] = spend_limit_micros

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        period = check_chat_usage_limit_period(d.pop("period"))




        def _parse_spend_limit_micros(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        spend_limit_micros = _parse_spend_limit_micros(d.pop("spend_limit_micros", UNSET))


        update_chat_usage_limit_config_request = cls(
            period=period,
            spend_limit_micros=spend_limit_micros,
        )


        update_chat_usage_limit_config_request.additional_properties = d
        return update_chat_usage_limit_config_request

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
