from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from uuid import UUID






T = TypeVar("T", bound="ChatFork")



@_attrs_define
class ChatFork:
    """ Where the history of a chat comes from.

        Example:
            {'chat_id': '9c5b3a7e-2f14-4d68-8a90-6b1e0d7c4f25', 'message_id': 44}

        Attributes:
            chat_id (UUID): The chat that was forked; it may be gone.
            message_id (int): The last message that was taken over, by its id there.
     """

    chat_id: UUID
    message_id: int





    def to_dict(self) -> dict[str, Any]:
        chat_id = str(self.chat_id)

        message_id = self.message_id


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "chat_id": chat_id,
            "message_id": message_id,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        chat_id = UUID(d.pop("chat_id"))




        message_id = d.pop("message_id")

        chat_fork = cls(
            chat_id=chat_id,
            message_id=message_id,
        )

        return chat_fork

