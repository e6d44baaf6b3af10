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





T = TypeVar("T", bound="EditChatMessageResponse")



@_attrs_define
class EditChatMessageResponse:
    """ What an edit did to the history.

        Example:
            {'message': {'id': 46, 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'created_by':
                '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'created_at': '2026-08-01T10:02:11.5Z', 'role': 'user', 'content':
                [{'type': 'text', 'text': 'Shorten the first paragraph.'}]}, 'deleted_message_ids': [42, 43]}

        Attributes:
            message (ChatMessage): A message of the history. Example: {'id': 45, 'chat_id':
                '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'created_by': '1f0c2d3e-4b5a-4678-9a0b-c1d2e3f40516', 'model_config_id':
                'aa3e7c91-5d20-4b6f-9e84-c07f1a2b3d4e', 'created_at': '2026-08-01T10:01:00.004Z', 'role': 'user', 'content':
                [{'type': 'text', 'text': 'Shorten the second paragraph.'}]}.
            messages (list[ChatMessage] | Unset): All visible messages that this request inserted, cancel results of tool
                calls first.
            deleted_message_ids (list[int] | Unset): The visible messages that it removed, in order.
            warnings (list[str] | Unset): Why files could not be linked to the chat.
     """

    message: ChatMessage
    messages: list[ChatMessage] | Unset = UNSET
    deleted_message_ids: list[int] | Unset = UNSET
    warnings: list[str] | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_message import ChatMessage # noqa: PLC0415
        message = self.message.to_dict()

        messages: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.messages, Unset):
            messages = []
            for messages_item_data in self.messages:
                messages_item = messages_item_data.to_dict()
                messages.append(messages_item)



        deleted_message_ids: list[int] | Unset = UNSET
        if not isinstance(self.deleted_message_ids, Unset):
            deleted_message_ids = self.deleted_message_ids



        warnings: list[str] | Unset = UNSET
        if not isinstance(self.warnings, Unset):
            warnings = self.warnings




        field_dict: dict[str, Any] = {}

        field_dict.update({
            "message": message,
        })
        if messages is not UNSET:
            field_dict["messages"] = messages
        if deleted_message_ids is not UNSET:
            field_dict["deleted_message_ids"] = deleted_message_ids
        if warnings is not UNSET:
            field_dict["warnings"] = warnings

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_message import ChatMessage # noqa: PLC0415
        d = dict(src_dict)
        message = ChatMessage.from_dict(d.pop("message"))




        _messages = d.pop("messages", UNSET)
        messages: list[ChatMessage] | Unset = UNSET
        if _messages is not UNSET:
            messages = []
            for messages_item_data in _messages:
                messages_item = ChatMessage.from_dict(messages_item_data)



                messages.append(messages_item)


        deleted_message_ids = cast(list[int], d.pop("deleted_message_ids", UNSET))


        warnings = cast(list[str], d.pop("warnings", UNSET))


        edit_chat_message_response = cls(
            message=message,
            messages=messages,
            deleted_message_ids=deleted_message_ids,
            warnings=warnings,
        )

        return edit_chat_message_response

