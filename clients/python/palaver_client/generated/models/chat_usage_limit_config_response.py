from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_usage_limit_period import ChatUsageLimitPeriod
from ..models.chat_usage_limit_period import check_chat_usage_limit_period
from typing import cast
import datetime

if TYPE_CHECKING:
  from ..models.chat_usage_limit_group_override import ChatUsageLimitGroupOverride
  from ..models.chat_usage_limit_override import ChatUsageLimitOverride





T = TypeVar("T", bound="ChatUsageLimitConfigResponse")



@_attrs_define
class ChatUsageLimitConfigResponse:
    """ The default limit and all overrides.

        Example:
            {'spend_limit_micros': None, 'period': 'month', 'updated_at': '0001-01-01T00:00:00Z', 'unpriced_model_count': 0,
                'overrides': [], 'group_overrides': []}

        Attributes:
            spend_limit_micros (int | None): The limit; null when nobody is limited.
            period (ChatUsageLimitPeriod): UTC days from midnight, weeks from Monday, or calendar months. Example: month.
            updated_at (datetime.datetime): The zero time when it was never changed.
            unpriced_model_count (int): Enabled models of which no price is known.
            overrides (list[ChatUsageLimitOverride]): Users with limits of their own.
            group_overrides (list[ChatUsageLimitGroupOverride]): Groups whose members have a limit.
     """

    spend_limit_micros: int | None
    period: ChatUsageLimitPeriod
    updated_at: datetime.datetime
    unpriced_model_count: int
    overrides: list[ChatUsageLimitOverride]
    group_overrides: list[ChatUsageLimitGroupOverride]





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_usage_limit_group_override import ChatUsageLimitGroupOverride # noqa: PLC0415
        from ..models.chat_usage_limit_override import ChatUsageLimitOverride # noqa: PLC0415
        spend_limit_micros: int | None
        spend_limit_micros = self.spend_limit_micros

        period: str = self.period

        updated_at = self.updated_at.isoformat()

        unpriced_model_count = self.unpriced_model_count

        overrides = []
        for overrides_item_data in self.overrides:
            overrides_item = overrides_item_data.to_dict()
            overrides.append(overrides_item)



        group_overrides = []
        for group_overrides_item_data in self.group_overrides:
            group_overrides_item = group_overrides_item_data.to_dict()
            group_overrides.append(group_overrides_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "spend_limit_micros": spend_limit_micros,
            "period": period,
            "updated_at": updated_at,
            "unpriced_model_count": unpriced_model_count,
            "overrides": overrides,
            "group_overrides": group_overrides,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_usage_limit_group_override import ChatUsageLimitGroupOverride # noqa: PLC0415
        from ..models.chat_usage_limit_override import ChatUsageLimitOverride # noqa: PLC0415
        d = dict(src_dict)
        def _parse_spend_limit_micros(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        spend_limit_micros = _parse_spend_limit_micros(d.pop("spend_limit_micros"))


        period = check_chat_usage_limit_period(d.pop("period"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        unpriced_model_count = d.pop("unpriced_model_count")

        overrides = []
        _overrides = d.pop("overrides")
        for overrides_item_data in (_overrides):
            overrides_item = ChatUsageLimitOverride.from_dict(overrides_item_data)



            overrides.append(overrides_item)


        group_overrides = []
        _group_overrides = d.pop("group_overrides")
        for group_overrides_item_data in (_group_overrides):
            group_overrides_item = ChatUsageLimitGroupOverride.from_dict(group_overrides_item_data)



            group_overrides.append(group_overrides_item)


        chat_usage_limit_config_response = cls(
            spend_limit_micros=spend_limit_micros,
            period=period,
            updated_at=updated_at,
            unpriced_model_count=unpriced_model_count,
            overrides=overrides,
            group_overrides=group_overrides,
        )

        return chat_usage_limit_config_response

