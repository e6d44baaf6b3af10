from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_stream_queue_update_event_type import ChatStreamQueueUpdateEventType
from ..models.chat_stream_queue_update_event_type import check_chat_stream_queue_update_event_type
from ..types import UNSET, Unset
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.chat_queued_message import ChatQueuedMessage





T = TypeVar("T", bound="ChatStreamQueueUpdateEvent")



@_attrs_define
class ChatStreamQueueUpdateEvent:
    """ The whole queue; without `queued_messages` it is empty.

        Example:
            {'type': 'queue_update', 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'queued_messages': [{'id': 3,
                'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'content': [{'type': 'text', 'text': 'Shorten the second
                paragraph.'}], 'created_at': '2026-08-01T10:00:08.77Z', 'version': 1}]}

        Attributes:
            type_ (ChatStreamQueueUpdateEventType):
            chat_id (UUID):
            queued_messages (list[ChatQueuedMessage] | Unset):
     """

    type_: ChatStreamQueueUpdateEventType
    chat_id: UUID
    queued_messages: list[ChatQueuedMessage] | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_queued_message import ChatQueuedMessage # noqa: PLC0415
        type_: str = self.type_

        chat_id = str(self.chat_id)

        queued_messages: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.queued_messages, Unset):
            queued_messages = []
            for queued_messages_item_data in self.queued_messages:
                queued_messages_item = queued_messages_item_data.to_dict()
                queued_messages.append(queued_messages_item)




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "chat_id": chat_id,
        })
        if queued_messages is not UNSET:
            field_dict["queued_messages"] = queued_messages

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_queued_message import ChatQueuedMessage # noqa: PLC0415
        d = dict(src_dict)
        type_ = check_chat_stream_queue_update_event_type(d.pop("type"))




        chat_id = UUID(d.pop("chat_id"))




        _queued_messages = d.pop("queued_messages", UNSET)
        queued_messages: list[ChatQueuedMessage] | Unset = UNSET
        if _queued_messages is not UNSET:
            queued_messages = []
            for queued_messages_item_data in _queued_messages:
                queued_messages_item = ChatQueuedMessage.from_dict(queued_messages_item_data)



                queued_messages.append(queued_messages_item)


        chat_stream_queue_update_event = cls(
            type_=type_,
            chat_id=chat_id,
            queued_messages=queued_messages,
        )

        return chat_stream_queue_update_event

