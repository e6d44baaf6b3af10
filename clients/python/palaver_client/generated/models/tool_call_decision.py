from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.tool_call_decision_decision import check_tool_call_decision_decision
from ..models.tool_call_decision_decision import ToolCallDecisionDecision
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.tool_call_decision_args_type_0 import ToolCallDecisionArgsType0





T = TypeVar("T", bound="ToolCallDecision")



@_attrs_define
class ToolCallDecision:
    """ What becomes of one call.

        Example:
            {'tool_call_id': 'call_3', 'approval_id': '6f1d0a52-83c4-4e7b-9a15-d20c7b94e831', 'decision': 'deny', 'reason':
                'Keep the old notes.'}

        Attributes:
            tool_call_id (str): The call.
            approval_id (UUID): `id` of its `approval`.
            decision (ToolCallDecisionDecision):
            reason (None | str | Unset): Why. Kept with the result; of a denied call, the model is told.
            args (None | ToolCallDecisionArgsType0 | Unset): Run these arguments instead; of an approved call only.
     """

    tool_call_id: str
    approval_id: UUID
    decision: ToolCallDecisionDecision
    reason: None | str | Unset = UNSET
    args: None | ToolCallDecisionArgsType0 | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.tool_call_decision_args_type_0 import ToolCallDecisionArgsType0 # noqa: PLC0415
        tool_call_id = self.tool_call_id

        approval_id = str(self.approval_id)

        decision: str = self.decision

        reason: None | str | Unset
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        args: dict[str, Any] | None | Unset
        if isinstance(self.args, Unset):
            args = UNSET
        elif isinstance(self.args, ToolCallDecisionArgsType0):
            args = self.args.to_dict()
        else:
            args = self.args


        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "tool_call_id": tool_call_id,
            "approval_id": approval_id,
            "decision": decision,
        })
        if reason is not UNSET:
            field_dict["reason"] = reason
        if args is not UNSET:
            field_dict["args"] = args

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.tool_call_decision_args_type_0 import ToolCallDecisionArgsType0 # noqa: PLC0415
        d = dict(src_dict)
        tool_call_id = d.pop("tool_call_id")

        approval_id = UUID(d.pop("approval_id"))




        decision = check_tool_call_decision_decision(d.pop("decision"))




        def _parse_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reason = _parse_reason(d.pop("reason", UNSET))


        def _parse_args(data: object) -> None | ToolCallDecisionArgsType0 | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                args_type_0 = ToolCallDecisionArgsType0.from_dict(data)



                return args_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | ToolCallDecisionArgsType0 | Unset, data)

        args = _parse_args(d.pop("args", UNSET))


        tool_call_decision = cls(
            tool_call_id=tool_call_id,
            approval_id=approval_id,
            decision=decision,
            reason=reason,
            args=args,
        )


        tool_call_decision.additional_properties = d
        return tool_call_decision

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
