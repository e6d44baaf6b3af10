from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from typing import cast

if TYPE_CHECKING:
  from ..models.chat_message import ChatMessage
  from ..models.chat_queued_message import ChatQueuedMessage





T = TypeVar("T", bound="ChatMessagesResponse")



@_attrs_define
class ChatMessagesResponse:
    """ A page of the history, and the queue.

        Example:
            {'messages': [], 'queued_messages': [], 'has_more': False}

        Attributes:
            messages (list[ChatMessage]):
            queued_messages (list[ChatQueuedMessage]): The queue in order; empty when a cursor is given.
            has_more (bool): There is another page.
     """

    messages: list[ChatMessage]
    queued_messages: list[ChatQueuedMessage]
    has_more: bool





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_message import ChatMessage # noqa: PLC0415
        from ..models.chat_queued_message import ChatQueuedMessage # noqa: PLC0415
        messages = []
        for messages_item_data in self.messages:
            messages_item = messages_item_data.to_dict()
            messages.append(messages_item)



        queued_messages = []
        for queued_messages_item_data in self.queued_messages:
            queued_messages_item = queued_messages_item_data.to_dict()
            queued_messages.append(queued_messages_item)



        has_more = self.has_more


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "messages": messages,
            "queued_messages": queued_messages,
            "has_more": has_more,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_message import ChatMessage # noqa: PLC0415
        from ..models.chat_queued_message import ChatQueuedMessage # noqa: PLC0415
        d = dict(src_dict)
        messages = []
        _messages = d.pop("messages")
        for messages_item_data in (_messages):
            messages_item = ChatMessage.from_dict(messages_item_data)



            messages.append(messages_item)


        queued_messages = []
        _queued_messages = d.pop("queued_messages")
        for queued_messages_item_data in (_queued_messages):
            queued_messages_item = ChatQueuedMessage.from_dict(queued_messages_item_data)



            queued_messages.append(queued_messages_item)


        has_more = d.pop("has_more")

        chat_messages_response = cls(
            messages=messages,
            queued_messages=queued_messages,
            has_more=has_more,
        )

        return chat_messages_response

