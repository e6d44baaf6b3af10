from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.reasoning_effort import check_reasoning_effort
from ..models.reasoning_effort import ReasoningEffort
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ChatModelReasoningEffortConfig")



@_attrs_define
class ChatModelReasoningEffortConfig:
    """ Default and ceiling of the reasoning effort; both are set, or none.

        Example:
            {'default': 'medium', 'max': 'high'}

        Attributes:
            default (None | ReasoningEffort | Unset): Effort when the user chose none; not above `max`.
            max_ (None | ReasoningEffort | Unset): Highest effort that a user may choose.
     """

    default: None | ReasoningEffort | Unset = UNSET
    max_: None | ReasoningEffort | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        default: None | str | Unset
        if isinstance(self.default, Unset):
            default = UNSET
        elif isinstance(self.default, str):
            default = self.default
        else:
            default = self.default

        max_: None | str | Unset
        if isinstance(self.max_, Unset):
            max_ = UNSET
        elif isinstance(self.max_, str):
            max_ = self.max_
        else:
            max_ = self.max_


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if default is not UNSET:
            field_dict["default"] = default
        if max_ is not UNSET:
            field_dict["max"] = max_

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_default(data: object) -> None | ReasoningEffort | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                default_type_1 = check_reasoning_effort(data)



                return default_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ReasoningEffort | Unset, data)

        default = _parse_default(d.pop("default", UNSET))


        def _parse_max_(data: object) -> None | ReasoningEffort | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                max_type_1 = check_reasoning_effort(data)



                return max_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ReasoningEffort | Unset, data)

        max_ = _parse_max_(d.pop("max", UNSET))


        chat_model_reasoning_effort_config = cls(
            default=default,
            max_=max_,
        )


        chat_model_reasoning_effort_config.additional_properties = d
        return chat_model_reasoning_effort_config

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
