from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_stream_message_part_event_type import ChatStreamMessagePartEventType
from ..models.chat_stream_message_part_event_type import check_chat_stream_message_part_event_type
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.chat_stream_message_part import ChatStreamMessagePart





T = TypeVar("T", bound="ChatStreamMessagePartEvent")



@_attrs_define
class ChatStreamMessagePartEvent:
    """ A live piece of the message that is being produced.

        Example:
            {'type': 'message_part', 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'message_part': {'role':
                'assistant', 'part': {'type': 'text', 'text': 'Version 2.4'}, 'history_version': 12, 'generation_attempt': 1,
                'seq': 1}}

        Attributes:
            type_ (ChatStreamMessagePartEventType):
            chat_id (UUID):
            message_part (ChatStreamMessagePart): A live piece and its place. Example: {'role': 'assistant', 'part':
                {'type': 'text', 'text': 'Version 2.4'}, 'history_version': 12, 'generation_attempt': 1, 'seq': 1}.
     """

    type_: ChatStreamMessagePartEventType
    chat_id: UUID
    message_part: ChatStreamMessagePart





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_stream_message_part import ChatStreamMessagePart # noqa: PLC0415
        type_: str = self.type_

        chat_id = str(self.chat_id)

        message_part = self.message_part.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "chat_id": chat_id,
            "message_part": message_part,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_stream_message_part import ChatStreamMessagePart # noqa: PLC0415
        d = dict(src_dict)
        type_ = check_chat_stream_message_part_event_type(d.pop("type"))




        chat_id = UUID(d.pop("chat_id"))




        message_part = ChatStreamMessagePart.from_dict(d.pop("message_part"))




        chat_stream_message_part_event = cls(
            type_=type_,
            chat_id=chat_id,
            message_part=message_part,
        )

        return chat_stream_message_part_event

