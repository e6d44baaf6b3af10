from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="UpdateUserChatCompactionThresholdRequest")



@_attrs_define
class UpdateUserChatCompactionThresholdRequest:
    """ A new threshold.

        Example:
            {'threshold_percent': 85}

        Attributes:
            threshold_percent (int | None | Unset): Percentage of the context window; 100 switches compaction off.
     """

    threshold_percent: int | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        threshold_percent: int | None | Unset
        if isinstance(self.threshold_percent, Unset):
            threshold_percent = UNSET
        else:
            threshold_percent = self.threshold_percent


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if threshold_percent is not UNSET:
            field_dict["threshold_percent"] = threshold_percent

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_threshold_percent(data: object) -> int | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(int | None | Unset, data)

        threshold_percent = _parse_threshold_percent(d.pop("threshold_percent", UNSET))


        update_user_chat_compaction_threshold_request = cls(
            threshold_percent=threshold_percent,
        )


        update_user_chat_compaction_threshold_request.additional_properties = d
        return update_user_chat_compaction_threshold_request

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
