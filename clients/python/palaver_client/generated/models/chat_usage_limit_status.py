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
import datetime






T = TypeVar("T", bound="ChatUsageLimitStatus")



@_attrs_define
class ChatUsageLimitStatus:
    """ Where a user stands; what belongs to a limit is absent where there is none.

        Example:
            {'is_limited': True, 'period': 'month', 'spend_limit_micros': 25000000, 'current_spend': 1840230,
                'period_start': '2026-08-01T00:00:00Z', 'period_end': '2026-09-01T00:00:00Z'}

        Attributes:
            is_limited (bool): A limit holds.
            current_spend (int): Micros spent in the present period.
            period (ChatUsageLimitPeriod | Unset): UTC days from midnight, weeks from Monday, or calendar months. Example:
                month.
            spend_limit_micros (int | Unset):
            period_start (datetime.datetime | Unset):
            period_end (datetime.datetime | Unset):
     """

    is_limited: bool
    current_spend: int
    period: ChatUsageLimitPeriod | Unset = UNSET
    spend_limit_micros: int | Unset = UNSET
    period_start: datetime.datetime | Unset = UNSET
    period_end: datetime.datetime | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        is_limited = self.is_limited

        current_spend = self.current_spend

        period: str | Unset = UNSET
        if not isinstance(self.period, Unset):
            period = self.period


        spend_limit_micros = self.spend_limit_micros

        period_start: str | Unset = UNSET
        if not isinstance(self.period_start, Unset):
            period_start = self.period_start.isoformat()

        period_end: str | Unset = UNSET
        if not isinstance(self.period_end, Unset):
            period_end = self.period_end.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "is_limited": is_limited,
            "current_spend": current_spend,
        })
        if period is not UNSET:
            field_dict["period"] = period
        if spend_limit_micros is not UNSET:
            field_dict["spend_limit_micros"] = spend_limit_micros
        if period_start is not UNSET:
            field_dict["period_start"] = period_start
        if period_end is not UNSET:
            field_dict["period_end"] = period_end

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        is_limited = d.pop("is_limited")

        current_spend = d.pop("current_spend")

        _period = d.pop("period", UNSET)
        period: ChatUsageLimitPeriod | Unset
        if isinstance(_period,  Unset):
            period = UNSET
        else:
            period = check_chat_usage_limit_period(_period)




        spend_limit_micros = d.pop("spend_limit_micros", UNSET)

        _period_start = d.pop("period_start", UNSET)
        period_start: datetime.datetime | Unset
        if isinstance(_period_start,  Unset):
            period_start = UNSET
        else:
            period_start = datetime.datetime.fromisoformat(_period_start)




        _period_end = d.pop("period_end", UNSET)
        period_end: datetime.datetime | Unset
        if isinstance(_period_end,  Unset):
            period_end = UNSET
        else:
            period_end = datetime.datetime.fromisoformat(_period_end)




        chat_usage_limit_status = cls(
            is_limited=is_limited,
            current_spend=current_spend,
            period=period,
            spend_limit_micros=spend_limit_micros,
            period_start=period_start,
            period_end=period_end,
        )

        return chat_usage_limit_status

