from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="UpdateChatModelOverrideRequest")



@_attrs_define
class UpdateChatModelOverrideRequest:
    """ A new model for a purpose.

        Example:
            {'model_config_id': 'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e'}

        Attributes:
            model_config_id (None | str | Unset): Id of the model config; absent and empty clear the override.
            reasoning_effort (None | str | Unset): Effort; needs a model.
     """

    model_config_id: None | str | Unset = UNSET
    reasoning_effort: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        model_config_id: None | str | Unset
        if isinstance(self.model_config_id, Unset):
            model_config_id = UNSET
        else:
            model_config_id = self.model_config_id

        reasoning_effort: None | str | Unset
        if isinstance(self.reasoning_effort, Unset):
            reasoning_effort = UNSET
        else:
            reasoning_effort = self.reasoning_effort


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if model_config_id is not UNSET:
            field_dict["model_config_id"] = model_config_id
        if reasoning_effort is not UNSET:
            field_dict["reasoning_effort"] = reasoning_effort

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_model_config_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        model_config_id = _parse_model_config_id(d.pop("model_config_id", UNSET))


        def _parse_reasoning_effort(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reasoning_effort = _parse_reasoning_effort(d.pop("reasoning_effort", UNSET))


        update_chat_model_override_request = cls(
            model_config_id=model_config_id,
            reasoning_effort=reasoning_effort,
        )


        update_chat_model_override_request.additional_properties = d
        return update_chat_model_override_request

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
