from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_status import ChatStatus
from ..models.chat_status import check_chat_status
from ..types import UNSET, Unset
from typing import cast






T = TypeVar("T", bound="ChatBusyResponse")



@_attrs_define
class ChatBusyResponse:
    """ A `Response`, with what keeps the chat busy where a message was to be rejected for that.

        Example:
            {'message': 'Chat is busy.', 'detail': 'chat status is "running", its turn is about message 42', 'status':
                'running', 'turn_message_id': 42}

        Attributes:
            message (str): What happened, for people.
            detail (str | Unset): More about it, often technical.
            status (ChatStatus | Unset): `waiting`: idle. `running`: a turn is being produced. `error`: the last turn
                failed, see `last_error`.
                `requires_action`: the client must post results of dynamic tools, or the owner must decide tool calls.
                `interrupting`: asked to stop, the partial
                answer is being saved.
            turn_message_id (int | Unset): The user message that the present turn is about.
     """

    message: str
    detail: str | Unset = UNSET
    status: ChatStatus | Unset = UNSET
    turn_message_id: int | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        message = self.message

        detail = self.detail

        status: str | Unset = UNSET
        if not isinstance(self.status, Unset):
            status = self.status


        turn_message_id = self.turn_message_id


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "message": message,
        })
        if detail is not UNSET:
            field_dict["detail"] = detail
        if status is not UNSET:
            field_dict["status"] = status
        if turn_message_id is not UNSET:
            field_dict["turn_message_id"] = turn_message_id

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        message = d.pop("message")

        detail = d.pop("detail", UNSET)

        _status = d.pop("status", UNSET)
        status: ChatStatus | Unset
        if isinstance(_status,  Unset):
            status = UNSET
        else:
            status = check_chat_status(_status)




        turn_message_id = d.pop("turn_message_id", UNSET)

        chat_busy_response = cls(
            message=message,
            detail=detail,
            status=status,
            turn_message_id=turn_message_id,
        )

        return chat_busy_response

