from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_reasoning_part_type import ChatReasoningPartType
from ..models.chat_reasoning_part_type import check_chat_reasoning_part_type
from ..types import UNSET, Unset
from typing import cast
import datetime






T = TypeVar("T", bound="ChatReasoningPart")



@_attrs_define
class ChatReasoningPart:
    """ What the model thinks; live, a piece of it.

        Example:
            {'type': 'reasoning', 'text': 'The issue lists two changes.', 'created_at': '2026-08-01T10:00:07Z'}

        Attributes:
            type_ (ChatReasoningPartType):
            text (str):
            created_at (datetime.datetime | Unset): When the thinking began.
            completed_at (datetime.datetime | Unset): When it ended or was cut off.
     """

    type_: ChatReasoningPartType
    text: str
    created_at: datetime.datetime | Unset = UNSET
    completed_at: datetime.datetime | Unset = UNSET





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        text = self.text

        created_at: str | Unset = UNSET
        if not isinstance(self.created_at, Unset):
            created_at = self.created_at.isoformat()

        completed_at: str | Unset = UNSET
        if not isinstance(self.completed_at, Unset):
            completed_at = self.completed_at.isoformat()


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "text": text,
        })
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if completed_at is not UNSET:
            field_dict["completed_at"] = completed_at

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_chat_reasoning_part_type(d.pop("type"))




        text = d.pop("text")

        _created_at = d.pop("created_at", UNSET)
        created_at: datetime.datetime | Unset
        if isinstance(_created_at,  Unset):
            created_at = UNSET
        else:
            created_at = datetime.datetime.fromisoformat(_created_at)




        _completed_at = d.pop("completed_at", UNSET)
        completed_at: datetime.datetime | Unset
        if isinstance(_completed_at,  Unset):
            completed_at = UNSET
        else:
            completed_at = datetime.datetime.fromisoformat(_completed_at)




        chat_reasoning_part = cls(
            type_=type_,
            text=text,
            created_at=created_at,
            completed_at=completed_at,
        )

        return chat_reasoning_part

