from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..types import UNSET, Unset
from typing import cast

if TYPE_CHECKING:
  from ..models.chat_message import ChatMessage
  from ..models.chat_queued_message import ChatQueuedMessage





T = TypeVar("T", bound="CreateChatMessageResponse")



@_attrs_define
class CreateChatMessageResponse:
    """ What became of a message.

        Example:
            {'message': {'id': 45, 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'created_by':
                '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'created_at': '2026-08-01T10:01:00.004Z', 'role': 'user', 'content':
                [{'type': 'text', 'text': 'Shorten the second paragraph.'}]}, 'queued': False}

        Attributes:
            queued (bool): The message went to the queue.
            message (ChatMessage | Unset): A message of the history. Example: {'id': 45, 'chat_id':
                '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'created_by': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'model_config_id':
                'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'created_at': '2026-08-01T10:01:00.004Z', 'role': 'user', 'content':
                [{'type': 'text', 'text': 'Shorten the second paragraph.'}]}.
            messages (list[ChatMessage] | Unset): All visible messages that this request inserted, cancel results of tool
                calls first.
            queued_message (ChatQueuedMessage | Unset): A user message that waits for its turn. Example: {'id': 3,
                'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'content': [{'type': 'text', 'text': 'Shorten the second
                paragraph.'}], 'created_at': '2026-08-01T10:00:08.77Z', 'version': 1}.
            warnings (list[str] | Unset): Why files could not be linked to the chat.
     """

    queued: bool
    message: ChatMessage | Unset = UNSET
    messages: list[ChatMessage] | Unset = UNSET
    queued_message: ChatQueuedMessage | Unset = UNSET
    warnings: list[str] | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_message import ChatMessage # noqa: PLC0415
        from ..models.chat_queued_message import ChatQueuedMessage # noqa: PLC0415
        queued = self.queued

        message: dict[str, Any] | Unset = UNSET
        if not isinstance(self.message, Unset):
            message = self.message.to_dict()

        messages: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.messages, Unset):
            messages = []
            for messages_item_data in self.messages:
                messages_item = messages_item_data.to_dict()
                messages.append(messages_item)



        queued_message: dict[str, Any] | Unset = UNSET
        if not isinstance(self.queued_message, Unset):
            queued_message = self.queued_message.to_dict()

        warnings: list[str] | Unset = UNSET
        if not isinstance(self.warnings, Unset):
            warnings = self.warnings




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "queued": queued,
        })
        if message is not UNSET:
            field_dict["message"] = message
        if messages is not UNSET:
            field_dict["messages"] = messages
        if queued_message is not UNSET:
            field_dict["queued_message"] = queued_message
        if warnings is not UNSET:
            field_dict["warnings"] = warnings

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_message import ChatMessage # noqa: PLC0415
        from ..models.chat_queued_message import ChatQueuedMessage # noqa: PLC0415
        d = dict(src_dict)
        queued = d.pop("queued")

        _message = d.pop("message", UNSET)
        message: ChatMessage | Unset
        if isinstance(_message,  Unset):
            message = UNSET
        else:
            message = ChatMessage.from_dict(_message)




        _messages = d.pop("messages", UNSET)
        messages: list[ChatMessage] | Unset = UNSET
        if _messages is not UNSET:
            messages = []
            for messages_item_data in _messages:
                messages_item = ChatMessage.from_dict(messages_item_data)



                messages.append(messages_item)


        _queued_message = d.pop("queued_message", UNSET)
        queued_message: ChatQueuedMessage | Unset
        if isinstance(_queued_message,  Unset):
            queued_message = UNSET
        else:
            queued_message = ChatQueuedMessage.from_dict(_queued_message)




        warnings = cast(list[str], d.pop("warnings", UNSET))


        create_chat_message_response = cls(
            queued=queued,
            message=message,
            messages=messages,
            queued_message=queued_message,
            warnings=warnings,
        )

        return create_chat_message_response

