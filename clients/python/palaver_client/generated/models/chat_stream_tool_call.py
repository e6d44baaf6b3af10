from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.tool_call_approval import ToolCallApproval





T = TypeVar("T", bound="ChatStreamToolCall")



@_attrs_define
class ChatStreamToolCall:
    """ One call of a dynamic tool, or of an MCP server's tool that wants approval.

        Example:
            {'tool_call_id': 'call_2', 'tool_name': 'pick_date', 'args': '{"prompt":"Release day"}'}

        Attributes:
            tool_call_id (str): To be answered with.
            tool_name (str):
            args (str): The input as JSON text.
            approval (ToolCallApproval | Unset): What the owner is asked about a call. Example: {'id':
                '6f1d0a52-83c4-4e7b-9a15-d20c7b94e831', 'server_config_id': '5b8f2c60-7e1d-4a39-b4c2-d96e03f1a875', 'tool':
                'delete_file', 'expires_at': '2026-08-02T10:00:09.481Z'}.
     """

    tool_call_id: str
    tool_name: str
    args: str
    approval: ToolCallApproval | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.tool_call_approval import ToolCallApproval # noqa: PLC0415
        tool_call_id = self.tool_call_id

        tool_name = self.tool_name

        args = self.args

        approval: dict[str, Any] | Unset = UNSET
        if not isinstance(self.approval, Unset):
            approval = self.approval.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "tool_call_id": tool_call_id,
            "tool_name": tool_name,
            "args": args,
        })
        if approval is not UNSET:
            field_dict["approval"] = approval

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.tool_call_approval import ToolCallApproval # noqa: PLC0415
        d = dict(src_dict)
        tool_call_id = d.pop("tool_call_id")

        tool_name = d.pop("tool_name")

        args = d.pop("args")

        _approval = d.pop("approval", UNSET)
        approval: ToolCallApproval | Unset
        if isinstance(_approval,  Unset):
            approval = UNSET
        else:
            approval = ToolCallApproval.from_dict(_approval)




        chat_stream_tool_call = cls(
            tool_call_id=tool_call_id,
            tool_name=tool_name,
            args=args,
            approval=approval,
        )

        return chat_stream_tool_call

