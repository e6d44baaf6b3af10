from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.tool_call_outcome_decision import check_tool_call_outcome_decision
from ..models.tool_call_outcome_decision import ToolCallOutcomeDecision
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID
import datetime

if TYPE_CHECKING:
  from ..models.tool_call_outcome_args import ToolCallOutcomeArgs





T = TypeVar("T", bound="ToolCallOutcome")



@_attrs_define
class ToolCallOutcome:
    """ What was decided about a call.

        Example:
            {'decision': 'approve', 'args': {'path': 'notes/old.md'}, 'decided_by': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516',
                'decided_at': '2026-08-01T10:02:11.52Z'}

        Attributes:
            decision (ToolCallOutcomeDecision):
            decided_at (datetime.datetime):
            reason (str | Unset): What was given as the reason.
            args (ToolCallOutcomeArgs | Unset): The arguments that were run instead of those of the call.
            decided_by (UUID | Unset): Who decided; absent when the time was over.
     """

    decision: ToolCallOutcomeDecision
    decided_at: datetime.datetime
    reason: str | Unset = UNSET
    args: ToolCallOutcomeArgs | Unset = UNSET
    decided_by: UUID | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.tool_call_outcome_args import ToolCallOutcomeArgs # noqa: PLC0415
        decision: str = self.decision

        decided_at = self.decided_at.isoformat()

        reason = self.reason

        args: dict[str, Any] | Unset = UNSET
        if not isinstance(self.args, Unset):
            args = self.args.to_dict()

        decided_by: str | Unset = UNSET
        if not isinstance(self.decided_by, Unset):
            decided_by = str(self.decided_by)


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "decision": decision,
            "decided_at": decided_at,
        })
        if reason is not UNSET:
            field_dict["reason"] = reason
        if args is not UNSET:
            field_dict["args"] = args
        if decided_by is not UNSET:
            field_dict["decided_by"] = decided_by

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.tool_call_outcome_args import ToolCallOutcomeArgs # noqa: PLC0415
        d = dict(src_dict)
        decision = check_tool_call_outcome_decision(d.pop("decision"))




        decided_at = datetime.datetime.fromisoformat(d.pop("decided_at"))




        reason = d.pop("reason", UNSET)

        _args = d.pop("args", UNSET)
        args: ToolCallOutcomeArgs | Unset
        if isinstance(_args,  Unset):
            args = UNSET
        else:
            args = ToolCallOutcomeArgs.from_dict(_args)




        _decided_by = d.pop("decided_by", UNSET)
        decided_by: UUID | Unset
        if isinstance(_decided_by,  Unset):
            decided_by = UNSET
        else:
            decided_by = UUID(_decided_by)




        tool_call_outcome = cls(
            decision=decision,
            decided_at=decided_at,
            reason=reason,
            args=args,
            decided_by=decided_by,
        )

        return tool_call_outcome

