from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset







T = TypeVar("T", bound="ChatPrompt")



@_attrs_define
class ChatPrompt:
    """ What a user asked earlier.

        Example:
            {'id': 45, 'text': 'Shorten the second paragraph.'}

        Attributes:
            id (int): The message's id.
            text (str): Its text parts, joined.
     """

    id: int
    text: str





    def to_dict(self) -> dict[str, Any]:
        id = self.id

        text = self.text


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "id": id,
            "text": text,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        id = d.pop("id")

        text = d.pop("text")

        chat_prompt = cls(
            id=id,
            text=text,
        )

        return chat_prompt

