from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_stream_sign_in_required_event_type import ChatStreamSignInRequiredEventType
from ..models.chat_stream_sign_in_required_event_type import check_chat_stream_sign_in_required_event_type
from typing import cast
from uuid import UUID

if TYPE_CHECKING:
  from ..models.chat_stream_sign_in_required import ChatStreamSignInRequired





T = TypeVar("T", bound="ChatStreamSignInRequiredEvent")



@_attrs_define
class ChatStreamSignInRequiredEvent:
    """ The turn goes on without the tools of these servers until the chat's owner signs in there; the whole list
    each time, an empty one when nothing is wanted any more.

        Example:
            {'type': 'sign_in_required', 'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'sign_in_required': {'servers':
                [{'mcp_server_config_id': '5b8f2c60-7e1d-4a39-b4c2-d96e03f1a875', 'slug': 'github', 'display_name': 'GitHub'}]}}

        Attributes:
            type_ (ChatStreamSignInRequiredEventType):
            chat_id (UUID):
            sign_in_required (ChatStreamSignInRequired): Which servers want the chat's owner to sign in. Example:
                {'servers': [{'mcp_server_config_id': '5b8f2c60-7e1d-4a39-b4c2-d96e03f1a875', 'slug': 'github', 'display_name':
                'GitHub'}]}.
     """

    type_: ChatStreamSignInRequiredEventType
    chat_id: UUID
    sign_in_required: ChatStreamSignInRequired





    def to_dict(self) -> dict[str, Any]:
        from ..models.chat_stream_sign_in_required import ChatStreamSignInRequired # noqa: PLC0415
        type_: str = self.type_

        chat_id = str(self.chat_id)

        sign_in_required = self.sign_in_required.to_dict()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "chat_id": chat_id,
            "sign_in_required": sign_in_required,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.chat_stream_sign_in_required import ChatStreamSignInRequired # noqa: PLC0415
        d = dict(src_dict)
        type_ = check_chat_stream_sign_in_required_event_type(d.pop("type"))




        chat_id = UUID(d.pop("chat_id"))




        sign_in_required = ChatStreamSignInRequired.from_dict(d.pop("sign_in_required"))




        chat_stream_sign_in_required_event = cls(
            type_=type_,
            chat_id=chat_id,
            sign_in_required=sign_in_required,
        )

        return chat_stream_sign_in_required_event

