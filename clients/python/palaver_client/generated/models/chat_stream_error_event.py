from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_stream_error_event_type import ChatStreamErrorEventType
from ..models.chat_stream_error_event_type import check_chat_stream_error_event_type
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.chat_error import ChatError





T = TypeVar("T", bound="ChatStreamErrorEvent")



@_attrs_define
class ChatStreamErrorEvent:
    """ The turn failed, or the stream could not start.

        Example:
            {'type': 'error', 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'error': {'message': 'Authentication with
                Anthropic failed. Check the API key and permissions.', 'kind': 'auth', 'provider': 'anthropic', 'retryable':
                False, 'status_code': 401}}

        Attributes:
            type_ (ChatStreamErrorEventType):
            chat_id (UUID):
            error (ChatError): Why a turn failed. Example: {'message': 'Authentication with Anthropic failed. Check the API
                key and permissions.', 'detail': 'invalid x-api-key', 'kind': 'auth', 'provider': 'anthropic', 'retryable':
                False, 'status_code': 401}.
     """

    type_: ChatStreamErrorEventType
    chat_id: UUID
    error: ChatError





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_error import ChatError # noqa: PLC0415
        type_: str = self.type_

        chat_id = str(self.chat_id)

        error = self.error.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "chat_id": chat_id,
            "error": error,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_error import ChatError # noqa: PLC0415
        d = dict(src_dict)
        type_ = check_chat_stream_error_event_type(d.pop("type"))




        chat_id = UUID(d.pop("chat_id"))




        error = ChatError.from_dict(d.pop("error"))




        chat_stream_error_event = cls(
            type_=type_,
            chat_id=chat_id,
            error=error,
        )

        return chat_stream_error_event

