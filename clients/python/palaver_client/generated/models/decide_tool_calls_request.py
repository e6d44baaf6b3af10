from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.tool_call_decision import ToolCallDecision





T = TypeVar("T", bound="DecideToolCallsRequest")



@_attrs_define
class DecideToolCallsRequest:
    """ What becomes of all calls that wait for approval.

        Example:
            {'decisions': [{'tool_call_id': 'call_3', 'approval_id': '6f1d0a52-83c4-4e7b-9a15-d20c7b94e831', 'decision':
                'approve'}]}

        Attributes:
            decisions (list[ToolCallDecision]):
     """

    decisions: list[ToolCallDecision]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)





    def to_dict(self) -> dict[str, Any]:
        from ..models.tool_call_decision import ToolCallDecision # noqa: PLC0415
        decisions = []
        for decisions_item_data in self.decisions:
            decisions_item = decisions_item_data.to_dict()
            decisions.append(decisions_item)




        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({
            "decisions": decisions,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.tool_call_decision import ToolCallDecision # noqa: PLC0415
        d = dict(src_dict)
        decisions = []
        _decisions = d.pop("decisions")
        for decisions_item_data in (_decisions):
            decisions_item = ToolCallDecision.from_dict(decisions_item_data)



            decisions.append(decisions_item)


        decide_tool_calls_request = cls(
            decisions=decisions,
        )


        decide_tool_calls_request.additional_properties = d
        return decide_tool_calls_request

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
