from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_stream_preview_reset_event_type import ChatStreamPreviewResetEventType
from ..models.chat_stream_preview_reset_event_type import check_chat_stream_preview_reset_event_type
from typing import cast
from uuid import UUID






T = TypeVar("T", bound="ChatStreamPreviewResetEvent")



@_attrs_define
class ChatStreamPreviewResetEvent:
    """ Drop the live parts shown so far.

        Example:
            {'type': 'preview_reset', 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25'}

        Attributes:
            type_ (ChatStreamPreviewResetEventType):
            chat_id (UUID):
     """

    type_: ChatStreamPreviewResetEventType
    chat_id: UUID





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        chat_id = str(self.chat_id)


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "chat_id": chat_id,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_chat_stream_preview_reset_event_type(d.pop("type"))




        chat_id = UUID(d.pop("chat_id"))




        chat_stream_preview_reset_event = cls(
            type_=type_,
            chat_id=chat_id,
        )

        return chat_stream_preview_reset_event

