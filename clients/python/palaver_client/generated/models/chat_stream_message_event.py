from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_stream_message_event_type import ChatStreamMessageEventType
from ..models.chat_stream_message_event_type import check_chat_stream_message_event_type
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.chat_message import ChatMessage





T = TypeVar("T", bound="ChatStreamMessageEvent")



@_attrs_define
class ChatStreamMessageEvent:
    """ A message was committed, or has changed; live parts of its role are done with.

        Example:
            {'type': 'message', 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'message': {'id': 44, 'chat_id':
                '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'created_at': '2026-08-01T10:00:09.481Z', 'role': 'assistant',
                'content': [{'type': 'text', 'text': 'Version 2.4 starts faster and fixes the export.'}]}}

        Attributes:
            type_ (ChatStreamMessageEventType):
            chat_id (UUID):
            message (ChatMessage): A message of the history. Example: {'id': 45, 'chat_id':
                '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'created_by': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'model_config_id':
                'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'created_at': '2026-08-01T10:01:00.004Z', 'role': 'user', 'content':
                [{'type': 'text', 'text': 'Shorten the second paragraph.'}]}.
     """

    type_: ChatStreamMessageEventType
    chat_id: UUID
    message: ChatMessage





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_message import ChatMessage # noqa: PLC0415
        type_: str = self.type_

        chat_id = str(self.chat_id)

        message = self.message.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "chat_id": chat_id,
            "message": message,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_message import ChatMessage # noqa: PLC0415
        d = dict(src_dict)
        type_ = check_chat_stream_message_event_type(d.pop("type"))




        chat_id = UUID(d.pop("chat_id"))




        message = ChatMessage.from_dict(d.pop("message"))




        chat_stream_message_event = cls(
            type_=type_,
            chat_id=chat_id,
            message=message,
        )

        return chat_stream_message_event

