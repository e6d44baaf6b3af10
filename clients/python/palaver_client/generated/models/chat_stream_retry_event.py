from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_stream_retry_event_type import ChatStreamRetryEventType
from ..models.chat_stream_retry_event_type import check_chat_stream_retry_event_type
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.chat_stream_retry import ChatStreamRetry





T = TypeVar("T", bound="ChatStreamRetryEvent")



@_attrs_define
class ChatStreamRetryEvent:
    """ The call to the provider failed and will be repeated.

        Example:
            {'type': 'retry', 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'retry': {'attempt': 1, 'delay_ms': 1000,
                'error': 'Anthropic is temporarily overloaded.', 'kind': 'overloaded', 'provider': 'anthropic', 'status_code':
                529, 'retrying_at': '2026-08-01T10:00:05.3Z'}}

        Attributes:
            type_ (ChatStreamRetryEventType):
            chat_id (UUID):
            retry (ChatStreamRetry): A failed attempt and the next one. Example: {'attempt': 1, 'delay_ms': 1000, 'error':
                'Anthropic is temporarily overloaded.', 'kind': 'overloaded', 'provider': 'anthropic', 'status_code': 529,
                'retrying_at': '2026-08-01T10:00:05.3Z'}.
     """

    type_: ChatStreamRetryEventType
    chat_id: UUID
    retry: ChatStreamRetry





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_stream_retry import ChatStreamRetry # noqa: PLC0415
        type_: str = self.type_

        chat_id = str(self.chat_id)

        retry = self.retry.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "chat_id": chat_id,
            "retry": retry,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_stream_retry import ChatStreamRetry # noqa: PLC0415
        d = dict(src_dict)
        type_ = check_chat_stream_retry_event_type(d.pop("type"))




        chat_id = UUID(d.pop("chat_id"))




        retry = ChatStreamRetry.from_dict(d.pop("retry"))




        chat_stream_retry_event = cls(
            type_=type_,
            chat_id=chat_id,
            retry=retry,
        )

        return chat_stream_retry_event

