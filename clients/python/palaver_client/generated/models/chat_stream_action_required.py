from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.chat_stream_tool_call import ChatStreamToolCall





T = TypeVar("T", bound="ChatStreamActionRequired")



@_attrs_define
class ChatStreamActionRequired:
    """ Calls that the client must answer; or, each with an `approval`, calls that the owner must decide
    (`decide-chat-tool-calls`). Never both: a step's approvals come before its dynamic tools.

        Example:
            {'tool_calls': [{'tool_call_id': 'call_2', 'tool_name': 'pick_date', 'args': '{"prompt":"Release day"}'}]}

        Attributes:
            tool_calls (list[ChatStreamToolCall]):
     """

    tool_calls: list[ChatStreamToolCall]





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_stream_tool_call import ChatStreamToolCall # noqa: PLC0415
        tool_calls = []
        for tool_calls_item_data in self.tool_calls:
            tool_calls_item = tool_calls_item_data.to_dict()
            tool_calls.append(tool_calls_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "tool_calls": tool_calls,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_stream_tool_call import ChatStreamToolCall # noqa: PLC0415
        d = dict(src_dict)
        tool_calls = []
        _tool_calls = d.pop("tool_calls")
        for tool_calls_item_data in (_tool_calls):
            tool_calls_item = ChatStreamToolCall.from_dict(tool_calls_item_data)



            tool_calls.append(tool_calls_item)


        chat_stream_action_required = cls(
            tool_calls=tool_calls,
        )

        return chat_stream_action_required

