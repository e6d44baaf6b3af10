from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast
from uuid import UUID






T = TypeVar("T", bound="AdvisorConfig")



@_attrs_define
class AdvisorConfig:
    """ The advisor's settings.

        Example:
            {'enabled': True, 'max_uses_per_run': 3, 'max_output_tokens': 0, 'model_config_id':
                '00000000-0000-0000-0000-000000000000'}

        Attributes:
            max_uses_per_run (int): How often one turn may ask; 0 means without limit.
            max_output_tokens (int): Length of an advice in tokens at most; 0 means 16384.
            model_config_id (UUID): Who is asked; the nil UUID means the chat's own model.
            enabled (bool | None | Unset): The experiment is switched on; always in answers, ignored in requests.
            reasoning_effort (None | str | Unset): Effort; needs a model.
     """

    max_uses_per_run: int
    max_output_tokens: int
    model_config_id: UUID
    enabled: bool | None | Unset = UNSET
    reasoning_effort: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        max_uses_per_run = self.max_uses_per_run

        max_output_tokens = self.max_output_tokens

        model_config_id = str(self.model_config_id)

        enabled: bool | None | Unset
        if isinstance(self.enabled, Unset):
            enabled = UNSET
        else:
            enabled = self.enabled

        reasoning_effort: None | str | Unset
        if isinstance(self.reasoning_effort, Unset):
            reasoning_effort = UNSET
        else:
            reasoning_effort = self.reasoning_effort


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "max_uses_per_run": max_uses_per_run,
            "max_output_tokens": max_output_tokens,
            "model_config_id": model_config_id,
        })
        if enabled is not UNSET:
            field_dict["enabled"] = enabled
        if reasoning_effort is not UNSET:
            field_dict["reasoning_effort"] = reasoning_effort

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        max_uses_per_run = d.pop("max_uses_per_run")

        max_output_tokens = d.pop("max_output_tokens")

        model_config_id = UUID(d.pop("model_config_id"))




        def _parse_enabled(data: object) -> bool | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(bool | None | Unset, data)

        enabled = _parse_enabled(d.pop("enabled", UNSET))


        def _parse_reasoning_effort(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reasoning_effort = _parse_reasoning_effort(d.pop("reasoning_effort", UNSET))


        advisor_config = cls(
            max_uses_per_run=max_uses_per_run,
            max_output_tokens=max_output_tokens,
            model_config_id=model_config_id,
            enabled=enabled,
            reasoning_effort=reasoning_effort,
        )


        advisor_config.additional_properties = d
        return advisor_config

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
