from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_stream_action_required_event_type import ChatStreamActionRequiredEventType
from ..models.chat_stream_action_required_event_type import check_chat_stream_action_required_event_type
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.chat_stream_action_required import ChatStreamActionRequired





T = TypeVar("T", bound="ChatStreamActionRequiredEvent")



@_attrs_define
class ChatStreamActionRequiredEvent:
    """ The turn waits for results of dynamic tools, or for its owner to decide tool calls.

        Example:
            {'type': 'action_required', 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'action_required': {'tool_calls':
                [{'tool_call_id': 'call_2', 'tool_name': 'pick_date', 'args': '{"prompt":"Release day"}'}]}}

        Attributes:
            type_ (ChatStreamActionRequiredEventType):
            chat_id (UUID):
            action_required (ChatStreamActionRequired): Calls that the client must answer; or, each with an `approval`,
                calls that the owner must decide
                (`decide-chat-tool-calls`). Never both: a step's approvals come before its dynamic tools.
                 Example: {'tool_calls': [{'tool_call_id': 'call_2', 'tool_name': 'pick_date', 'args': '{"prompt":"Release
                day"}'}]}.
     """

    type_: ChatStreamActionRequiredEventType
    chat_id: UUID
    action_required: ChatStreamActionRequired





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_stream_action_required import ChatStreamActionRequired # noqa: PLC0415
        type_: str = self.type_

        chat_id = str(self.chat_id)

        action_required = self.action_required.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "chat_id": chat_id,
            "action_required": action_required,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_stream_action_required import ChatStreamActionRequired # noqa: PLC0415
        d = dict(src_dict)
        type_ = check_chat_stream_action_required_event_type(d.pop("type"))




        chat_id = UUID(d.pop("chat_id"))




        action_required = ChatStreamActionRequired.from_dict(d.pop("action_required"))




        chat_stream_action_required_event = cls(
            type_=type_,
            chat_id=chat_id,
            action_required=action_required,
        )

        return chat_stream_action_required_event

