from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="UpdateChatPlanModeInstructionsRequest")



@_attrs_define
class UpdateChatPlanModeInstructionsRequest:
    """ New plan mode instructions.

        Example:
            {'plan_mode_instructions': 'End each plan with an estimate in hours.'}

        Attributes:
            plan_mode_instructions (None | str | Unset): What is added in plan mode, at most 131072 bytes once it is
                cleaned; absent and empty clear it.
     """

    plan_mode_instructions: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        plan_mode_instructions: None | str | Unset
        if isinstance(self.plan_mode_instructions, Unset):
            plan_mode_instructions = UNSET
        else:
            plan_mode_instructions = self.plan_mode_instructions


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
        })
        if plan_mode_instructions is not UNSET:
            field_dict["plan_mode_instructions"] = plan_mode_instructions

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        def _parse_plan_mode_instructions(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        plan_mode_instructions = _parse_plan_mode_instructions(d.pop("plan_mode_instructions", UNSET))


        update_chat_plan_mode_instructions_request = cls(
            plan_mode_instructions=plan_mode_instructions,
        )


        update_chat_plan_mode_instructions_request.additional_properties = d
        return update_chat_plan_mode_instructions_request

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
