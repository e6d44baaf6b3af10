from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_stream_status_event_type import ChatStreamStatusEventType
from ..models.chat_stream_status_event_type import check_chat_stream_status_event_type
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.chat_stream_status import ChatStreamStatus





T = TypeVar("T", bound="ChatStreamStatusEvent")



@_attrs_define
class ChatStreamStatusEvent:
    """ The chat's status, or its new one.

        Example:
            {'type': 'status', 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'status': {'status': 'waiting'}}

        Attributes:
            type_ (ChatStreamStatusEventType):
            chat_id (UUID):
            status (ChatStreamStatus): A chat's status. Example: {'status': 'running'}.
     """

    type_: ChatStreamStatusEventType
    chat_id: UUID
    status: ChatStreamStatus





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_stream_status import ChatStreamStatus # noqa: PLC0415
        type_: str = self.type_

        chat_id = str(self.chat_id)

        status = self.status.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "chat_id": chat_id,
            "status": status,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_stream_status import ChatStreamStatus # noqa: PLC0415
        d = dict(src_dict)
        type_ = check_chat_stream_status_event_type(d.pop("type"))




        chat_id = UUID(d.pop("chat_id"))




        status = ChatStreamStatus.from_dict(d.pop("status"))




        chat_stream_status_event = cls(
            type_=type_,
            chat_id=chat_id,
            status=status,
        )

        return chat_stream_status_event

