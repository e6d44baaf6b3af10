from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_status import ChatStatus
from ..models.chat_status import check_chat_status
from typing import cast






T = TypeVar("T", bound="ChatStreamStatus")



@_attrs_define
class ChatStreamStatus:
    """ A chat's status.

        Example:
            {'status': 'running'}

        Attributes:
            status (ChatStatus): `waiting`: idle. `running`: a turn is being produced. `error`: the last turn failed, see
                `last_error`.
                `requires_action`: the client must post results of dynamic tools, or the owner must decide tool calls.
                `interrupting`: asked to stop, the partial
                answer is being saved.
     """

    status: ChatStatus





    def to_dict(self) -> dict[str, Any]:
        status: str = self.status


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "status": status,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        status = check_chat_status(d.pop("status"))




        chat_stream_status = cls(
            status=status,
        )

        return chat_stream_status

