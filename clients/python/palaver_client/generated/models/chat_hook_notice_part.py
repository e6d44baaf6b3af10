from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, BinaryIO, TextIO, TYPE_CHECKING, Generator

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

from ..models.chat_hook_notice_part_type import ChatHookNoticePartType
from ..models.chat_hook_notice_part_type import check_chat_hook_notice_part_type
from typing import cast






T = TypeVar("T", bound="ChatHookNoticePart")



@_attrs_define
class ChatHookNoticePart:
    """ A notice for the user that the model does not see.

        Example:
            {'type': 'hook-notice', 'text': 'This chat is recorded.'}

        Attributes:
            type_ (ChatHookNoticePartType):
            text (str):
     """

    type_: ChatHookNoticePartType
    text: str





    def to_dict(self) -> dict[str, Any]:
        type_: str = self.type_

        text = self.text


        field_dict: dict[str, Any] = {}

        field_dict.update({
            "type": type_,
            "text": text,
        })

        return field_dict



    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        type_ = check_chat_hook_notice_part_type(d.pop("type"))




        text = d.pop("text")

        chat_hook_notice_part = cls(
            type_=type_,
            text=text,
        )

        return chat_hook_notice_part

