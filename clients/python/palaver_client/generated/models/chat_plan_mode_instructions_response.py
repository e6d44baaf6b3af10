from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ChatPlanModeInstructionsResponse")



@_attrs_define
class ChatPlanModeInstructionsResponse:
    """ The deployment's plan mode instructions.

        Example:
            {'plan_mode_instructions': 'End each plan with an estimate in hours.'}

        Attributes:
            plan_mode_instructions (str): What is added in plan mode.
     """

    plan_mode_instructions: str





    def to_dict(self) -> dict[str, Any]:
        plan_mode_instructions = self.plan_mode_instructions


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "plan_mode_instructions": plan_mode_instructions,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        plan_mode_instructions = d.pop("plan_mode_instructions")

        chat_plan_mode_instructions_response = cls(
            plan_mode_instructions=plan_mode_instructions,
        )

        return chat_plan_mode_instructions_response

