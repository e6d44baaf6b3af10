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






T = TypeVar("T", bound="ChatUsageLimitConfig")



@_attrs_define
class ChatUsageLimitConfig:
    """ The default limit.

        Example:
            {'spend_limit_micros': 25000000, 'period': 'month', 'updated_at': '2026-08-01T10:00:00.12Z'}

        Attributes:
            spend_limit_micros (int | None): The limit; null when nobody is limited.
            period (ChatUsageLimitPeriod): UTC days from midnight, weeks from Monday, or calendar months. Example: month.
            updated_at (datetime.datetime): The zero time when it was never changed.
     """

    spend_limit_micros: int | None
    period: ChatUsageLimitPeriod
    updated_at: datetime.datetime





    def to_dict(self) -> dict[str, Any]:
        spend_limit_micros: int | None
        spend_limit_micros = self.spend_limit_micros

        period: str = self.period

        updated_at = self.updated_at.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "spend_limit_micros": spend_limit_micros,
            "period": period,
            "updated_at": updated_at,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_spend_limit_micros(data: object) -> int | None:
            if data is None:
                return data
            return cast(int | None, data)

        spend_limit_micros = _parse_spend_limit_micros(d.pop("spend_limit_micros"))


        period = check_chat_usage_limit_period(d.pop("period"))




        updated_at = datetime.datetime.fromisoformat(d.pop("updated_at"))




        chat_usage_limit_config = cls(
            spend_limit_micros=spend_limit_micros,
            period=period,
            updated_at=updated_at,
        )

        return chat_usage_limit_config

